import { textOfLine } from './page.ts';
import type { Line, LinePiece } from './page.ts';

/** First halves that keep their hyphen in all dictionaries of English; nothing else is known about words. */
const keepsHyphen = /^(?:self|well|ill|ex|half|all|ever|vice|mother|father|sister|brother|so)$/iu;
/** Not the last part of a word that has hyphens already. */
const brokenWord = /(?<![-\u2010\p{L}\p{M}])([\p{L}\p{M}]+)[-\u2010]$/u;
const endsInHyphen = /[\p{L}\p{M}][-\u2010]$/u;
const softHyphen = /\u00ad$/u;
const joinedWithoutSpace = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}、。，！？」』）]$/u;

/** The words of a document as they stand inside its lines, in lower case: what they show about hyphens. */
export function vocabularyOf(pages: readonly (readonly Line[])[]): Set<string> {
  const words = new Set<string>();
  for (const line of pages.flat()) {
    const text = textOfLine(line).trim().toLowerCase();
    for (const { 0: word, index } of text.matchAll(/[\p{L}\p{M}]+(?:-[\p{L}\p{M}]+)*/gu)) {
      const end = index + word.length;
      if (end < text.length && index > 0) words.add(word);
    }
  }
  return words;
}

/** A piece with the page it stands on, so that marks can say where a page begins. */
export type FlowPiece = LinePiece & { page: number };

/** The text of lines that are one paragraph: line ends become spaces, words that were broken are whole again. */
export function joinLines(lines: readonly Line[], vocabulary: ReadonlySet<string>): FlowPiece[] {
  const joined: FlowPiece[] = [];
  for (const [index, line] of lines.entries()) {
    const pieces = line.pieces.map((piece): FlowPiece => ({ ...piece, page: line.page }));
    const last = joined.at(-1);
    if (index > 0 && last !== undefined) mend(last, textOfLine(line).trimStart(), vocabulary);
    joined.push(...pieces);
  }
  return joined;
}

/** Ends a line: with a space, or with what is left of a hyphen. */
function mend(last: FlowPiece, next: string, vocabulary: ReadonlySet<string>): void {
  const text = last.text.trimEnd();
  if (softHyphen.test(text)) last.text = text.slice(0, -1);
  else if (endsInHyphen.test(text)) last.text = isOnlyForTheLine(text, next, vocabulary) ? text.slice(0, -1) : text;
  else last.text = joinedWithoutSpace.test(text) ? text : `${text} `;
}

/**
 * Whether a hyphen at a line's end stands only for the break. Without a dictionary: the document's own words decide, then
 * what follows (a capital, another hyphen), then the habit that most breaks are inside words.
 */
function isOnlyForTheLine(text: string, next: string, vocabulary: ReadonlySet<string>): boolean {
  const before = brokenWord.exec(text)?.[1]?.toLowerCase();
  const after = /^[\p{L}\p{M}]+(-?)/u.exec(next);
  if (before === undefined || after === null || !/^\p{Ll}/u.test(next)) return false;
  const rest = after[0].replace(/-$/u, '');
  if (vocabulary.has(`${before}${rest}`)) return true;
  if (vocabulary.has(`${before}-${rest}`)) return false;
  return after[1] !== '-' && !keepsHyphen.test(before);
}
