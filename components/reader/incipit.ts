/** A first line shorter than this needs no drum roll. */
const PARAGRAPH_MIN_CHARS = 90;
const INCIPIT_MIN_CHARS = 12;
const INCIPIT_MAX_CHARS = 34;

const cased = /^\p{Lu}[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{M}\p{N} ’'-]*/u;

/**
 * Where the words set in small capitals at the opening of a chapter end; 0 where there should be none: short first
 * paragraphs, dialogue, and scripts without capitals. It ends at a word, and never runs over punctuation.
 */
export function incipitEnd(text: string): number {
  if (text.length < PARAGRAPH_MIN_CHARS) return 0;
  const clause = cased.exec(text)?.[0] ?? '';
  if (clause.length <= INCIPIT_MAX_CHARS) {
    const end = clause.trimEnd().length;
    return end >= INCIPIT_MIN_CHARS ? end : 0;
  }
  const end = clause.lastIndexOf(' ', INCIPIT_MAX_CHARS);
  return end >= INCIPIT_MIN_CHARS ? end : 0;
}
