import { fromBufferPromise } from 'yauzl';
import type { Entry, ZipFile } from 'yauzl';
import {
  ARCHIVE_ENTRIES_MAX,
  ENTRY_NAME_MAX_CHARS,
  INFLATED_MAX_BYTES,
  INFLATED_RATIO_FROM_BYTES,
  INFLATED_RATIO_MAX,
} from '#server/limits.ts';
import { RefusedError } from './importer.ts';

/**
 * A ZIP archive of a stranger (e-books and Word files are some). Opening reads only its directory and refuses what is
 * built to harm: names that lead out of it, too many entries, locked ones, sizes or ratios beyond reason. What is read is
 * counted as it comes, whatever the headers say. Archives inside are never opened.
 */
export class ZipArchive {
  readonly #zip: ZipFile;
  readonly #entries: ReadonlyMap<string, Entry>;
  readonly #read = new Map<string, number>();
  #inflated = 0;

  private constructor(zip: ZipFile, entries: ReadonlyMap<string, Entry>) {
    this.#zip = zip;
    this.#entries = entries;
  }

  static async open(bytes: Uint8Array): Promise<ZipArchive> {
    const entries = new Map<string, Entry>();
    const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const zip = await fromBufferPromise(buffer, { strictFileNames: false }).catch(damaged);
    if (zip.entryCount > ARCHIVE_ENTRIES_MAX) {
      const most = ARCHIVE_ENTRIES_MAX.toLocaleString('en');
      throw new RefusedError('file-unpacks-too-large', `This file is packed from more than ${most} parts.`);
    }
    let stated = 0;
    try {
      for await (const entry of zip.eachEntry()) {
        checkEntry(entry);
        stated += entry.uncompressedSize;
        if (stated > INFLATED_MAX_BYTES) throw new RefusedError('file-unpacks-too-large');
        const name = entry.fileName.normalize('NFC');
        if (!name.endsWith('/') && !entries.has(name)) entries.set(name, entry);
      }
    } catch (error) {
      if (error instanceof RefusedError) throw error;
      if (/relative path|absolute path|invalid characters/u.test(String(error))) {
        throw new RefusedError('file-broken', 'This file names parts outside of itself, which no book does.');
      }
      damaged();
    }
    return new ZipArchive(zip, entries);
  }

  get names(): Iterable<string> {
    return this.#entries.keys();
  }

  has(name: string): boolean {
    return this.#entries.has(name);
  }

  /** The bytes of an entry, null when there is none of this name. More than `maxBytes` of them are refused. */
  async read(name: string, maxBytes: number): Promise<Uint8Array | null> {
    const entry = this.#entries.get(name);
    if (entry === undefined) return null;
    const chunks: Uint8Array[] = [];
    let size = 0;
    // An entry that is read again costs its time again, but no more room.
    const before = this.#read.get(name) ?? 0;
    try {
      const stream = await this.#zip.openReadStreamPromise(entry);
      for await (const chunk of stream as AsyncIterable<Uint8Array>) {
        size += chunk.length;
        if (size > maxBytes || this.#inflated - before + size > INFLATED_MAX_BYTES) {
          throw new RefusedError('file-unpacks-too-large');
        }
        chunks.push(chunk);
      }
    } catch (error) {
      if (error instanceof RefusedError) throw error;
      damaged();
    }
    this.#inflated += size - before;
    this.#read.set(name, size);
    return chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks);
  }
}

function checkEntry(entry: Entry): void {
  const { compressedSize, uncompressedSize } = entry;
  if (entry.isEncrypted()) throw new RefusedError('file-locked');
  if (entry.fileName.length > ENTRY_NAME_MAX_CHARS) damaged();
  const isBomb = uncompressedSize > INFLATED_RATIO_FROM_BYTES && uncompressedSize > compressedSize * INFLATED_RATIO_MAX;
  if (isBomb) throw new RefusedError('file-unpacks-too-large');
}

function damaged(): never {
  throw new RefusedError('file-broken');
}
