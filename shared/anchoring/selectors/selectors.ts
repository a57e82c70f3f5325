import { z } from 'zod';
import type { Anchor, Passage, Position } from '../anchor.ts';
import type { TextBlock } from '../flat-text.ts';
import { ReAnchoring } from '../re-anchor.ts';
import type { MeasuredText } from './measured-text.ts';

/**
 * One passage in the words of the Web Annotation Data Model (section 4.2), written from an anchor and read back into a
 * passage. What is read comes from strangers: it is parsed by these schemas first, and null says that it selects nothing here.
 */

const points = z.number().int().nonnegative();
export const textPositionSchema = z.object({ type: z.literal('TextPositionSelector'), start: points, end: points });
export type TextPositionSelector = z.infer<typeof textPositionSchema>;

export const textQuoteSchema = z.object({
  type: z.literal('TextQuoteSelector'),
  exact: z.string(),
  prefix: z.string().default(''),
  suffix: z.string().default(''),
});
export type TextQuoteSelector = z.infer<typeof textQuoteSchema>;

export const cssSchema = z.object({
  type: z.literal('CssSelector'),
  value: z.string(),
  refinedBy: textPositionSchema,
});
export type CssSelector = z.infer<typeof cssSchema>;

export const cssRangeSchema = z.object({
  type: z.literal('RangeSelector'),
  startSelector: cssSchema,
  endSelector: cssSchema,
});
export type CssRangeSelector = z.infer<typeof cssRangeSchema>;

export const textQuoteOf = ({ quote }: Pick<Anchor, 'quote'>): TextQuoteSelector => ({
  type: 'TextQuoteSelector',
  ...quote,
});

/** Only a place that is surely meant; a quote that stands in two places alike selects nothing. */
export function passageOfQuote(text: MeasuredText, { exact, prefix, suffix }: TextQuoteSelector): Passage | null {
  const anywhere = { block: '', offset: 0 };
  const finder = new ReAnchoring(null, text.flat.blocks);
  const { fate, passage } = finder.carry({ start: anywhere, end: anywhere, quote: { exact, prefix, suffix } });
  return fate === 'moved' ? passage : null;
}

/** Code points over the whole chapter, its blocks joined by `\n`. Null when the passage is not in this text. */
export function textPositionOf(text: MeasuredText, { start, end }: Passage): TextPositionSelector | null {
  const [from, to] = [text.pointOf(start), text.pointOf(end)];
  return from && to && { type: 'TextPositionSelector', start: from.inText, end: to.inText };
}

export const passageOfTextPosition = (text: MeasuredText, { start, end }: TextPositionSelector): Passage | null =>
  text.passage(text.positionAt(start), text.positionAt(end));

/**
 * The block as an element, refined by the code points in it: the most precise selector of EPUB Annotations and of Readium.
 * A passage over several blocks is a range from the one to the other.
 */
export function cssOf(text: MeasuredText, { start, end }: Passage): CssSelector | CssRangeSelector | null {
  const [from, to] = [text.pointOf(start), text.pointOf(end)];
  const [first, last] = [text.block(start.block), text.block(end.block)];
  if (!from || !to || !first || !last) return null;
  if (start.block === end.block) return elementSelector(start.block, from.inBlock, to.inBlock);
  const endOf = ({ id, text: words }: TextBlock) => text.pointOf({ block: id, offset: words.length })?.inBlock ?? 0;
  return {
    type: 'RangeSelector',
    startSelector: elementSelector(start.block, from.inBlock, endOf(first)),
    // A range ends where its end selector begins (4.2.9).
    endSelector: elementSelector(end.block, to.inBlock, endOf(last)),
  };
}

const elementSelector = (block: string, start: number, end: number): CssSelector => ({
  type: 'CssSelector',
  value: `#${block}`,
  refinedBy: { type: 'TextPositionSelector', start, end },
});

export function passageOfCss(text: MeasuredText, selector: CssSelector | CssRangeSelector): Passage | null {
  const blockOf = ({ value }: CssSelector): string => (/^#b\d+$/u.test(value) ? value.slice(1) : '');
  if (selector.type === 'CssSelector') {
    const { start, end } = selector.refinedBy;
    return text.passage(text.positionIn(blockOf(selector), start), text.positionIn(blockOf(selector), end));
  }
  const { startSelector, endSelector } = selector;
  return text.passage(
    text.positionIn(blockOf(startSelector), startSelector.refinedBy.start),
    text.positionIn(blockOf(endSelector), endSelector.refinedBy.start),
  );
}

/** How far through the chapter a passage begins, from 0 to 1, as Readium's ProgressionSelector says it. */
export function progressionOf(text: MeasuredText, start: Position): number | null {
  const point = text.pointOf(start);
  return point && (text.length === 0 ? 0 : point.inText / text.length);
}

/** The position of that code point. */
export const positionOfProgression = (text: MeasuredText, progression: number): Position | null =>
  progression < 0 || progression > 1 ? null : text.positionAt(Math.round(progression * text.length));
