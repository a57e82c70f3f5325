import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decode } from '#server/importers/decode.ts';
import { htmlImporter } from '#server/importers/html.ts';
import type { TextImporter } from '#server/importers/importer.ts';
import { markdownImporter } from '#server/importers/markdown.ts';
import { textImporter } from '#server/importers/text.ts';
import { expectSound } from './sound.ts';

const words = [
  'a',
  'Word ',
  ' ',
  '\n',
  '\n\n',
  '\r\n',
  '\t',
  '\u00a0',
  'e\u0301',
  '\u0301',
  '😀',
  '👩‍👩‍👧',
  '\ud800',
  '\u0000',
  '\u202e',
  '\u00ad',
  'שלום',
  '漢字',
  '한',
  'ᄒ',
  'ᅡ',
  '*',
  '**',
  '_',
  '* * *',
  '---',
  'Chapter 1',
  'by Ada',
];
const markup = [
  '# ',
  '> ',
  '- ',
  '1. ',
  '`',
  '```',
  '[a](',
  'https://x.org',
  'javascript:x',
  ')',
  '|',
  '[^1]',
  '\n\n[^1]: ',
  '| a |\n| - |\n',
  '![a](b)',
  '[1]',
  '\n\n[1] ',
  '<p>',
  '</p>',
  '<br>',
  '<em>',
  '</em>',
  '<a href="https://x.org">',
  '<a href=javascript:x>',
  '</a>',
  '<b>',
  '<ul><li>',
  '</ul>',
  '<pre>',
  '</pre>',
  '<div class=poem>',
  '</div>',
  '<blockquote>',
  '<table><tr><td>',
  '</td><td>',
  '<a id=b href=#c>1</a>',
  '<p id=c><a href=#b>1</a>',
  '<figure><img src="data:image/png;base64,AA" alt=x>',
  '<figcaption>',
  '<ruby>a<rt>b</ruby>',
  '<h1>',
  '<script>',
  '</script>',
  '<svg>',
  '&#0;',
  '&nbsp;',
  '<q>',
  '<!--',
];
const sources = fc.oneof(
  fc.array(fc.constantFrom(...words, ...markup), { maxLength: 60 }).map((parts) => parts.join('')),
  fc.string({ unit: 'binary', maxLength: 200 }),
);

const letters = (text: string) => text.normalize('NFC').replace(/[^\p{L}\p{N}]/gu, '');

describe('whatever comes in', () => {
  it.each<[string, TextImporter]>([
    ['text', textImporter],
    ['Markdown', markdownImporter],
    ['HTML', htmlImporter],
  ])('IM50 %s: marks lie within clean, composed text and nothing is thrown', (_, importer) => {
    fc.assert(
      fc.property(sources, (source) => {
        const book = importer.read(source);
        expect(book.language).not.toBe('');
        expectSound(book);
      }),
      { numRuns: 400 },
    );
  });

  it('IM50 any bytes are decoded or refused', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        const decoded = decode(bytes);
        expect(decoded.ok ? decoded.encoding : decoded.message).not.toBe('');
      }),
    );
  });

  it('IM50 plain text loses no letter', () => {
    const paragraphs = fc.array(fc.stringMatching(/^[a-z]{2,9}( [a-z]{1,9}){0,20}[.!?"]$/u), {
      minLength: 1,
      maxLength: 20,
    });
    fc.assert(
      fc.property(paragraphs, fc.constantFrom('\n', '\n\n', '\r\n\r\n'), (parts, between) => {
        const book = textImporter.read(parts.join(between));
        const text = book.chapters.flatMap(({ blocks }) => blocks.map((block) => block.text)).join('');
        expect(letters(text)).toBe(letters(parts.join('')));
      }),
    );
  });
});
