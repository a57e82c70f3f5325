const encoder = new TextEncoder();
const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** Size in UTF-8 bytes: the unit of every size limit. */
export function byteLength(text: string): number {
  return encoder.encode(text).length;
}

/** Characters as a person counts them (Unicode extended grapheme clusters). */
export function graphemeCount(text: string): number {
  let count = 0;
  for (const _ of segmenter.segment(text)) count += 1;
  return count;
}

/** A text, grapheme by grapheme. */
export function graphemes(text: string): string[] {
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}

/** The first grapheme of a text, or the empty string. */
export function firstGrapheme(text: string): string {
  for (const { segment } of segmenter.segment(text)) return segment;
  return '';
}
