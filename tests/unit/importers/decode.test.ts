import { describe, expect, it } from 'vitest';
import { decode } from '#server/importers/decode.ts';
import { recognise } from '#server/importers/recognise.ts';
import { UPLOAD_MAX_BYTES } from '#shared/protocol/limits.ts';
import { encodeIn } from './encoder.ts';

const ascii = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));
const utf16 = (text: string, isLittle: boolean) =>
  Uint8Array.from(
    text.split('').flatMap((character) => {
      const code = character.charCodeAt(0);
      return isLittle ? [code & 255, code >> 8] : [code >> 8, code & 255];
    }),
  );
const compound = (stream: string) =>
  Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0, ...Buffer.alloc(600), ...Buffer.from(stream, 'utf16le')]);
const told = (stream: string) => {
  const decoded = decode(compound(stream));
  return decoded.ok ? '' : `${decoded.code} ${decoded.message}`;
};
const utf8 = (text: string) => new TextEncoder().encode(text);
const twice = (text: string) => new TextDecoder('windows-1252').decode(new TextEncoder().encode(text));
const russianPage = (declared: string) =>
  `<?xml version="1.0" encoding="${declared}"?><p>Глава первая. Привет, мир!</p>`;
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

  const samples: Record<string, string> = {
    'windows-1251': 'Он вышел из дома и увидел, что это был уже не тот город. «Куда ты?» — спросила она.',
    'koi8-r': 'Он вышел из дома и увидел, что это был уже не тот город. Дождь шёл третий день.',
    'koi8-u': 'Він вийшов з дому і побачив, що це вже було інше місто. Її не було.',
    ibm866: 'Он вышел из дома и увидел, что это был уже не тот город. Дождь шёл третий день.',
    'x-mac-cyrillic': 'Он вышел из дома и увидел, что это был уже не тот город. «Куда ты?» — спросила она.',
    macintosh: 'L’été dernier, il a été très malade ; ça n’allait pas. « Où es-tu ? » dit-elle.',
    'windows-1250': 'Wyszedł z domu i zobaczył, że to już nie było to samo miasto. Łódź stała przy brzegu.',
    'iso-8859-2': 'Když vyšel z domu, uviděl, že to už není totéž město. Příliš žluťoučký kůň.',
    'windows-1253': 'Βγήκε από το σπίτι και είδε ότι δεν ήταν πια η ίδια πόλη. Έβρεχε τρεις μέρες.',
    'windows-1254': 'Evden çıktı ve bunun artık aynı şehir olmadığını gördü. Yağmur yağıyordu, güneş yoktu.',
    'windows-1255': 'הוא יצא מהבית וראה שזו כבר לא אותה עיר. הגשם ירד שלושה ימים.',
    'windows-1256': 'خرج من البيت ورأى أن المدينة لم تعد كما كانت. كان المطر يهطل منذ ثلاثة أيام.',
    'windows-1257': 'Jis išėjo iš namų ir pamatė, kad tai jau ne tas pats miestas, žmonės šnabždėjosi.',
    'windows-874': 'เขาออกจากบ้านและเห็นว่ามันไม่ใช่เมืองเดิมอีกต่อไป ฝนตกมาสามวันแล้ว',
    shift_jis: '彼は家を出て、それがもう同じ町ではないことに気づいた。「どこへ行くの？」と彼女は聞いた。',
    'euc-jp': '彼は家を出て、それがもう同じ町ではないことに気づいた。「どこへ行くの？」と彼女は聞いた。',
    gb18030: '他走出家门，发现这已经不是原来的城市了。雨下了三天。“你去哪儿？”她问。',
    big5: '他走出家門，發現這已經不是原來的城市了。雨下了三天。「你去哪裡？」她問。',
    'euc-kr': '그는 집을 나와서 그것이 더 이상 같은 도시가 아니라는 것을 보았다. 비가 사흘째 내리고 있었다.',
  };
  it.each(Object.entries(samples))('IM120 %s is told from two sentences', (encoding, text) => {
    expect(textOf(encodeIn(encoding, text))).toBe(text);
  });

  it('IM120 one short line of Russian is enough', () => {
    for (const encoding of ['windows-1251', 'koi8-r'])
      expect(textOf(encodeIn(encoding, 'Глава первая. Привет, мир!'))).toBe('Глава первая. Привет, мир!');
  });

  it('IM120 UTF-16 of any script is told without a byte order mark', () => {
    for (const isLittle of [true, false])
      for (const text of ['Он вышел из дома и увидел город.\n', '他走出家门，发现这已经不是原来的城市了。\n'])
        expect(textOf(utf16(text.repeat(4), isLittle))).toBe(text.repeat(4));
  });

  it('IM121 a prolog’s encoding is believed where the text can be read in it, and not where it cannot', () => {
    expect(textOf(encodeIn('koi8-r', russianPage('koi8-r')))).toBe(russianPage('koi8-r'));
    expect(textOf(encodeIn('windows-1251', russianPage('iso-8859-1')))).toBe(russianPage('iso-8859-1'));
  });

  it('IM122 text saved in the wrong encoding once is put right where nothing is lost, and left alone where it is not', () => {
    const text = 'It’s a “café” — naïve, après tout.';
    expect(textOf(utf8(twice(text)))).toBe(text);
    expect(textOf(utf8(`${twice(text)} “So.”`))).toBe(`${twice(text)} “So.”`);
    expect(textOf(utf8('Ã© is what é becomes.'))).toBe('Ã© is what é becomes.');
  });

  it('IM32 nothing, or nothing but a byte order mark, is an empty file', () => {
    expect(decode(new Uint8Array())).toMatchObject({ ok: false, code: 'file-empty' });
    expect(textOf(Uint8Array.of(0xef, 0xbb, 0xbf))).toBe('file-empty');
  });

  it.each([
    ['a PDF', '%PDF-1.7 words'],
    ['a ZIP archive', 'PK\x03\x04\x14\x00mimetypeapplication/epub+zip'],
    ['PNG', '\x89PNG\r\n\x1a\n\x00\x00'],
    ['JPEG', '\xff\xd8\xff\xe0\x00\x10JFIF'],
    ['gzip', '\x1f\x8b\x08\x00\x00\x00'],
    ['RTF', '{\\rtf1\\ansi Words}'],
    ['Kindle', `${'x'.repeat(60)}BOOKMOBI`],
    ['an old Office document', '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1'],
  ])('IM33 %s is refused by its name', (words, head) => {
    const decoded = decode(ascii(head));
    expect(decoded).toMatchObject({ ok: false, code: 'file-not-text' });
    expect(decoded.ok ? '' : decoded.message).toContain(words);
    expect(decoded.ok ? '' : decoded.message).toContain('.txt, .md or .html');
  });

  it('IM33 old and locked Word documents are told apart, with what to do', () => {
    expect(told('WordDocument')).toMatch(/^file-not-text .*\.doc\).*save it as \.docx/u);
    expect(told('EncryptedPackage')).toMatch(/^file-locked .*password/u);
  });

  it('IM33 zeros and controls are no text', () => {
    expect(textOf(Uint8Array.from({ length: 500 }, (_, index) => (index * 7) % 256))).toBe('file-not-text');
    expect(textOf(Uint8Array.from({ length: 500 }, (_, index) => (index % 16) + 1))).toBe('file-not-text');
  });

  it('IM34 a file over the limit is refused with both sizes', () => {
    const decoded = decode(new Uint8Array(UPLOAD_MAX_BYTES + 1));
    expect(decoded).toMatchObject({ ok: false, code: 'file-too-large' });
    expect(decoded.ok ? '' : decoded.message).toMatch(/51 MB.*50 MB/u);
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
