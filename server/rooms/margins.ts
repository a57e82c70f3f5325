import { createHash } from 'node:crypto';
import { eitherKind, type TargetId } from '#shared/records/annotation.ts';
import { newId, type ChapterId, type RoomId } from '#shared/records/ids.ts';
import { HISTORY_DOCUMENT } from '#server/storage/store.ts';
import type { Change, DocumentUpdate, Store } from '#server/storage/store.ts';
import { LiveDocument, UnreadableDocumentError } from './live-document.ts';
import { isMarginChange, Margin, type MarginChange } from './margin.ts';
import { allWrites, audienceOf, documentName, threadOf, writesOf, type Audience, type Write } from './projection.ts';
import type { MarginWeight } from './margin-weight.ts';
import type { RoomLog } from './room-log.ts';

/** A log longer than this is folded into the snapshot when its document is loaded: reading it back stays quick. */
const COMPACT_AT_LOAD_UPDATES = 200;
/** And while the room lives, after so many more. */
const COMPACT_AFTER_UPDATES = 500;

interface Entry {
  name: string;
  document: LiveDocument;
  /** Updates in the stored log; null for a document that nothing was ever written in: it is not stored at all. */
  logged: number | null;
  /** Since the last rest. */
  used: boolean;
}

/** An update that is not committed yet. */
export interface Staged {
  entry: Entry;
  update: Uint8Array;
}

/** The first that is ever written of a document comes after how it began, as a row of its own: what is sent is what was written. */
export const asDocumentUpdates = (staged: readonly Staged[]): DocumentUpdate[] =>
  staged.flatMap(({ entry: { name, document, logged }, update }) =>
    (logged === null ? [document.diff(new Uint8Array()), update] : [update]).map((bytes) => ({
      document: name,
      lineage: document.lineage,
      update: bytes,
    })),
  );

/** Of an empty document: whoever opens it after a restart, before anything was written, has the same. */
const firstLineage = (name: string, history: string): string =>
  createHash('sha256').update(`${name}${history}`).digest('hex').slice(0, 20);

const isLong = ({ logged }: Entry, most: number): boolean => logged !== null && logged >= most;

/**
 * The margins of one room with their documents, loaded chapter by chapter when first asked for. Every method that waits
 * must run in the room's queue. After a commit that failed, nothing here may be used before `resync`.
 */
export class Margins {
  readonly #store: Store;
  readonly #room: RoomId;
  readonly #log: RoomLog;
  readonly #margins = new Map<ChapterId, Margin>();
  readonly #documents = new Map<string, Entry>();
  /** Chapters whose margin was needed since the last rest. */
  readonly #used = new Set<ChapterId>();
  /** Annotations in all chapters; null until it is asked for, and whenever it may be another. */
  #annotationsInRoom: number | null = null;
  readonly #taken = new Map<Entry, { margin: Margin; change: MarginChange }[]>();

  constructor(store: Store, room: RoomId, log: RoomLog) {
    this.#store = store;
    this.#room = room;
    this.#log = log;
  }

  async load(chapter: ChapterId): Promise<Margin> {
    this.#used.add(chapter);
    return this.#loadForReading(chapter);
  }

  /** Whoever only reads needs the margin no longer than it takes to see that its document says the same. */
  async #loadForReading(chapter: ChapterId): Promise<Margin> {
    const known = this.#margins.get(chapter);
    if (known) return known;
    const margin = new Margin(await this.#store.margin(this.#room, chapter));
    this.#margins.set(chapter, margin);
    return margin;
  }

  loaded(): IterableIterator<[ChapterId, Margin]> {
    return this.#margins.entries();
  }

  /** Annotations in a chapter whose margin is loaded. */
  countIn(chapter: ChapterId): number {
    return this.#margins.get(chapter)?.annotations.size ?? 0;
  }

  /** Counts the annotations of all chapters, where it is not known how many they are. */
  async countAll(): Promise<void> {
    this.#annotationsInRoom ??= await this.#store.annotationCount(this.#room);
  }

  /** As `countAll` found them, with those that were taken in since. */
  get annotationsInRoom(): number {
    return this.#annotationsInRoom ?? 0;
  }

  /** What the records of a chapter weigh whose margin is loaded. */
  weightIn(chapter: ChapterId): MarginWeight | null {
    return this.#margins.get(chapter)?.weight ?? null;
  }

  /** The loaded margin that holds the annotation or reply with this id. */
  holding(id: TargetId): { chapter: ChapterId; margin: Margin } | null {
    for (const [chapter, margin] of this.#margins) {
      if (!margin.annotation(id) && !margin.reply(id)) continue;
      this.#used.add(chapter);
      return { chapter, margin };
    }
    return null;
  }

  /** Loads the margin that holds this annotation or reply, wherever it is. */
  async loadHolding(id: TargetId): Promise<void> {
    if (this.holding(id)) return;
    const { annotation, reply } = eitherKind(id);
    const chapter =
      (await this.#store.chapterOfAnnotation(this.#room, annotation)) ??
      (await this.#store.chapterOfReply(this.#room, reply));
    if (chapter) await this.load(chapter);
  }

  async document(chapter: ChapterId, audience: Audience): Promise<LiveDocument> {
    return (await this.#entry(chapter, audience)).document;
  }

  /**
   * Takes margin changes in, so that the next command is decided on them. The margins run ahead of the disk from here
   * until the commit; documents, which others read outside the queue, do not.
   */
  async take(changes: readonly Change[]): Promise<void> {
    for (const change of changes) {
      if (!isMarginChange(change)) continue;
      const { margin, entry } = await this.#placeOf(change);
      const isNew = change.table === 'annotation' && !margin.annotations.has(change.row.id);
      if (isNew && this.#annotationsInRoom !== null) this.#annotationsInRoom += 1;
      margin.apply(change);
      const taken = this.#taken.get(entry) ?? [];
      taken.push({ margin, change });
      this.#taken.set(entry, taken);
    }
  }

  /** All that was taken in since the last time, as one update for each document that it changes. */
  stage(): Staged[] {
    const staged = [...this.#taken].flatMap(([entry, taken]) => {
      const update = entry.document.stage(taken.flatMap(({ margin, change }) => writesOf(margin, change)));
      return update ? [{ entry, update }] : [];
    });
    this.#taken.clear();
    return staged;
  }

  /** After the commit. True when a log has grown so long that `compact` should run. */
  publish(staged: readonly Staged[]): boolean {
    for (const { entry, update } of staged) {
      // With how it began before it, where it is the first.
      entry.logged = (entry.logged ?? 1) + 1;
      entry.document.publish(update);
    }
    return staged.some(({ entry }) => isLong(entry, COMPACT_AFTER_UPDATES));
  }

  /** Folds long logs into snapshots. */
  async compact(): Promise<void> {
    for (const entry of this.#documents.values()) {
      if (isLong(entry, COMPACT_AFTER_UPDATES)) await this.#save(entry);
    }
  }

  /** Back to what is on disk, after a commit of which nobody knows whether it went through. */
  async resync(): Promise<void> {
    this.#annotationsInRoom = null;
    this.#margins.clear();
    this.#taken.clear();
    for (const entry of this.#documents.values()) {
      const stored = await this.#store.document(entry.name);
      if (stored?.lineage === entry.document.lineage) {
        entry.document.catchUp(stored);
        entry.logged = stored.updates.length;
      } else if (stored !== null || entry.logged !== null) {
        this.#log.error({ document: entry.name }, 'a document in use is not in the store any more');
        this.#documents.delete(entry.name);
      }
    }
  }

  /**
   * Called now and then, between tasks: lets go of margins that nobody needed since the last time and of documents that
   * nobody reads. They come back when they are asked for.
   */
  rest(): void {
    for (const chapter of this.#margins.keys()) if (!this.#used.has(chapter)) this.#margins.delete(chapter);
    this.#used.clear();
    for (const [name, entry] of this.#documents) {
      if (entry.used || entry.document.listeners > 0) entry.document.rest();
      else this.#documents.delete(name);
      entry.used = false;
    }
  }

  /** Their book left the shelf. */
  forget(chapters: readonly ChapterId[]): void {
    this.#annotationsInRoom = null;
    for (const chapter of chapters) {
      this.#margins.delete(chapter);
      for (const name of this.#documents.keys()) {
        if (name === documentName(chapter, null) || name.startsWith(`notes:${chapter}:`)) {
          this.#documents.delete(name);
        }
      }
    }
  }

  /** How many documents are in memory. */
  get documents(): number {
    return this.#documents.size;
  }

  get listeners(): number {
    let listeners = 0;
    for (const { document } of this.#documents.values()) listeners += document.listeners;
    return listeners;
  }

  async #placeOf(change: MarginChange): Promise<{ margin: Margin; entry: Entry }> {
    if (change.table === 'annotation') {
      const margin = await this.load(change.row.chapter);
      return { margin, entry: await this.#entry(change.row.chapter, audienceOf(change.row)) };
    }
    const held = this.holding(change.table === 'reply' ? change.row.annotation : change.row.target);
    const annotation = held?.margin.annotations.get(threadOf(held.margin, change));
    if (!held || !annotation) throw new Error(`a ${change.table} without its thread`);
    return { margin: held.margin, entry: await this.#entry(held.chapter, audienceOf(annotation)) };
  }

  async #entry(chapter: ChapterId, audience: Audience): Promise<Entry> {
    const name = documentName(chapter, audience);
    const known = this.#documents.get(name);
    if (known) {
      known.used = true;
      return known;
    }
    const margin = await this.#loadForReading(chapter);
    const entry = await this.#read(name, allWrites(margin, audience));
    this.#documents.set(name, entry);
    return entry;
  }

  /** Reads a document back and makes sure that it says what the rows say; builds it anew where there is none to read. */
  async #read(name: string, writes: Write[]): Promise<Entry> {
    const stored = await this.#store.document(name);
    if (stored) {
      try {
        const document = await LiveDocument.read(stored);
        const entry: Entry = { name, document, logged: stored.updates.length, used: true };
        const repair = document.stage(await document.differenceTo(writes));
        if (repair) {
          this.#log.warn({ document: name }, 'a document had fallen behind its rows and was brought up to date');
          document.publish(repair);
        }
        if (repair || isLong(entry, COMPACT_AT_LOAD_UPDATES)) await this.#save(entry);
        if (!repair) document.rest();
        return entry;
      } catch (error) {
        if (!(error instanceof UnreadableDocumentError)) throw error;
        this.#log.error({ document: name, reason: error.message }, 'a document was unreadable and is built anew');
      }
    }
    // Opening a chapter writes nothing, however many come.
    const isNew = stored === null && writes.length === 0;
    const lineage = isNew ? firstLineage(name, await this.#history()) : newId();
    const entry: Entry = { name, document: LiveDocument.create(lineage, writes), logged: null, used: true };
    if (!isNew) await this.#save(entry);
    return entry;
  }

  /** Of the store, once it came out of a backup: its empty documents may have been written before that. */
  async #history(): Promise<string> {
    return (await this.#store.document(HISTORY_DOCUMENT))?.lineage ?? '';
  }

  async #save(entry: Entry): Promise<void> {
    const { document } = entry;
    const [snapshot, ...rest] = document.parts();
    await this.#store.replaceDocument(entry.name, document.lineage, snapshot, rest);
    entry.logged = rest.length;
  }
}
