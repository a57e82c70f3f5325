import { sentencesOf } from './sentences.ts';

/** Words of a text with what stands around them, each on one line; an ellipsis where more was left out. */
export interface Excerpt {
  before: string;
  words: string;
  after: string;
}

/** On either side: with the words some three lines of a narrow list. */
const AROUND_MAX_CHARS = 120;

/** The sentence around `[start, end)`, or as much of it as can be read at a glance. Looks no further than that. */
export function excerptOf(text: string, start: number, end: number, language: string): Excerpt {
  const from = Math.max(0, start - AROUND_MAX_CHARS);
  const to = Math.min(text.length, end + AROUND_MAX_CHARS);
  const sentences = sentencesOf(text.slice(from, to), language);
  const first = sentences.findLast((sentence) => from + sentence.start <= start);
  const last = sentences.find((sentence) => from + sentence.end >= end);
  // The first and the last sentence in reach may have begun earlier, or go on.
  const isCutBefore = from > 0 && first === sentences[0];
  const isCutAfter = to < text.length && last === sentences.at(-1);
  return {
    before: onOneLine(
      isCutBefore
        ? `…${withoutScrap(text.slice(from, start), 'first').trimStart()}`
        : text.slice(from + (first?.start ?? 0), start),
    ),
    words: onOneLine(text.slice(start, end)),
    after: onOneLine(
      isCutAfter
        ? `${withoutScrap(text.slice(end, to), 'last').trimEnd()}…`
        : text.slice(end, last ? from + last.end : to),
    ),
  };
}

const onOneLine = (text: string): string => text.replace(/\s+/gu, ' ');

/** Without the part of a word that a cut left over, where words are parted by spaces at all. */
function withoutScrap(text: string, which: 'first' | 'last'): string {
  return text.replace(which === 'first' ? /^\S{1,20}(?=\s)/u : /\s\S{1,20}$/u, '');
}
