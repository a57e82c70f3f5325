import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname, join, sep } from 'node:path';

/** What a file may be sent as, the smallest first; `ending` is how the build names it (`scripts/pack-pages.mjs`). */
const codings = [
  { coding: 'br', ending: '.br' },
  { coding: 'gzip', ending: '.gz' },
] as const;
type Coding = (typeof codings)[number]['coding'];

const types: Record<string, string> = {
  '.js': 'application/javascript; charset=UTF-8',
  '.css': 'text/css; charset=UTF-8',
  '.svg': 'image/svg+xml',
};

/** Every name has a hash of its content or of its build in it, so what it stands for never changes. */
const KEPT_FOR_GOOD = 'public, max-age=31536000, immutable';

interface Packed {
  bytes: Buffer;
  etag: string;
}

/**
 * The files of the pages (`/_next/static`) as they were compressed when the pages were built. They are all in memory, some
 * megabyte, and known by their whole path: a request can name nothing else, and never reaches the disk.
 */
export class PackedFiles {
  readonly #files: ReadonlyMap<string, Partial<Record<Coding, Packed>>>;

  constructor(files: ReadonlyMap<string, Partial<Record<Coding, Packed>>>) {
    this.#files = files;
  }

  /**
   * Answers with the whole file in the smallest coding that the asker takes, or with 304 when they have it. False, and
   * nothing was done, for all that Next answers itself: other files, other methods, and who takes no coding of ours.
   */
  answer(request: IncomingMessage, response: ServerResponse): boolean {
    if (request.method !== 'GET' && request.method !== 'HEAD') return false;
    const path = request.url?.split('?', 1)[0] ?? '';
    const file = this.#files.get(path);
    const taken = codings.find(({ coding }) => file?.[coding] && takes(request.headers['accept-encoding'], coding));
    const packed = taken && file?.[taken.coding];
    if (taken === undefined || packed === undefined) return false;
    response.setHeader('Cache-Control', KEPT_FOR_GOOD);
    response.setHeader('Vary', 'Accept-Encoding');
    response.setHeader('ETag', packed.etag);
    if (isKnown(request.headers['if-none-match'], packed.etag)) {
      response.writeHead(304).end();
      return true;
    }
    response.writeHead(200, {
      'Content-Type': types[extname(path)],
      'Content-Encoding': taken.coding,
      'Content-Length': packed.bytes.length,
    });
    // A stretch of a file that is compressed as a whole is of no use: `Range` is passed over, as it may be (RFC 9110, 14.2).
    response.end(request.method === 'HEAD' ? undefined : packed.bytes);
    return true;
  }
}

/** Reads what the build has packed. A build that packed nothing is served by Next alone. */
export async function readPackedFiles(built: string): Promise<PackedFiles> {
  const files = new Map<string, Partial<Record<Coding, Packed>>>();
  const folder = join(built, 'packed');
  const names = existsSync(folder) ? await readdir(folder, { recursive: true }) : [];
  for (const name of names) {
    const found = codings.find(({ ending }) => name.endsWith(ending));
    if (found === undefined) continue;
    const plain = name.slice(0, -found.ending.length);
    const bytes = await readFile(join(folder, name));
    const etag = `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`;
    const path = `/_next/static/${plain.split(sep).map(encodeURIComponent).join('/')}`;
    files.set(path, { ...files.get(path), [found.coding]: { bytes, etag } });
  }
  return new PackedFiles(files);
}

/** Whether an `Accept-Encoding` names this coding, and not with `q=0`. Who only says `*` is left to Next. */
function takes(header: string | string[] | undefined, coding: Coding): boolean {
  return String(header ?? '')
    .toLowerCase()
    .split(',')
    .some((part) => {
      const [name, ...parameters] = part.split(';').map((word) => word.trim());
      return name === coding && !parameters.some((parameter) => /^q=0(?:\.0*)?$/u.test(parameter));
    });
}

/** `If-None-Match` compares weakly (RFC 9110, 13.1.2): a proxy may have put `W/` before what it got from us. */
function isKnown(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  return header.split(',').some((tag) => tag.trim() === '*' || tag.trim().replace(/^W\//u, '') === etag);
}
