import type { Format } from '#shared/records/book.ts';

const HTML = /<(?:!doctype html|html|body|p|h[1-6]|div|blockquote|em|i|br)\b[^>]*>/iu;
const MARKDOWN = [
  /^#{1,6} \S/mu,
  /^(?:\*\s?){3,}$/mu,
  /(?:^|\s)[*_]{1,2}\S[^*_\n]*\S[*_]{1,2}(?:\s|[.,;!?]|$)/mu,
  /\[[^\]\n]+\]\(https?:/u,
];

/** What pasted text seems to be written in, by signs that plain prose does not have. */
export function guessFormat(text: string): Format {
  if (HTML.test(text)) return 'html';
  return MARKDOWN.some((sign) => sign.test(text)) ? 'markdown' : 'text';
}
