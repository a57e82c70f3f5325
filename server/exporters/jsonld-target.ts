import type { Anchor } from '#shared/anchoring/anchor.ts';
import { cfiOf } from '#shared/anchoring/selectors/epub-cfi.ts';
import { MeasuredText } from '#shared/anchoring/selectors/measured-text.ts';
import { cssOf, textPositionOf, textQuoteOf, type CssSelector } from '#shared/anchoring/selectors/selectors.ts';
import type { Chapter } from '#shared/records/book.ts';

/** A chapter with what is needed to count in it. */
export interface MeasuredChapter {
  chapter: Chapter;
  text: MeasuredText;
}

export const measureChapter = (chapter: Chapter): MeasuredChapter => ({
  chapter,
  text: new MeasuredText(chapter.blocks),
});

/**
 * An anchor as W3C selectors (Web Annotation Data Model, section 4.2), from the sturdiest to the most precise: the quote
 * with its context; the position in the whole text; the block refined by the position in it, once as a fragment and once
 * in CSS, which reading systems look for; the place in the EPUB that the chapter came out of. Positions are code points, as
 * the Recommendation asks, not the UTF-16 units of the anchor (but for EPUB CFI, which counts these). An anchor into another
 * revision of the text keeps only its quote: positions would point at the wrong words.
 */
export function selectorsOf({ chapter, text }: MeasuredChapter, anchor: Anchor): object[] {
  const quote = textQuoteOf(anchor);
  const position = textPositionOf(text, anchor);
  const css = cssOf(text, anchor);
  if (anchor.hash !== chapter.hash || position === null || css === null) return [quote];
  const cfi = cfiOf(chapter.blocks, anchor);
  const inEpub = cfi === null ? [] : [{ type: 'FragmentSelector', conformsTo: EPUB_CFI, value: cfi }];
  if (css.type === 'CssSelector') return [quote, position, fragmentOf(css), css, ...inEpub];
  const { startSelector, endSelector } = css;
  const range = {
    type: 'RangeSelector',
    startSelector: fragmentOf(startSelector),
    endSelector: fragmentOf(endSelector),
  };
  return [quote, position, range, css, ...inEpub];
}

/** The IRI that the Recommendation lists for fragments of EPUB 3. */
const EPUB_CFI = 'http://www.idpf.org/epub/linking/cfi/epub-cfi.html';

/** `conformsTo` is the IRI that the Recommendation lists for fragments of HTML. */
const fragmentOf = ({ value, refinedBy }: CssSelector) => ({
  type: 'FragmentSelector',
  conformsTo: 'http://tools.ietf.org/rfc/rfc3236',
  value: value.slice(1),
  refinedBy,
});
