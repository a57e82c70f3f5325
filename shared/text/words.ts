import { segmenterFor } from './segmenter.ts';

/** Silent reading of fiction and non-fiction in alphabets (Brysbaert 2019: 238 to 260). */
const WORDS_PER_MINUTE = 240;
/** Chinese, Japanese and Korean are counted and read by characters. */
const CJK_CHARACTERS_PER_MINUTE = 300;

const cjk = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/gu;
const cjkLanguage = /^(?:zh|ja|ko|yue|wuu|cmn)(?:-|$)/iu;

/** Whether words of this BCP 47 language are counted in characters. */
export function isReadByCharacters(language: string): boolean {
  return cjkLanguage.test(language);
}

/**
 * How many words a text has, as its readers count them: word-like segments of `Intl.Segmenter` (UAX #29), and for
 * Chinese, Japanese and Korean each character.
 */
export function countWords(text: string, language: string): number {
  if (!isReadByCharacters(language)) return countSegments(text, language);
  return (text.match(cjk)?.length ?? 0) + countSegments(text.replace(cjk, ' '), language);
}

/** Minutes to read that many words of this language; a fraction, for the interface to round. */
export function readingMinutes(words: number, language: string): number {
  return words / (isReadByCharacters(language) ? CJK_CHARACTERS_PER_MINUTE : WORDS_PER_MINUTE);
}

function countSegments(text: string, language: string): number {
  let words = 0;
  for (const { isWordLike } of segmenterFor(language, 'word').segment(text)) if (isWordLike === true) words += 1;
  return words;
}

/** Minutes as people say them: `7 min`, `2 h`, `7 h 20 min` (beyond an hour in steps of five, as it is a guess). At least one. */
export function sayMinutes(minutes: number): string {
  const whole = Math.max(1, Math.round(minutes));
  if (whole < 60) return `${whole} min`;
  const inFives = Math.round(whole / 5) * 5;
  const hours = Math.floor(inFives / 60);
  return inFives % 60 === 0 ? `${hours} h` : `${hours} h ${inFives % 60} min`;
}
