import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exportFormats } from '#shared/protocol/http.ts';
import { notePlainText } from '#shared/text/note-markdown.ts';
import { exporters } from '#server/exporters/exporters.ts';
import type { ExportInput } from '#server/exporters/exporter.ts';
import { plainLines } from '#server/exporters/one-line.ts';
import {
  anchorAt,
  anchorOn,
  chapterOf,
  exportOf,
  fullMargin,
  harbour,
  kenji,
  mara,
  member,
  note,
  paragraphs,
  replyTo,
} from './export-fixture.ts';
import { plainTextOf } from './plain-text.ts';

const squeeze = (text: string): string => text.replace(/[\s\u00a0]+/gu, '');

describe.each(exportFormats)('%s', (format) => {
  const write = (input: ExportInput): string => exporters[format].write(input);
  const wordsOf = (input: ExportInput): string => plainTextOf[format](write(input));

  it('EX20 quote, author, time, ink and its meaning, thread, reactions, `only me` and the way back are in it', () => {
    const text = write(exportOf(fullMargin()));
    const words = plainTextOf[format](text);
    for (const part of [
      'froze on a Tuesday',
      'Mara',
      'Kenji',
      '2026-11-20T12:00:00Z',
      '2026-11-20T12:01:00Z',
      'saffron',
      'Loved this',
      'woad',
      'Look it up',
      'First thought.',
      'Second thought.',
      '🌱',
      '❄️',
      'only me',
      'Shall we read on?',
      'deleted',
      'I liked what stood here.',
    ]) {
      expect(words).toContain(part);
    }
    expect(text).toContain(
      'https://room.example.org/rooms/room0000000000000000/read/chapter1000000000000#note-froze000000000000000',
    );
    // Context of the quotation.
    expect(squeeze(words)).toContain(squeeze('The harbour 👩‍👩‍👦 '));
  });

  it('EX21 no private note of another member, no hidden or deleted word is anywhere in the file', () => {
    const chapter = chapterOf(harbour);
    const secret = 'xyzzy';
    const annotations = [
      note('theirs', { visibility: 'private', author: kenji, body: secret, anchor: anchorOn(chapter, 'Nobody') }),
      note('hidden', { hidden: true, body: secret, author: mara }),
      note('deleted', { deleted: true, body: secret }),
      note('shown', { body: 'plugh' }),
    ];
    const replies = [
      replyTo('theirs', 'toprivate', { body: secret }),
      replyTo('hidden', 'tohidden', { body: secret, author: mara }),
      replyTo('deleted', 'todeleted', { body: 'plover' }),
      replyTo('shown', 'hiddenreply', { body: secret, hidden: true }),
      replyTo('shown', 'deletedreply', { body: secret, deleted: true }),
    ];
    const reactions = { theirs00000000000000: { '🦜': [kenji] }, deleted0000000000000: { '🦜': [kenji] } };
    for (const scope of ['all', 'mine', 'saffron'] as const) {
      const text = write(exportOf({ chapter, annotations, replies, reactions }, { scope }));
      expect(text).not.toContain(secret);
      expect(text).not.toContain('theirs000');
      expect(text).not.toContain('🦜');
    }
    expect(write(exportOf({ chapter, annotations, replies }))).toContain('plover');
  });

  it('EX22 every visible body and quotation is in it, whatever it is made of', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        '*',
        '_',
        '**',
        '`',
        '```',
        '[',
        '](',
        ')',
        '](javascript:alert(1))',
        '<script>',
        '</mark>',
        '<!--',
        '#',
        '# ',
        '---',
        '\n',
        '\n\n',

        '=',
        '==',
        '|',
        '~~',
        '$',
        '&amp;',
        '&#x41;',
        '&',
        '\\',
        'https://a.example/b_c',
        'www.a.example',
        'a@b.example',
        'a',
        'b',

        ' ',
        '    ',
        '> ',
        '1. ',
        '- ',
        '+ ',
        '@',
        '"',
        "'",
        '%%',
        '^',
        '::',
        '[[',
        '[^1]',
        '!',
        ':',
        'é',
        '👩‍👩‍👦',
        'שלום',
        '\t',
        '​',
      ),
      fc.string({ unit: 'grapheme', maxLength: 6 }),
    );
    const text = fc.array(piece, { minLength: 1, maxLength: 14 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, text, text, (body, answer, passage) => {
        const chapter = chapterOf(paragraphs(passage));
        const anchor = anchorAt(chapter, 0, passage.length);
        const words = squeeze(
          wordsOf(
            exportOf({
              chapter,
              annotations: [note('n', { anchor, body })],
              replies: [replyTo('n', 'r', { body: answer })],
            }),
          ),
        );
        const rendered = format === 'markdown' || format === 'html';
        for (const written of [body, answer]) {
          expect(words).toContain(squeeze(rendered ? notePlainText(plainLines(written)) : written).replace(/^'/u, ''));
        }
        expect(words).toContain(squeeze(plainLines(passage)).replace(/^'/u, ''));
      }),
      { numRuns: 300 },
    );
  });

  it('EX23 an empty room exports as a file that says so, not as an error', () => {
    expect(write(exportOf({})).length).toBeGreaterThan(0);
    expect(write(exportOf({}, { chapters: [], members: [] })).length).toBeGreaterThan(0);
  });

  it('EX23 an author whom nobody knows is `someone`', () => {
    expect(wordsOf(exportOf({ annotations: [note('a')] }, { members: [] }))).toContain('someone');
  });

  it('EX24 two thousand notes of several replies are written whole', () => {
    const chapter = chapterOf(
      paragraphs(...Array.from({ length: 200 }, (_, index) => `Paragraph 😀 ${index} of many words.`)),
    );
    const annotations = Array.from({ length: 2_000 }, (_, index) =>
      note(`n${index}x`, { body: `Note *${index}*`, anchor: anchorOn(chapter, `${index % 200} of many`) }),
    );
    const replies = annotations.flatMap(({ id }, index) => [
      { ...replyTo('n', `r${index}x`, { body: `Reply ${index}.` }), annotation: id },
    ]);
    const text = write(exportOf({ chapter, annotations, replies }));
    expect(text.match(/Reply \d+\./gu)).toHaveLength(2_000);
  });

  it('EX25 hostile names and titles stay text', () => {
    const name = '</b><script>alert(1)</script>\n# [x](javascript:alert(1)) `=1+1` 😀';
    const input = exportOf(
      { annotations: [note('a', { body: 'x' })], chapter: chapterOf(harbour, { title: name }) },
      { members: [member(mara, name)], room: { ...exportOf({}).room, title: name } },
    );
    expect(squeeze(wordsOf(input))).toContain(
      squeeze('</b><script>alert(1)</script> # [x](javascript:alert(1)) `=1+1` 😀'),
    );
  });
});
