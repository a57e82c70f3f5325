import type { Anchor, Position } from '#shared/anchoring/anchor.ts';
import type { Chapter } from '#shared/records/book.ts';

/** A chapter with what is needed to count in it: where each block begins, in code points of the whole text. */
export interface MeasuredChapter {
  chapter: Chapter;
  blocks: ReadonlyMap<string, { text: string; begins: number; astral: boolean }>;
}

/** Code points in the first `end` UTF-16 units of a text. */
function codePoints(text: string, end: number): number {
  let count = 0;
  for (let at = 0; at < end && at < text.length; count += 1) at += (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
  return count;
}

/** The whole text of a chapter is its blocks joined by `\n`. */
export function measureChapter(chapter: Chapter): MeasuredChapter {
  const blocks = new Map<string, { text: string; begins: number; astral: boolean }>();
  let begins = 0;
  for (const { id, text } of chapter.blocks) {
    const length = codePoints(text, text.length);
    blocks.set(id, { text, begins, astral: length !== text.length });
    begins += length + 1;
  }
  return { chapter, blocks };
}

/**
 * An anchor as W3C selectors (Web Annotation Data Model, section 4.2), from the sturdiest to the most precise: the quote
 * with its context; the position in the whole text; the block by its fragment, refined by the position in it. Positions
 * are code points, as the Recommendation asks, not the UTF-16 units of the anchor. An anchor into another revision of
 * the text keeps only its quote: positions would point at the wrong words.
 */
export function selectorsOf({ chapter, blocks }: MeasuredChapter, anchor: Anchor): object[] {
  const quote = { type: 'TextQuoteSelector', ...anchor.quote };
  const start = pointOf(anchor.start);
  const end = pointOf(anchor.end);
  if (anchor.hash !== chapter.hash || start === null || end === null) return [quote];
  const position = { type: 'TextPositionSelector', start: start.inText, end: end.inText };
  if (anchor.start.block === anchor.end.block) {
    return [quote, position, fragment(anchor.start.block, start.inBlock, end.inBlock)];
  }
  const range = {
    type: 'RangeSelector',
    startSelector: fragment(anchor.start.block, start.inBlock, start.length),
    endSelector: fragment(anchor.end.block, end.inBlock, end.length),
  };
  return [quote, position, range];

  function pointOf({ block, offset }: Position) {
    const measured = blocks.get(block);
    if (measured === undefined) return null;
    const { text, begins, astral } = measured;
    const count = (units: number) => (astral ? codePoints(text, units) : Math.min(units, text.length));
    return { inBlock: count(offset), inText: begins + count(offset), length: count(text.length) };
  }
}

/** `conformsTo` is the IRI that the Recommendation lists for fragments of HTML. */
const fragment = (block: string, start: number, end: number) => ({
  type: 'FragmentSelector',
  conformsTo: 'http://tools.ietf.org/rfc/rfc3236',
  value: block,
  refinedBy: { type: 'TextPositionSelector', start, end },
});
