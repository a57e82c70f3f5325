const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

// Below U+0300 nothing joins with its neighbour but CR LF, and a block's text never holds CR: no need to segment there.
const FIRST_JOINING_UNIT = 0x300;

/** Whether a cut at this UTF-16 offset leaves every grapheme whole. */
export function isGraphemeBoundary(text: string, offset: number): boolean {
  if (offset <= 0 || offset >= text.length) return true;
  if (text.charCodeAt(offset - 1) < FIRST_JOINING_UNIT && text.charCodeAt(offset) < FIRST_JOINING_UNIT) return true;
  return segmenter.segment(text).containing(offset)?.index === offset;
}
