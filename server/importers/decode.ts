import { UPLOAD_MAX_BYTES } from '#shared/protocol/limits.ts';
import { refuse } from '#shared/protocol/refusal.ts';
import type { Refusal } from '#shared/protocol/refusal.ts';
import { guessEncoding, knownEncoding, plausibility } from './guess-encoding.ts';
import { mendMojibake } from './mojibake.ts';

export type Decoded = { ok: true; text: string; encoding: string } | Refusal;

const SAMPLE_BYTES = 65_536;
const META_BYTES = 2_048;
/** Running text has hardly any control characters; a binary file read as text is full of them. */
const CONTROL_SHARE_MAX = 0.01;
/** Text of any script reads at least so well in its own byte order, and next to nothing does in the wrong one. */
const UTF16_PLAUSIBILITY_MIN = 0.4;
/** A text in which more than this cannot be made out is none. */
const STRANGE_SHARE_MAX = 0.1;
const BRING = 'Bring an EPUB, FB2, .docx, PDF, .txt, .md or .html file.';

/** First bytes of files that people try, after the published signatures of their formats. */
const signatures: readonly (readonly [signature: string, words: string, at?: number])[] = [
  ['%PDF-', 'a PDF'],
  ['{\\rtf', 'an RTF document'],
  ['mimetypeapplication/vnd.oasis.opendocument', 'an OpenDocument file (.odt); save it as .docx and it can be', 30],
  ['PK\u0003\u0004', 'a ZIP archive'],
  ['PK\u0005\u0006', 'an empty ZIP archive'],
  ['\u0089PNG', 'a picture (PNG)'],
  ['\u00ff\u00d8\u00ff', 'a picture (JPEG)'],
  ['GIF8', 'a picture (GIF)'],
  ['RIFF', 'a picture or sound (RIFF)'],
  ['BM', 'a picture (BMP)'],
  ['II*\u0000', 'a picture (TIFF)'],
  ['MM\u0000*', 'a picture (TIFF)'],
  ['\u001f\u008b', 'a compressed file (gzip)'],
  ['BZh', 'a compressed file (bzip2)'],
  ['\u00fd7zXZ', 'a compressed file (xz)'],
  ['7z\u00bc\u00af', 'an archive (7-Zip)'],
  ['Rar!\u001a', 'an archive (RAR)'],
  ['ID3', 'a sound file (MP3)'],
  ['OggS', 'a sound file (Ogg)'],
  ['ftyp', 'a video or picture (MP4)', 4],
  ['\u007fELF', 'a program'],
  ['MZ', 'a program'],
  ['SQLite format 3', 'a database'],
  ['BOOKMOBI', 'a Kindle book (MOBI)', 60],
];
/** What Office wrote before 2007 ([MS-CFB]), and what it still wraps a file in that has a password. */
const COMPOUND_FILE = '\u00d0\u00cf\u0011\u00e0';
const DIRECTORY_SEARCH_BYTES = 2_000_000;
/** Signatures that a text could begin with as well; they count only in a file that is no text. */
const SHORT_SIGNATURE_CHARS = 4;

/**
 * Bytes into text, or the reason why not. Byte order marks win, then valid UTF-8, then UTF-16 by its zeros, then what
 * a page or an XML prolog declares, then a guess; the WHATWG decoders of the runtime do the decoding. Text that was once
 * saved in the wrong encoding is put right where that can be undone without loss.
 */
export function decode(bytes: Uint8Array): Decoded {
  if (bytes.length === 0) return refuse('file-empty');
  if (bytes.length > UPLOAD_MAX_BYTES) {
    return refuse(
      'file-too-large',
      `This file has ${megabytes(bytes.length)} MB; ${megabytes(UPLOAD_MAX_BYTES)} MB is the most.`,
    );
  }
  const head = latin1(bytes.subarray(0, META_BYTES));
  if (head.startsWith(COMPOUND_FILE)) return compoundFile(bytes);
  const known = signatures.find(([signature, , at = 0]) => head.startsWith(signature, at));
  if (known !== undefined && known[0].length >= SHORT_SIGNATURE_CHARS) return notText(known[1]);
  const encoding = encodingOf(bytes, head);
  if (encoding === null) return notText(known?.[1] ?? null);
  const text = new TextDecoder(encoding).decode(bytes);
  if (text === '') return refuse('file-empty');
  return isBinary(text) ? notText(known?.[1] ?? null) : { ok: true, text: mendMojibake(text), encoding };
}

function megabytes(bytes: number): number {
  return Math.ceil(bytes / 1_000_000);
}

/** Streams of a compound file are named in UTF-16; their names tell what program it is from. */
function compoundFile(bytes: Uint8Array): Refusal {
  const searched = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, DIRECTORY_SEARCH_BYTES));
  const holds = (stream: string) => searched.includes(Buffer.from(stream, 'utf16le'));
  if (holds('EncryptedPackage')) {
    return refuse(
      'file-locked',
      'This document is locked with a password. Open it in Word, save a copy without one, and bring that in.',
    );
  }
  if (!holds('WordDocument')) return notText('an old Office document');
  return refuse(
    'file-not-text',
    'This is a Word document of the old kind (.doc). Open it in Word or LibreOffice, save it as .docx, and bring that in.',
  );
}

function notText(looksLike: string | null): Refusal {
  if (looksLike === null)
    return refuse('file-not-text', `This file holds no text that can be made out; a text saved as UTF-8 can. ${BRING}`);
  return refuse('file-not-text', `This looks like ${looksLike}, which cannot be read here. ${BRING}`);
}

function encodingOf(bytes: Uint8Array, head: string): string | null {
  if (head.startsWith('\u00ef\u00bb\u00bf')) return 'utf-8';
  if (head.startsWith('\u00ff\u00fe')) return 'utf-16le';
  if (head.startsWith('\u00fe\u00ff')) return 'utf-16be';
  const sample = bytes.subarray(0, SAMPLE_BYTES);
  if (sample.includes(0)) return utf16ByZeros(sample);
  if (isUtf8(bytes)) return 'utf-8';
  return guessEncoding(sample, declaredEncoding(head)) ?? (isMostlyAscii(sample) ? 'windows-1252' : null);
}

/**
 * Text in a Latin script has a zero in every other byte, and any text has some, for its spaces and line ends; where they
 * stand, and what then can be read, tells the byte order.
 */
function utf16ByZeros(sample: Uint8Array): string | null {
  const pairs = Math.floor(sample.length / 2);
  let even = 0;
  let odd = 0;
  for (let index = 0; index < pairs * 2; index += 1) {
    if (sample[index] !== 0) continue;
    if (index % 2 === 0) even += 1;
    else odd += 1;
  }
  if (odd > pairs * 0.4 && even < pairs * 0.02) return 'utf-16le';
  if (even > pairs * 0.4 && odd < pairs * 0.02) return 'utf-16be';
  const encoding = odd > even ? 'utf-16le' : 'utf-16be';
  const text = new TextDecoder(encoding).decode(sample.subarray(0, pairs * 2));
  return !isBinary(text) && plausibility(text) >= UTF16_PLAUSIBILITY_MIN ? encoding : null;
}

function isMostlyAscii(sample: Uint8Array): boolean {
  const strange = sample.reduce((count, byte) => count + (byte > 127 ? 1 : 0), 0);
  return strange <= sample.length * STRANGE_SHARE_MAX;
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

function declaredEncoding(head: string): string | null {
  const label =
    /^\s*<\?xml[^>]{0,200}encoding\s*=\s*["']\s*([\w:-]{2,40})/iu.exec(head)?.[1] ??
    /<meta[^>]{0,200}charset\s*=\s*["']?\s*([\w:-]{2,40})/iu.exec(head)?.[1];
  const known = label === undefined ? null : knownEncoding(label);
  // The page is not valid UTF-8, and a declaration that could be read is not UTF-16 either.
  return known === null || known.startsWith('utf-') ? null : known;
}

function isBinary(text: string): boolean {
  const sample = text.slice(0, SAMPLE_BYTES);
  // oxlint-disable-next-line no-control-regex
  const controls = sample.match(/[\u0000-\u0008\u000e-\u001a\u001c-\u001f\ufffd]/gu)?.length ?? 0;
  return controls > Math.max(2, sample.length * CONTROL_SHARE_MAX);
}

function latin1(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}
