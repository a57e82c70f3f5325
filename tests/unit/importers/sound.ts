import { expect } from 'vitest';
import type { DraftBook } from '#server/importers/importer.ts';
import { measureChapter } from '#server/importers/measure-chapter.ts';
import { settleBook } from '#server/importers/settle-book.ts';

// oxlint-disable-next-line no-control-regex
const unclean = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\ufeff]/u;
const hasLines = new Set(['verse', 'code', 'table']);

/** Whatever was read is clean, composed text with its marks inside it, and settles into what the record schemas take. */
export function expectSound(book: DraftBook): void {
  for (const { blocks } of book.chapters) {
    for (const block of blocks) {
      const { type, text, marks } = block;
      expect(text).toBe(text.normalize('NFC'));
      expect(text.isWellFormed()).toBe(true);
      expect(type === 'table' ? text.replaceAll('\t', '') : text).not.toMatch(unclean);
      expect(type === 'table' ? '' : text.slice(text.trimEnd().length)).toBe('');
      expect(type === 'figure' || (text === '') === (type === 'break')).toBe(true);
      expect(hasLines.has(type) ? '' : text).not.toMatch(/\n| {2}/u);
      for (const mark of marks) {
        expect(mark.start).toBeGreaterThanOrEqual(0);
        expect(mark.end > mark.start || mark.type === 'noteref' || mark.type === 'page').toBe(true);
        expect(mark.end).toBeLessThanOrEqual(text.length);
        expect(text.slice(mark.start, mark.end).trim()).toBe(text.slice(mark.start, mark.end));
        expect(mark.type === 'link' ? mark.href : 'https:').toMatch(/^(?:https?:|mailto:)/u);
      }
    }
  }
  // The record schema agrees.
  for (const { blocks } of settleBook(book).chapters) measureChapter(blocks, book.language);
}
