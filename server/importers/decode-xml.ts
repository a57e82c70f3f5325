import { decode } from './decode.ts';
import { RefusedError } from './importer.ts';

const declaration = /^\s*<\?xml[^>]{0,300}?encoding\s*=\s*["']([\w.:-]{2,40})["']/u;
const DECLARATION_BYTES = 400;

/**
 * The text of an XML entity (XML 1.0, 4.3.3): a byte order mark, then its declaration, then UTF-8; a text that is not what
 * it declares is decoded as any other text would be. Refused when it is no text at all.
 */
export function decodeXml(bytes: Uint8Array): string {
  const head = Buffer.from(bytes.subarray(0, DECLARATION_BYTES)).toString('latin1');
  const label = declaration.exec(head)?.[1];
  const isMarked = /^(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)/u.test(head);
  if (label !== undefined && !isMarked) {
    try {
      return new TextDecoder(label, { fatal: true }).decode(bytes);
    } catch {
      // Another encoding than the one it declares, or one that nobody knows.
    }
  }
  const decoded = decode(bytes);
  if (!decoded.ok) throw new RefusedError(decoded.code === 'file-empty' ? 'file-broken' : decoded.code);
  return decoded.text;
}
