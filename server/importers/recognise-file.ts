import type { Format } from '#shared/records/book.ts';

/** Formats that are more than a text in some encoding. */
export type FileFormat = Extract<Format, 'epub' | 'docx' | 'fb2' | 'pdf'>;

const HEAD_BYTES = 4_096;
/** The end record is 22 bytes and may be followed by a comment of 65,535 (PKWARE APPNOTE 4.3.16). */
const END_RECORD_SEARCH_BYTES = 65_557;
/** Before an entry's name (PKWARE APPNOTE 4.3.7). */
const LOCAL_HEADER_BYTES = 30;
const ENTRIES_LOOKED_AT = 6_000;

/** What a file is by its content alone, whatever its name says; null for what can only be a text, or nothing known. */
export function recogniseFile(bytes: Uint8Array): FileFormat | null {
  const head = latin1(bytes.subarray(0, HEAD_BYTES));
  // Some writers put a line of their own before the signature; ISO 32000 lets it stand in the first 1,024 bytes.
  if (/^[^]{0,1019}%PDF-\d/u.test(head) && !head.startsWith('PK')) return 'pdf';
  if (head.startsWith('PK')) return recogniseZip(bytes);
  const text = head.replaceAll('\0', '');
  return /^[^<]{0,8}<\?xml[^]*<FictionBook[\s>]/u.test(text) ? 'fb2' : null;
}

function recogniseZip(bytes: Uint8Array): FileFormat | null {
  const entries = entryNames(bytes);
  const head = latin1(bytes.subarray(0, HEAD_BYTES));
  // OpenDocument files say what they are in the same place as e-books.
  if (head.startsWith('mimetypeapplication/vnd.oasis', LOCAL_HEADER_BYTES)) return null;
  // What OCF 3.3 (4.2.6.3) wants first in the file stands even in one whose directory is cut off.
  const isMarked = head.startsWith('mimetypeapplication/epub+zip', LOCAL_HEADER_BYTES);
  if (isMarked || entries.has('META-INF/container.xml') || entries.has('mimetype')) return 'epub';
  // Programs other than Word may name the document itself differently.
  const isOffice = entries.has('[Content_Types].xml');
  if (entries.has('word/document.xml') || (isOffice && [...entries].some((name) => name.startsWith('word/'))))
    return 'docx';
  const [only] = entries;
  return entries.size === 1 && only?.toLowerCase().endsWith('.fb2') === true ? 'fb2' : null;
}

/** Names in a ZIP's directory, as far as it can be followed. Only for telling formats apart: nothing here is trusted. */
function entryNames(bytes: Uint8Array): Set<string> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const found = new Set<string>();
  let end = bytes.length - 22;
  const searchTo = Math.max(0, bytes.length - END_RECORD_SEARCH_BYTES);
  while (end >= searchTo && view.getUint32(end, true) !== 0x06054b50) end -= 1;
  if (end < searchTo) return found;
  let at = view.getUint32(end + 16, true);
  while (found.size < ENTRIES_LOOKED_AT && at + 46 <= bytes.length && view.getUint32(at, true) === 0x02014b50) {
    const length = view.getUint16(at + 28, true);
    found.add(latin1(bytes.subarray(at + 46, at + 46 + length)));
    at += 46 + length + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return found;
}

function latin1(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}
