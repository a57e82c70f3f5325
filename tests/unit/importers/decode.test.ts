import { describe, expect, it } from 'vitest';
import { decode } from '#server/importers/decode.ts';
import { recognise } from '#server/importers/recognise.ts';
import { UPLOAD_MAX_BYTES } from '#shared/protocol/limits.ts';

const ascii = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));
const utf16 = (text: string, isLittle: boolean) =>
  Uint8Array.from(
    text.split('').flatMap((character) => {
      const code = character.charCodeAt(0);
      return isLittle ? [code & 255, code >> 8] : [code >> 8, code & 255];
    }),
  );
const textOf = (bytes: Uint8Array) => {
  const decoded = decode(bytes);
  return decoded.ok ? decoded.text : decoded.code;
};

describe('from bytes to text', () => {
  it('IM30 UTF-8 with and without a byte order mark', () => {
    expect(textOf(new TextEncoder().encode('Grüße 😀'))).toBe('Grüße 😀');
    expect(textOf(Uint8Array.of(0xef, 0xbb, 0xbf, 0x41))).toBe('A');
  });

  it('IM30 UTF-16 in both orders, with and without a byte order mark', () => {
    for (const isLittle of [true, false]) {
      expect(textOf(utf16('\ufeffIt was dark — “so”.', isLittle))).toBe('It was dark — “so”.');
      expect(textOf(utf16('It was dark, very dark.', isLittle))).toBe('It was dark, very dark.');
    }
  });

  it('IM31 windows-1252 with its curly quotes', () => {
    expect(textOf(ascii('It was \x93dark\x94 \x97 a caf\xe9 in the rain, and that\x92s all there was to it.'))).toBe(
      'It was “dark” — a café in the rain, and that’s all there was to it.',
    );
  });

  it('IM31 an encoding that the page declares, and one that is guessed', () => {
    expect(textOf(ascii('<html><head><meta charset="windows-1251"></head><p>\xcf\xf0\xe8\xe2\xe5\xf2</p>'))).toContain(
      'Привет',
    );
    const russian =
      '\xce\xed \xe2\xfb\xf8\xe5\xeb \xe8\xe7 \xe4\xee\xec\xe0 \xe8 \xf3\xe2\xe8\xe4\xe5\xeb, \xf7\xf2\xee \xfd\xf2\xee \xe1\xfb\xeb \xf3\xe6\xe5 \xed\xe5 \xf2\xee\xf2 \xe3\xee\xf0\xee\xe4. ';
    expect(textOf(ascii(russian.repeat(5)))).toContain('Он вышел из дома и увидел');
  });

  it('IM32 nothing, or nothing but a byte order mark, is an empty file', () => {
    expect(decode(new Uint8Array())).toMatchObject({ ok: false, code: 'file-empty' });
    expect(textOf(Uint8Array.of(0xef, 0xbb, 0xbf))).toBe('file-empty');
  });

  it.each([
    ['a PDF', '%PDF-1.7 words'],
    ['e-books', 'PK\x03\x04\x14\x00mimetypeapplication/epub+zip'],
    ['PNG', '\x89PNG\r\n\x1a\n\x00\x00'],
    ['JPEG', '\xff\xd8\xff\xe0\x00\x10JFIF'],
    ['gzip', '\x1f\x8b\x08\x00\x00\x00'],
    ['RTF', '{\\rtf1\\ansi Words}'],
    ['Kindle', `${'x'.repeat(60)}BOOKMOBI`],
    ['old Word', '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1'],
  ])('IM33 %s is refused by its name', (words, head) => {
    const decoded = decode(ascii(head));
    expect(decoded).toMatchObject({ ok: false, code: 'file-not-text' });
    expect(decoded.ok ? '' : decoded.message).toContain(words);
    expect(decoded.ok ? '' : decoded.message).toContain('.txt, .md or .html');
  });

  it('IM33 zeros and controls are no text', () => {
    expect(textOf(Uint8Array.from({ length: 500 }, (_, index) => (index * 7) % 256))).toBe('file-not-text');
    expect(textOf(Uint8Array.from({ length: 500 }, (_, index) => (index % 16) + 1))).toBe('file-not-text');
  });

  it('IM34 a file over the limit is refused with both sizes', () => {
    const decoded = decode(new Uint8Array(UPLOAD_MAX_BYTES + 1));
    expect(decoded).toMatchObject({ ok: false, code: 'file-too-large' });
    expect(decoded.ok ? '' : decoded.message).toMatch(/21 MB.*20 MB/u);
  });
});

describe('which format', () => {
  const prose = 'It was dark. He had **no** lamp.\n\n* * *\n\n- And yet.';
  it.each([
    ['html', '<!DOCTYPE html><p>x</p>', 'text'],
    ['html', '<?xml version="1.0"?>\n<!-- a --><!-- b -->\n<html><p>x</p></html>', null],
    ['html', '<p>One</p>\n<p>Two</p>', null],
    ['html', 'Words and <em>words</em>', 'html'],
    ['text', 'Words and <em>words</em>', null],
    ['text', prose, 'text'],
    ['markdown', prose, 'markdown'],
    ['text', 'Words.\n\n#\n\n# \n\nWords.', null],
    ['markdown', '# The Lamp\n\nWords.', null],
    ['markdown', '# The Lamp\n\n## One\n\nWords.', 'text'],
    ['markdown', '---\ntitle: The Lamp\n---\nWords.', 'text'],
    ['text', 'a < b and c > d', 'html'],
  ] as const)('IM35 %s: %j with the hint %s', (format, source, hint) => {
    expect(recognise(source, hint)).toBe(format);
  });

  it('IM35 a hostile beginning is no work', () => {
    expect(recognise(`${'<!-- --><!--'.repeat(5_000)}x`, null)).toBe('text');
    expect(recognise('['.repeat(100_000), null)).toBe('text');
    expect(recognise('**a '.repeat(25_000), null)).toBe('text');
  });
});
