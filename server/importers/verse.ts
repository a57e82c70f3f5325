const VERSE_LINE_MAX_CHARS = 60;
const endsSentence = /[.!?…。！？]["'’”»)\]」』]*$/u;

/**
 * Whether lines that somebody broke on purpose are verse rather than short paragraphs: at least two, none long, and most
 * of them running on over the line's end.
 */
export function isVerse(lines: readonly string[]): boolean {
  if (lines.length < 2 || lines.some((line) => line.trim().length > VERSE_LINE_MAX_CHARS)) return false;
  const running = lines.filter((line) => !endsSentence.test(line.trim())).length;
  return running / lines.length >= 0.5;
}
