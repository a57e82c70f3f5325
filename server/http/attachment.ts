const NAME_MAX_CHARS = 80;

/**
 * A `Content-Disposition` for a download (RFC 6266): a name in plain ASCII for old clients and the same in UTF-8, both
 * without anything that a file system or a header could take for more than a name.
 */
export function attachment(title: string, extension: string): string {
  const name = clean(title) || 'lectern';
  const ascii = clean(name.normalize('NFKD').replace(/[^\x20-\x7e]/g, '')) || 'lectern';
  const utf8 = encodeURIComponent(`${name}.${extension}`).replace(
    /['()*]/g,
    (mark) => `%${mark.charCodeAt(0).toString(16)}`,
  );
  return `attachment; filename="${ascii}.${extension}"; filename*=UTF-8''${utf8}`;
}

function clean(title: string): string {
  const letters = title
    .replace(/[\p{Cc}\p{Cf}"'\\/:*?<>|%;]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return Array.from(letters)
    .slice(0, NAME_MAX_CHARS)
    .join('')
    .replace(/^[.\s]+|[.\s]+$/g, '')
    .toWellFormed();
}
