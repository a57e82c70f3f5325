/**
 * A name or title as one harmless line: white space and controls become single spaces, and bidirectional controls go,
 * which could make the rest of a line read backwards.
 */
export const oneLine = (text: string): string =>
  text
    .toWellFormed()
    .replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu, '')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();

/** Longer text with its lines: `\n` alone separates them, and no other control character remains. */
export const plainLines = (text: string): string =>
  text
    .toWellFormed()
    .replace(/\r\n?|[\v\f\u0085\u2028\u2029]/gu, '\n')
    .replace(/[^\P{Cc}\n]/gu, (control) => (control === '\t' ? ' ' : ''));
