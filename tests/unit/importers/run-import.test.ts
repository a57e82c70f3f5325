import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeBook } from '#server/importers/make-book.ts';
import { hashBlocks, measureChapter } from '#server/importers/measure-chapter.ts';
import { runImport } from '#server/importers/run-import.ts';
import type { SettledBook } from '#server/importers/settled-book.ts';
import { workerFlags } from '#server/importers/worker-flags.ts';
import type { Format } from '#shared/records/book.ts';
import { bookSchema, chapterSchema } from '#shared/records/book.ts';
import { newId } from '#shared/records/ids.ts';
import type { MemberId } from '#shared/records/ids.ts';

const run = (text: string, hint: Format | null = null, titleHint: string | null = null) =>
  runImport({ bytes: new TextEncoder().encode(text), hint, titleHint });

describe('an import in its worker', () => {
  it('IM40 brings a text in, tells its progress, and a given title wins', async () => {
    const seen: number[] = [];
    const bytes = new TextEncoder().encode('The Lamp\nby Ada Quill\n\nIt was dark.');
    const outcome = await runImport(
      { bytes, hint: null, titleHint: ' My lamp ' },
      { onProgress: (part) => seen.push(part) },
    ).done;
    expect(outcome).toMatchObject({ ok: true, format: 'text', book: { title: 'My lamp', author: 'Ada Quill' } });
    expect(seen.length).toBeGreaterThan(0);
    expect(seen).toEqual(seen.toSorted((a, b) => a - b));
  });

  it('IM3 what holds no words is refused with a sentence', async () => {
    for (const [text, code] of [
      ['', 'file-empty'],
      ['  \n\t\n', 'file-no-words'],
      ['* * *\n\n***', 'file-no-words'],
      ['<!doctype html><script>x</script>', 'file-no-words'],
      ['%PDF-1.4', 'file-broken'],
      ['GIF89a', 'file-not-text'],
    ] as const) {
      const outcome = await run(text).done;
      expect(outcome).toMatchObject({ ok: false, code });
      expect(outcome.ok ? '' : outcome.message).toMatch(/^[A-Z].*\.$/u);
    }
  });

  it('IM41 what takes too long is ended', async () => {
    const bytes = new TextEncoder().encode('> '.repeat(20_000));
    const outcome = await runImport({ bytes, hint: 'markdown', titleHint: null }, { timeMaxMs: 1 }).done;
    expect(outcome).toMatchObject({ ok: false, code: 'import-too-slow' });
  });

  it('IM41 what takes too much memory is ended, and the process goes on', { timeout: 120_000 }, async () => {
    const outcome = await run('<p>'.repeat(3_000_000), 'html').done;
    expect(outcome.ok ? '' : outcome.code).toMatch(/^import-(?:failed|too-slow)$/u);
    expect((await run('It was dark.').done).ok).toBe(true);
  });

  it.each([
    ['reads no file of the house', `require('node:fs').readFileSync(${JSON.stringify(import.meta.filename)})`],
    ['writes nothing', `require('node:fs').writeFileSync(${JSON.stringify(join(tmpdir(), 'lectern-never'))}, '')`],
    ['starts nothing', `require('node:child_process').execFileSync(process.execPath, ['-v'])`],
  ])('IM46 a worker %s', (_what, act) => {
    const { status, stderr } = spawnSync(process.execPath, [...workerFlags, '-e', act], { encoding: 'utf8' });
    expect(status).toBe(1);
    expect(stderr).toContain('ERR_ACCESS_DENIED');
  });

  it('IM41 a chapter of too many paragraphs is refused, not cut', async () => {
    const outcome = await run('A word.\n\n'.repeat(20_001)).done;
    expect(outcome).toMatchObject({ ok: false, code: 'too-long' });
    expect(outcome.ok ? '' : outcome.message).toContain('20,001');
  });

  it('IM42 a cancelled import settles at once', async () => {
    const running = run('It was dark.');
    running.cancel();
    expect(await running.done).toMatchObject({ ok: false, code: 'import-failed' });
  });
});

const draft = (changes: Partial<SettledBook> = {}): SettledBook => ({
  title: 'The Lamp',
  author: 'Ada Quill',
  language: 'en',
  direction: 'ltr',
  chapters: [
    { title: '', blocks: [{ type: 'paragraph', text: 'Two words.', marks: [], quoteDepth: 0 }] },
    {
      title: 'One',
      blocks: [
        { type: 'break', text: '', marks: [], quoteDepth: 0 },
        { type: 'paragraph', text: 'Three more words.', marks: [], quoteDepth: 0 },
      ],
    },
  ],
  ...changes,
});

describe('from a draft to a book', () => {
  const details = { format: 'text' as Format, addedBy: newId<MemberId>(), addedAt: 1, fallbackTitle: 'lamp.txt' };
  it('IM43 ids, words, hashes and titles, true to the record schemas', () => {
    const { book, chapters } = makeBook(draft(), details);
    expect(bookSchema.parse(book)).toEqual(book);
    expect(chapters.map((chapter) => chapterSchema.parse(chapter))).toEqual(chapters);
    expect(book).toMatchObject({ title: 'The Lamp', author: 'Ada Quill', addedBy: details.addedBy });
    expect(book.chapters.map(({ title, index, words, blocks }) => [title, index, words, blocks])).toEqual([
      ['The Lamp', 0, 2, 1],
      ['One', 1, 3, 2],
    ]);
    expect(chapters[1]?.blocks.map(({ id }) => id)).toEqual(['b1', 'b2']);
    expect(book.chapters.map(({ id, hash }) => [id, hash])).toEqual(chapters.map(({ id, hash }) => [id, hash]));
  });

  it('IM43 a book without a title takes its only chapter’s, or what the caller gives', () => {
    const [, second] = draft().chapters;
    const only = { title: null, chapters: second === undefined ? [] : [second] };
    expect(makeBook(draft(only), details).book.title).toBe('One');
    const untitled = { ...only, chapters: only.chapters.map((chapter) => ({ ...chapter, title: '' })) };
    const { book } = makeBook(draft(untitled), details);
    expect([book.title, book.chapters[0]?.title]).toEqual(['lamp.txt', 'lamp.txt']);
    expect(makeBook(draft({ title: 'x'.repeat(500) }), details).book.title).toHaveLength(240);
  });

  it('IM44 the same text has the same hash, another text another', () => {
    const { chapters } = makeBook(draft(), details);
    const again = makeBook(draft(), details);
    expect(again.chapters.map(({ hash }) => hash)).toEqual(chapters.map(({ hash }) => hash));
    expect(again.chapters[0]?.id).not.toBe(chapters[0]?.id);
    expect(chapters[0]?.hash).toMatch(/^[0-9a-f]{64}$/u);
    expect(chapters[0]?.hash).not.toBe(chapters[1]?.hash);
    expect(hashBlocks([{ id: 'b1', type: 'break', text: '', marks: [], quoteDepth: 0 }])).toBe(
      hashBlocks([{ quoteDepth: 0, marks: [], text: '', type: 'break', id: 'b1' }]),
    );
  });

  it('IM44 what the worker measured is what would be measured here', async () => {
    const outcome = await run('It was dark.\n\nVery dark.').done;
    const chapter = outcome.ok ? outcome.book.chapters[0] : undefined;
    expect(chapter?.measures).toEqual(
      measureChapter(chapter?.blocks ?? [], outcome.ok ? outcome.book.language : 'und'),
    );
    expect(chapter?.measures?.words).toBe(5);
  });
});
