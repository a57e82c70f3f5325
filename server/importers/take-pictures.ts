import { createHash } from 'node:crypto';
import sharp from 'sharp';
import type { PictureHash } from '#shared/text/block.ts';
import type { StoredPicture } from '#server/storage/store.ts';
import { PICTURES_MAX_BYTES, PICTURES_PER_BOOK_MAX, PICTURE_MAX_PIXELS } from '#server/limits.ts';

/** Wider than any column of text on any screen, at two pixels a point. */
const EDGE_MAX_PIXELS = 1_600;
/** What is this small is a dot that counts readers, or a spacer. */
const EDGE_MIN_PIXELS = 8;
const WEBP_QUALITY = 82;
/** Of 0 to 6: a book of two hundred plates is waited for. */
const WEBP_EFFORT = 2;

/** First bytes of the formats that are taken (their own specifications); anything else is never shown to a decoder. */
const signatures: readonly RegExp[] = [/^\x89PNG\r\n/u, /^\xff\xd8\xff/u, /^GIF8[79]a/u, /^RIFF[^]{4}WEBP/u];

// Of everything that libvips can load only what the signatures name: no SVG, no PDF, nothing that could fetch.
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({
  operation: ['VipsForeignLoadPng', 'VipsForeignLoadJpeg', 'VipsForeignLoadNsgif', 'VipsForeignLoadWebp'],
});
sharp.cache(false);
sharp.concurrency(1);

/** Pictures by the name that the book knows them by; names whose picture was refused are missing. */
export interface TakenPictures {
  byName: ReadonlyMap<string, StoredPicture>;
  /** Each once. */
  all: StoredPicture[];
}

/**
 * Decodes pictures and encodes them anew as WebP, at most 1,600 pixels either way and without what cameras and programs
 * wrote into them, so that no byte of a stranger is ever served. What is no picture, or a hostile one, is refused by being
 * left out: its figure keeps its words. Nothing is fetched: a name means a file inside the book.
 */
export async function takePictures(
  names: Iterable<string>,
  readPicture: (name: string) => Promise<Uint8Array | null>,
  onProgress: (progress: number) => void,
): Promise<TakenPictures> {
  const wanted = [...new Set(names)].slice(0, PICTURES_PER_BOOK_MAX);
  const byName = new Map<string, StoredPicture>();
  const byHash = new Map<PictureHash, StoredPicture>();
  let kept = 0;
  for (const [index, name] of wanted.entries()) {
    onProgress(index / wanted.length);
    const bytes = await readPicture(name);
    if (bytes === null) continue;
    const hash = createHash('sha256').update(bytes).digest('hex');
    const picture = byHash.get(hash) ?? (await encode(hash, bytes));
    if (picture === null || (!byHash.has(hash) && kept + picture.bytes.length > PICTURES_MAX_BYTES)) continue;
    if (!byHash.has(hash)) kept += picture.bytes.length;
    byHash.set(hash, picture);
    byName.set(name, picture);
  }
  return { byName, all: [...byHash.values()] };
}

async function encode(hash: PictureHash, bytes: Uint8Array): Promise<StoredPicture | null> {
  const head = Buffer.from(bytes.subarray(0, 16)).toString('latin1');
  if (!signatures.some((signature) => signature.test(head))) return null;
  try {
    const { data, info } = await sharp(bytes, { limitInputPixels: PICTURE_MAX_PIXELS, failOn: 'error', pages: 1 })
      .autoOrient()
      .resize({ width: EDGE_MAX_PIXELS, height: EDGE_MAX_PIXELS, fit: 'inside', withoutEnlargement: true })
      .toColourspace('srgb')
      .webp({ quality: WEBP_QUALITY, effort: WEBP_EFFORT })
      .toBuffer({ resolveWithObject: true });
    if (info.width < EDGE_MIN_PIXELS && info.height < EDGE_MIN_PIXELS) return null;
    return { hash, type: 'image/webp', width: info.width, height: info.height, bytes: new Uint8Array(data) };
  } catch {
    // Damaged, too large, or not what its first bytes say: a refusal like any other, and there is nobody to tell but the page.
    return null;
  }
}
