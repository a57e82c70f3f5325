import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { fb2Importer } from '#server/importers/fb2/fb2.ts';
import { readBook } from '#server/importers/read-book.ts';
import { encodeIn } from './encoder.ts';
import { prose } from '#tests/support/make-pdf.ts';
import { blocksOf, titlesOf } from './shown.ts';

const utf8 = (text: string) => new TextEncoder().encode(text);
const fb2 = (inside: string, description = '', encoding = 'utf-8') => `<?xml version="1.0" encoding="${encoding}"?>
<FictionBook xmlns="http://www.gribuser.ru/xml/fictionbook/2.0" xmlns:l="http://www.w3.org/1999/xlink">
<description><title-info><book-title>The Lamp</book-title><lang>en</lang>${description}</title-info></description>
${inside}</FictionBook>`;
const read = (source: string | Uint8Array) =>
  fb2Importer.read(typeof source === 'string' ? utf8(source) : source, () => undefined);
const section = (title: string, words: string) => `<section><title><p>${title}</p></title><p>${words}</p></section>`;
const picture = '<binary id="lamp.png" content-type="image/png">iVBO\nRw0KGgo=</binary>';

describe('FB2', () => {
  it('IM150 each element of a body has its block or mark', async () => {
    const book = await read(
      fb2(`<body><title><p>The Lamp</p></title><section><title><p>Chapter 1</p><p>The Oil</p></title>
        <epigraph><p>Light.</p><text-author>Ada Quill</text-author></epigraph>
        <p>It was <emphasis>very <strong>dark</strong></emphasis>, H<sub>2</sub>O <a l:href="https://a.org">out</a>
          <a l:href="#end">on</a>, <a l:href="javascript:alert(1)">not</a>.</p>
        <empty-line/><p>Later.</p><empty-line/>
        <subtitle>A half way</subtitle>
        <poem><stanza><v>the lamp burns low</v><v>the oil is gone</v></stanza><stanza><v>and I must go</v></stanza></poem>
        <cite><p>Quoted.</p></cite><image l:href="#lamp.png" alt="a lamp" title="The lamp"/>
        <table><tr><th>oil</th><td colspan="2">none</td></tr></table><subtitle>* * *</subtitle><p id="end">The end.</p>
      </section></body>${picture}`),
    );
    expect(titlesOf(book)).toEqual(['Chapter 1. The Oil']);
    expect(blocksOf(book)).toEqual([
      '>paragraph: Light.',
      '>paragraph: Ada Quill',
      'paragraph: It was very dark, H2O out on, not. [very dark|emphasis] [dark|strong] [2|subscript] [out|https://a.org/] [on|jump]',
      'break:',
      'paragraph: Later.',
      'heading4: A half way',
      'verse: the lamp burns low\nthe oil is gone',
      'verse: and I must go',
      '>paragraph: Quoted.',
      'figure: The lamp',
      'table: oil\tnone',
      'break:',
      'paragraph: The end.',
    ]);
    const figure = book.chapters[0]?.blocks.find(({ type }) => type === 'figure');
    expect(figure).toMatchObject({ picture: 'lamp.png', alt: 'a lamp' });
    expect(Buffer.from((await book.readPicture?.('lamp.png')) ?? []).toString('hex')).toBe('89504e470d0a1a0a');
    expect(await book.readPicture?.('none')).toBeNull();
  });

  it('IM151 it says who wrote it, in which language, what about, and what its cover is', async () => {
    const book = await read(
      fb2(
        '<body><section><p>Words.</p></section></body>',
        '<author><first-name>Ada</first-name><last-name>Quill</last-name></author><author><nickname>lamplighter</nickname></author><annotation><p>Of lamps.</p><p>And oil.</p></annotation><coverpage><image l:href="#c.jpg"/></coverpage>',
      ).replace(
        '</title-info>',
        '</title-info><publish-info><publisher>Harbour Press</publisher><isbn>978-0-00-000000-2</isbn></publish-info>',
      ),
    );
    expect([book.title, book.author, book.language]).toEqual(['The Lamp', 'Ada Quill, lamplighter', 'en']);
    expect(book.about).toMatchObject({
      summary: 'Of lamps.\nAnd oil.',
      publisher: 'Harbour Press',
      identifier: 'urn:isbn:9780000000002',
      cover: 'c.jpg',
    });
  });

  it('IM152 sections in titled sections are chapters of a part; short or untitled ones are scenes of a chapter', async () => {
    const book = await read(
      fb2(`<body><section><title><p>Part One</p></title>${section('Chapter 1', 'One.')}${section('Chapter 2', 'Two.')}</section>
        <section><title><p>The Oil</p></title><section><p>Three.</p></section><section><p>Four.</p></section></section>
        <section><title><p>Essays</p></title>${section('On oil', prose(90))}${section('On dark', prose(90, 2))}</section></body>`),
    );
    expect(titlesOf(book)).toEqual(['Chapter 1', 'Chapter 2', 'The Oil', 'On oil', 'On dark']);
    expect(book.chapters[0]?.blocks.map(({ text }) => text)).toEqual(['Part One', 'One.']);
    expect(book.chapters[2]?.blocks.map(({ type, text }) => [type, text])).toEqual([
      ['paragraph', 'Three.'],
      ['break', ''],
      ['paragraph', 'Four.'],
    ]);
    expect(book.about?.contents?.map(({ title, depth }) => `${depth} ${title}`)).toEqual([
      '0 Part One',
      '1 Chapter 1',
      '1 Chapter 2',
      '0 The Oil',
      '0 Essays',
      '1 On oil',
      '1 On dark',
    ]);
  });

  it('IM153 the notes’ body makes notes; one that nothing refers to stays in a chapter of its own', async () => {
    const outcome = await readBook(
      utf8(
        fb2(`<body><section><p>A lamp<a l:href="#n1" type="note">[1]</a> of brass.</p></section></body>
          <body name="notes"><title><p>Notes</p></title><section id="n1"><title><p>1</p></title><p>Of brass.</p><p>And old.</p></section>
          <section id="n2"><title><p>2</p></title><p>Lost.</p></section></body>`),
      ),
      null,
      () => undefined,
    );
    const chapters = outcome.ok ? outcome.book.chapters : [];
    expect(
      chapters.map(({ title, blocks }) => [title, ...blocks.map(({ text, note }) => `${note ?? ''} ${text}`)]),
    ).toEqual([
      ['', ' A lamp of brass.', 'n1 Of brass.', 'n1 And old.'],
      ['Notes', ' Lost.'],
    ]);
    expect(chapters[0]?.blocks[0]?.marks).toEqual([{ type: 'noteref', start: 6, end: 6, note: 'n1', label: '1' }]);
  });

  it('IM154 the prolog’s encoding counts, and the file may be packed', async () => {
    const source = fb2('<body><section><p>Он вышел из дома.</p></section></body>', '', 'windows-1251');
    const bytes = encodeIn('windows-1251', source);
    expect(blocksOf(await read(bytes))).toEqual(['paragraph: Он вышел из дома.']);
    const packed = zipSync({ 'lamp.fb2': bytes });
    const outcome = await readBook(packed, null, () => undefined);
    expect(outcome).toMatchObject({ ok: true, format: 'fb2', book: { title: 'The Lamp' } });
  });

  it('IM155 entities are not expanded, what is cut off or nests without end is refused, what is odd is read', async () => {
    const bomb = fb2('<body><section><p>&b;&nbsp;dark&lt;</p></section></body>').replace(
      '?>',
      '?><!DOCTYPE x [<!ENTITY a "boom"><!ENTITY b "&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]>',
    );
    expect(blocksOf(await read(bomb)).join('')).not.toContain('boom');
    await expect(read('<?xml version="1.0"?><FictionBook><body>')).resolves.toMatchObject({ chapters: [] });
    await expect(read(fb2(`<body>${'<section>'.repeat(400)}`))).rejects.toMatchObject({ code: 'file-broken' });
    expect(blocksOf(await read(fb2('<body><section><odd>Some <odder>words</odder>.</odd></section></body>')))).toEqual([
      'paragraph: Some words.',
    ]);
  });
});
