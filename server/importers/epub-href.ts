/** A place in a publication: a file by its path from the root, and an id in it. */
export interface Place {
  path: string;
  fragment: string | null;
}

/**
 * Where an address in the document at `from` leads (EPUB 3.3, 4.2.5): percent-decoded, without `.` and `..`, in NFC. Null for
 * what leads out of the publication: another scheme, another host, above the root.
 */
export function resolveHref(from: string, href: string): Place | null {
  const address = href.trim();
  if (address === '' || /^[a-z][a-z0-9+.-]*:|^\/\//iu.test(address)) return null;
  const hash = address.indexOf('#');
  const file = (hash < 0 ? address : address.slice(0, hash)).split('?', 1)[0] ?? '';
  const fragment = hash < 0 ? null : decoded(address.slice(hash + 1));
  if (file === '') return { path: from, fragment: fragment === '' ? null : fragment };
  const parts = file.startsWith('/') ? [] : from.split('/').slice(0, -1);
  for (const part of decoded(file).split('/')) {
    if (part === '..') {
      if (parts.length === 0) return null;
      parts.pop();
    } else if (part !== '' && part !== '.') parts.push(part);
  }
  return { path: parts.join('/').normalize('NFC'), fragment: fragment === '' ? null : fragment };
}

/** The name of a place for targets and blocks. */
export const placeName = ({ path, fragment }: Place): string => (fragment === null ? path : `${path}#${fragment}`);

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
