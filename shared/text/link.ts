const HREF_MAX_CHARS = 2_000;

/**
 * A link's address as it may stand in a page, or null. Only `http`, `https` and `mailto` pass, judged after the WHATWG
 * URL parser has taken out the tabs, newlines and controls that hide a `javascript:`; relative addresses point nowhere
 * here and are dropped.
 */
export function safeHref(raw: string): string | null {
  if (raw.length > HREF_MAX_CHARS) return null;
  const url = URL.parse(raw);
  if (url === null || url.href.length > HREF_MAX_CHARS) return null;
  if (url.protocol === 'http:' || url.protocol === 'https:') return url.href;
  return url.protocol === 'mailto:' && url.pathname.includes('@') ? url.href : null;
}
