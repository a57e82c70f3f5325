import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { planOf } from '#shared/records/import.ts';
import { previewImport } from '#server/importers/preview-import.ts';
import { readBook } from '#server/importers/read-book.ts';
import type { SettledBlock, SettledBook } from '#server/importers/settled-book.ts';
import { makeEpub, METADATA, xhtml } from '#tests/support/make-epub.ts';
import type { EpubParts } from '#tests/support/make-epub.ts';

async function read(parts: EpubParts): Promise<SettledBook> {
  const outcome = await readBook(makeEpub(parts), null, () => undefined);
  if (!outcome.ok) throw new Error(outcome.message);
  expect(outcome.format).toBe('epub');
  return outcome.book;
}

/** Long enough to be a chapter by itself. */
const prose = (words: number): string => `<p>${'word '.repeat(words)}</p>`;
const link = (href: string, title: string, under = ''): string =>
  `<li><a href="${href}">${title}</a>${under === '' ? '' : `<ol>${under}</ol>`}</li>`;
const titles = (book: SettledBook): string[] => book.chapters.map(({ title }) => title);
const shown = (blocks: readonly SettledBlock[] | undefined): string[] =>
  (blocks ?? []).map(({ type, text, note }) => `${note === undefined ? '' : `${note} `}${type}: ${text.slice(0, 60)}`);
const marksOf = (block: SettledBlock | undefined): string[] =>
  (block?.marks ?? []).map((mark) => {
    const words = block?.text.slice(mark.start, mark.end) ?? '';
    if (mark.type === 'noteref') return `${mark.start} noteref ${mark.note} ${mark.label}`;
    if (mark.type === 'page') return `${mark.start} page ${mark.label}`;
    if (mark.type === 'ruby') return `${words} ruby ${mark.text}`;
    if (mark.type === 'jump') return `${words} jump ${mark.chapter} ${mark.block}`;
    if (mark.type === 'language') return `${words} ${mark.language} ${mark.direction}`;
    return mark.type === 'link' ? `${words} link ${mark.href}` : `${words} ${mark.type}`;
  });

describe('an EPUB’s package', () => {
  it('IM73 title, authors, language and what it says of itself come from the package document', async () => {
    const book = await read({
      texts: { 'a.xhtml': '<p>It was dark.</p>' },
      metadata: `<dc:identifier id="other">urn:isbn:1</dc:identifier><dc:identifier id="id">urn:uuid:7</dc:identifier>
        <dc:title id="s">A Subtitle</dc:title><meta refines="#s" property="title-type">subtitle</meta>
        <dc:title id="m">The Lamp</dc:title><meta refines="#m" property="title-type">main</meta>
        <dc:creator id="a">Ada Quill</dc:creator><dc:creator id="b">Bo Ink</dc:creator>
        <dc:creator id="i">Ida Brush</dc:creator><meta refines="#i" property="role">ill</meta>
        <dc:language>fr-CA</dc:language><dc:publisher>Lamp House</dc:publisher><dc:rights>All of them</dc:rights>
        <dc:description>&lt;p&gt;A &lt;b&gt;lamp&lt;/b&gt; &amp;amp; its oil.&lt;/p&gt;</dc:description>`,
    });
    expect(book).toMatchObject({
      title: 'The Lamp',
      author: 'Ada Quill and Bo Ink',
      language: 'fr-CA',
      direction: 'ltr',
    });
    expect(book.about).toMatchObject({
      publisher: 'Lamp House',
      identifier: 'urn:uuid:7',
      notes: 'All of them',
      summary: 'A lamp & its oil.',
    });
  });

  it('IM73 EPUB 2 says roles by attributes, and titles its chapters by its NCX', async () => {
    const book = await read({
      texts: { 'a.xhtml': '<h1>I</h1><p>It was dark.</p>', 'b.xhtml': '<p>It was late.</p>' },
      metadata: `${METADATA}<dc:creator opf:role="trl">Tom Tongue</dc:creator>`,
      ncx: `<navPoint id="p"><navLabel><text>Part One</text></navLabel><content src="a.xhtml"/>
        <navPoint id="q"><navLabel><text>Night</text></navLabel><content src="b.xhtml"/></navPoint></navPoint>`,
    });
    expect(book.author).toBe('Ada Quill');
    expect(book.about?.contents).toEqual([
      { title: 'Part One', depth: 0, chapter: 0, block: null },
      { title: 'Night', depth: 1, chapter: 0, block: 'b3' },
    ]);
  });

  it('IM74 the reading order is the spine’s; what stands beside it comes last, and the contents page not at all', async () => {
    const book = await read({
      texts: {
        'z.xhtml': prose(90),
        'a.xhtml': prose(90),
        'side.xhtml': '<p>Beside.</p>',
        'unused.xhtml': '<p>No.</p>',
      },
      spine: '<itemref idref="nav"/><itemref idref="t2" linear="no"/><itemref idref="t0"/><itemref idref="t1"/>',
      nav: link('a.xhtml', 'Second') + link('z.xhtml', 'First') + link('side.xhtml', 'Aside'),
    });
    expect(titles(book)).toEqual(['First', 'Second', 'Aside']);
  });
});

describe('an EPUB’s chapters', () => {
  it('IM75 one document is split where its contents lead, and many are joined where they do not', async () => {
    const book = await read({
      texts: {
        'front.xhtml': '<p>For you.</p>',
        'one.xhtml': `<h2 id="a">One</h2>${prose(30)}<h2 id="b">Two</h2>${prose(30)}`,
        'two.xhtml': '<p>Still two.</p>',
        'three.xhtml': '<p>Three.</p>',
      },
      nav: link('one.xhtml#a', 'One') + link('one.xhtml#b', 'Two') + link('three.xhtml', 'Three'),
    });
    expect(titles(book)).toEqual(['', 'One', 'Two', 'Three']);
    expect(shown(book.chapters[2]?.blocks)).toEqual([
      'heading: Two',
      `paragraph: ${'word '.repeat(12)}`,
      'paragraph: Still two.',
    ]);
  });

  it('IM76 lines under a line are chapters when they are long or files of their own, else sections; numbers get a name', async () => {
    const book = await read({
      texts: {
        'p.xhtml': '<h1>Part One</h1>',
        'one.xhtml': `<h2>I</h2>${prose(100)}`,
        'two.xhtml': `<h2>II</h2>${prose(100)}<h3 id="s">A section</h3>${prose(5)}<h3 id="t">Another</h3>${prose(5)}`,
      },
      nav: link(
        'p.xhtml',
        'Part One',
        link('one.xhtml', 'I') +
          link('two.xhtml', 'II', link('two.xhtml#s', 'A section') + link('two.xhtml#t', 'Another')),
      ),
    });
    expect(titles(book)).toEqual(['Part One, I', 'Part One, II']);
    expect(shown(book.chapters[0]?.blocks).slice(0, 2)).toEqual(['heading: Part One', 'heading: I']);
    expect(book.about?.contents).toEqual([
      { title: 'Part One', depth: 0, chapter: 0, block: null },
      { title: 'I', depth: 1, chapter: 0, block: 'b2' },
      { title: 'II', depth: 1, chapter: 1, block: null },
      { title: 'A section', depth: 2, chapter: 1, block: 'b3' },
      { title: 'Another', depth: 2, chapter: 1, block: 'b5' },
    ]);
  });

  it('IM76 a line without a link only holds what stands under it', async () => {
    const book = await read({
      texts: { 'a.xhtml': `<h2 id="a">A</h2>${prose(5)}<h2 id="b">B</h2>${prose(5)}` },
      nav: `<li><span>Stories</span><ol>${link('a.xhtml#a', 'The First')}${link('a.xhtml#b', 'The Second')}</ol></li>`,
    });
    expect(titles(book)).toEqual(['The First', 'The Second']);
  });

  it('IM77 without contents every file is a chapter under its heading, and a single file is cut at its headings', async () => {
    const files = await read({ texts: { 'a.xhtml': '<h1>One</h1><p>x</p>', 'b.xhtml': '<h1>Two</h1><p>y</p>' } });
    expect(titles(files)).toEqual(['One', 'Two']);
    const single = await read({ texts: { 'a.xhtml': '<h1>One</h1><p>x</p><h1>Two</h1><p>y</p>' } });
    expect(titles(single)).toEqual(['One', 'Two']);
  });

  it('IM77 contents that lead nowhere, backwards or in circles still make a book', async () => {
    const book = await read({
      texts: { 'a.xhtml': '<p id="x">One.</p><p id="y">Two.</p>' },
      nav:
        link('a.xhtml#y', 'Y', link('a.xhtml#x', 'X')) + link('b.xhtml', 'Gone') + link('../../../etc/passwd', 'Out'),
    });
    expect(book.chapters.flatMap(({ blocks }) => blocks.map(({ text }) => text))).toEqual(['One.', 'Two.']);
  });
});

describe('what a publisher puts around the text', () => {
  const texts = {
    'title.xhtml': '<section epub:type="titlepage"><h1>The Lamp</h1></section>',
    'one.xhtml': `<section epub:type="bodymatter chapter"><h1>Dusk</h1>${prose(90)}</section>`,
    'colophon.xhtml': '<section epub:type="backmatter colophon"><h1>Colophon</h1><p>Set in type.</p></section>',
  };

  it('IM211 title page, imprint and colophon are read, and proposed to be left out', async () => {
    const book = await read({ texts });
    expect(book.chapters.map(({ title, isAround }) => [title, isAround])).toEqual([
      ['The Lamp', true],
      ['Dusk', undefined],
      ['Colophon', true],
    ]);
    const plan = planOf(previewImport(book, 'epub', ''));
    expect(plan.sections.map(({ as }) => as)).toEqual(['left-out', 'chapter', 'left-out']);
  });

  it('IM211 a book of nothing else is proposed whole, and a licence of Project Gutenberg is not read', async () => {
    const { 'colophon.xhtml': colophon } = texts;
    const book = await read({ texts: { 'colophon.xhtml': colophon } });
    expect(planOf(previewImport(book, 'epub', '')).sections.map(({ as }) => as)).toEqual(['chapter']);
    const { chapters } = await read({
      texts: {
        'a.xhtml': '<section class="pg-boilerplate pgheader" id="pg-header">Free.</section><p>It was dark.</p>',
      },
    });
    expect(shown(chapters[0]?.blocks)).toEqual(['paragraph: It was dark.']);
  });

  it('IM212 of a cover that is drawn around one picture the picture is taken', async () => {
    const png = await sharp({ create: { width: 20, height: 30, channels: 3, background: 'teal' } })
      .png()
      .toBuffer();
    const drawn = (count: number) =>
      `<svg xmlns="http://www.w3.org/2000/svg">${`<image xlink:href="data:image/png;base64,${png.toString('base64')}"/>`.repeat(count)}<script>alert(1)</script></svg>`;
    const withCover = (count: number) => ({
      texts: { 'a.xhtml': '<p>It was dark.</p>' },
      manifest: '<item id="c" href="cover.svg" media-type="image/svg+xml" properties="cover-image"/>',
      files: { 'OEBPS/cover.svg': Buffer.from(drawn(count)) },
    });
    const book = await read(withCover(1));
    expect(book.pictures?.map(({ hash, width }) => [hash, width])).toEqual([[book.about?.cover, 20]]);
    expect((await read(withCover(2))).about?.cover).toBeNull();
  });
});

describe('an EPUB’s notes', () => {
  it.each([
    [
      'epub:type',
      '<p>It was dark.<a epub:type="noteref" href="#f">1</a> Very.</p><aside epub:type="footnote" id="f"><p>A note.</p></aside>',
    ],
    [
      'roles, with a way back',
      '<p>It was dark.<a role="doc-noteref" id="r" href="#f"><sup>1</sup></a> Very.</p><ol><li role="doc-endnote" id="f">A note. <a role="doc-backlink" href="#r">↩</a></li></ol>',
    ],
    [
      'a label that leads back',
      '<p>It was dark.<sup><a id="r1" href="#n1">1</a></sup> Very.</p><hr/><p><a id="n1" href="#r1">1</a>. A note.</p>',
    ],
    [
      'brackets, as older books have them',
      '<p>It was dark.<a id="FNanchor_1"></a><a href="#Footnote_1">1</a> Very.</p><div class="footnote"><p><a id="Footnote_1"></a><a href="#FNanchor_1"><span>[1]</span></a> A note.</p></div>',
    ],
  ])('IM78 by %s', async (_, body) => {
    const book = await read({ texts: { 'a.xhtml': body } });
    const blocks = (book.chapters[0]?.blocks ?? []).filter(({ type }) => type !== 'break');
    expect(shown(blocks)).toEqual(['paragraph: It was dark. Very.', 'n1 paragraph: A note.']);
    expect(marksOf(blocks[0])).toEqual(['12 noteref n1 1']);
  });

  it('IM78 endnotes in a file of their own stand at the end of each chapter that refers to them, with all their paragraphs', async () => {
    const book = await read({
      texts: {
        'a.xhtml': '<p>Dark.<a id="r1" href="n.xhtml#n1">1</a></p>',
        'b.xhtml': '<p>Late.<a id="r2" href="n.xhtml#n2">2</a></p>',
        'n.xhtml':
          '<h2>Notes</h2><div><p id="n1"><a href="a.xhtml#r1">1</a> Of the dark.</p><p>More of it.</p></div><div><p id="n2"><a href="b.xhtml#r2">2</a> Of lateness.</p></div>',
      },
    });
    expect(book.chapters.map(({ blocks }) => shown(blocks))).toEqual([
      ['paragraph: Dark.', 'n1 paragraph: Of the dark.', 'n1 paragraph: More of it.'],
      ['paragraph: Late.', 'n1 paragraph: Of lateness.'],
      ['heading: Notes'],
    ]);
  });

  it('IM210 words that lead to a note stay in the text, and the note is called behind them', async () => {
    const { chapters } = await read({
      texts: {
        'a.xhtml':
          '<p>How <a epub:type="annoref" href="#a">the <i>Lamp</i></a> was lit.<a epub:type="noteref" href="#b">Note 2</a></p><aside epub:type="footnote" id="a">Of brass.</aside><aside epub:type="footnote" id="b">Late.</aside>',
      },
    });
    expect(shown(chapters[0]?.blocks)).toEqual([
      'paragraph: How the Lamp was lit.',
      'n1 paragraph: Of brass.',
      'n2 paragraph: Late.',
    ]);
    expect(marksOf(chapters[0]?.blocks[0])).toEqual(['Lamp emphasis', '12 noteref n1 *', '21 noteref n2 Note 2']);
  });

  it('IM78 a cross-reference is no note', async () => {
    const { chapters } = await read({
      texts: {
        'a.xhtml': '<p id="a">See <a href="#b">2</a>.</p><p id="b">Two, not a note of <a href="#a">the first</a>.</p>',
      },
    });
    expect(shown(chapters[0]?.blocks)).toEqual(['paragraph: See 2.', 'paragraph: Two, not a note of the first.']);
    expect(marksOf(chapters[0]?.blocks[0])).toEqual(['2 jump 0 b2']);
  });
});

describe('an EPUB’s text', () => {
  it('IM79 tables are grids of cells; one that only places things is read through', async () => {
    const { chapters } = await read({
      texts: {
        'a.xhtml': `<table><caption>Oil</caption><thead><tr><th colspan="2">Both</th></tr></thead>
          <tr><td>One <em>lamp</em></td><td><p>Two</p><p>lamps</p></td></tr><tr><td rowspan="2"/><td>x</td></tr></table>
          <table><tr><td><h2>A heading</h2><p>A paragraph.</p></td></tr></table>`,
      },
    });
    const [caption, table, ...rest] = chapters[0]?.blocks ?? [];
    expect(caption?.text).toBe('Oil');
    expect(table).toMatchObject({
      type: 'table',
      text: 'Both\nOne lamp\tTwo lamps\n\tx',
      rows: [
        [{ start: 0, end: 4, header: true, columns: 2 }],
        [
          { start: 5, end: 13 },
          { start: 14, end: 23 },
        ],
        [
          { start: 24, end: 24, rows: 2 },
          { start: 25, end: 26 },
        ],
      ],
    });
    expect(marksOf(table)).toEqual(['lamp emphasis']);
    expect(shown(rest)).toEqual(['heading: A heading', 'paragraph: A paragraph.']);
  });

  it('IM80 verse keeps its lines, whatever mark-up they are in', async () => {
    const { chapters } = await read({
      texts: {
        'a.xhtml': `<div class="poem"><p class="line">the lamp burns low</p><p class="line">the oil is gone</p></div>
          <blockquote epub:type="z3998:verse"><p><span>one line</span><br/><span>  two lines</span></p></blockquote>`,
      },
    });
    expect(shown(chapters[0]?.blocks)).toEqual([
      'verse: the lamp burns low\nthe oil is gone',
      'verse: one line\ntwo lines',
    ]);
  });

  it('IM81 ruby, printed pages and words in another language are marks, and no part of the text', async () => {
    const { chapters } = await read({
      texts: {
        'a.xhtml': `<p>One <ruby>漢<rt>かん</rt>字<rt>じ</rt></ruby> <ruby><rb>人</rb><rb>人</rb><rt>ひと</rt><rt>ひと</rt></ruby>
          then<span epub:type="pagebreak" id="p2" title="2"/> a <i xml:lang="la">lux aeterna</i> or <span lang="he" dir="rtl">אור</span>.</p>
          <div epub:type="pagebreak" id="p3">Page 3</div><p id="p4" xml:lang="de">Es war <a id="p5"></a>dunkel.</p>`,
      },
      navs: `<nav epub:type="page-list"><ol>${link('a.xhtml#p5', 'v')}</ol></nav>`,
    });
    const [first, second] = chapters[0]?.blocks ?? [];
    expect(first?.text).toBe('One 漢字 人人 then a lux aeterna or אור.');
    expect(marksOf(first)).toEqual([
      '漢 ruby かん',
      '字 ruby じ',
      '人 ruby ひと',
      '人 ruby ひと',
      '14 page 2',
      'lux aeterna emphasis',
      'lux aeterna la ltr',
      'אור he rtl',
    ]);
    expect(second).toMatchObject({ text: 'Es war dunkel.', language: 'de' });
    expect(marksOf(second)).toEqual(['0 page 3', '7 page v']);
  });

  it('IM82 each block remembers the element it was read from, where the text is real XML', async () => {
    const { chapters } = await read({
      texts: {
        'a.xhtml': '<section id="s"><h2>One</h2><p id="p[1]">Dark.</p></section>',
        'b.xhtml': '<p>Not <b>closed.</p>',
      },
      spine: '<itemref idref="t1"/><itemref id="ra" idref="t0"/>',
    });
    expect(chapters[1]?.blocks.map(({ source }) => source)).toEqual([
      { href: 'OEBPS/a.xhtml', path: '/4/2[s]/2', itemref: '/6/4[ra]' },
      { href: 'OEBPS/a.xhtml', path: '/4/2[s]/4[p^[1^]]', itemref: '/6/4[ra]' },
    ]);
    expect(chapters[0]?.blocks[0]?.source).toBeUndefined();
  });

  it('IM83 what is not well-formed is read as HTML, with empty elements empty', async () => {
    const { chapters } = await read({
      texts: {},
      manifest: '<item id="x" href="x.xhtml" media-type="application/xhtml+xml"/>',
      spine: '<itemref idref="x"/>',
      files: {
        'OEBPS/x.xhtml': xhtml('<p><a id="x"/>Text <i/>more &nbsp;&mdash;&unknown; <b>bold</p><p>Next.</p>').replace(
          '<title>A title</title>',
          '<title/>',
        ),
      },
    });
    expect(shown(chapters[0]?.blocks)).toEqual(['paragraph: Text more —&unknown; bold', 'paragraph: Next.']);
  });

  it('IM84 texts in other encodings, and names with spaces and accents, are found and read', async () => {
    const russian = xhtml('<p>Было темно, и лампа горела.</p>').replace('utf-8', 'windows-1251');
    const bytes = Uint8Array.from(russian, (letter) => {
      const code = letter.charCodeAt(0);
      return code >= 0x410 && code < 0x450 ? code - 0x410 + 0xc0 : code;
    });
    const { chapters } = await read({
      texts: {},
      metadata: '<dc:title>Лампа</dc:title>',
      manifest: '<item id="x" href="Cafe%CC%81%20one.xhtml" media-type="application/xhtml+xml"/>',
      spine: '<itemref idref="x"/>',
      files: { 'OEBPS/Café one.xhtml': bytes },
    });
    expect(shown(chapters[0]?.blocks)).toEqual(['paragraph: Было темно, и лампа горела.']);
  });

  it('IM85 a right-to-left book runs from right to left', async () => {
    const book = await read({
      texts: { 'a.xhtml': '<p>كان الظلام</p><p dir="ltr" lang="en">It was dark.</p>' },
      metadata: METADATA.replace('>en<', '>ar<'),
    });
    expect(book).toMatchObject({ language: 'ar', direction: 'rtl' });
    expect(book.chapters[0]?.blocks.map(({ direction, language }) => [direction, language])).toEqual([
      [undefined, undefined],
      ['ltr', 'en'],
    ]);
  });
});
