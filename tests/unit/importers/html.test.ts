import { describe, expect, it } from 'vitest';
import { htmlImporter } from '#server/importers/html.ts';
import { blocksOf, titlesOf } from './shown.ts';

const read = (source: string) => htmlImporter.read(source);

const archiveChapter = (
  number: number,
) => `<div class="meta group"><h2 class="heading">Chapter ${number}: Go</h2><p>Chapter Notes</p>
      <blockquote class="userstuff"><p>A note.</p></blockquote></div><!--chapter content--><div class="userstuff"><p>Text ${number}.</p></div><!--/chapter content-->`;

const savedChapter = (
  number: number,
) => `<div id="chapter-${number}" class="chapter"><div class="chapter preface group" role="complementary">
  <h3 class="title"><a href="/works/1/chapters/${number}">Chapter ${number}</a>: Go</h3>
  <div id="notes" class="notes module" role="complementary"><h3 class="heading">Notes:</h3><blockquote class="userstuff"><p>A note.</p></blockquote></div></div>
  <div class="userstuff module" role="article"><h3 class="landmark heading" id="work">Chapter Text</h3><p>Text ${number}.</p></div></div>`;

describe('HTML', () => {
  it('IM20 every kind of block and mark that the model has', () => {
    const source = `<p>Hello <em>dear <b>world</b></em>, H<sub>2</sub>O <a href="https://a.org">good</a> <span style="font-style: italic">so</span>.</p>
      <h2>Half way</h2><blockquote><p>Quote</p><blockquote>Deeper</blockquote></blockquote>
      <ol start=3><li>three<li><p>four</p><p>more</p><ul><li>in</ul></ol>
      <hr><pre><code>a
  b</code></pre><p>the lamp burns low<br>the oil is gone<br>and I must go</p>
      <div class="poem"><div class="stanza"><span class="line">One line</span>
        <span class="line">Two lines</span></div></div>
      <table><tr><td>a<td>b</table>loose words<div>and more</div>`;
    expect(blocksOf(read(source))).toEqual([
      'paragraph: Hello dear world, H2O good so. [dear world|emphasis] [world|strong] [2|subscript] [good|https://a.org/] [so|emphasis]',
      'heading2: Half way',
      '>paragraph: Quote',
      '>>paragraph: Deeper',
      'listItem3@0: three',
      'listItem4@0: four',
      'paragraph: more',
      'listItem-@1: in',
      'break:',
      'code: a\n  b',
      'verse: the lamp burns low\nthe oil is gone\nand I must go',
      'verse: One line\nTwo lines',
      'table: a\tb',
      'paragraph: loose words',
      'paragraph: and more',
    ]);
  });

  it('IM20 line breaks part paragraphs, and a line of stars is a scene break', () => {
    expect(
      blocksOf(
        read('<p>He went out in the rain.<br><br>She stayed where she was.<br>"Well."</p><p>* * *</p><p>Later.</p>'),
      ),
    ).toEqual([
      'paragraph: He went out in the rain.',
      'paragraph: She stayed where she was.',
      'paragraph: "Well."',
      'break:',
      'paragraph: Later.',
    ]);
  });

  it.each([
    '<script>alert(1)</script>',
    '<style>p { color: red }</style>',
    '<template><p>evil</p></template>',
    '<svg onload="alert(1)"><text>evil</text><script>evil</script></svg>',
    '<math><mtext>evil</mtext></math>',
    '<iframe srcdoc="<p>evil</p>">evil</iframe>',
    '<object data="evil">evil</object>',
    '<form action="/evil"><input value="evil"><button>evil</button></form>',
    '<textarea>evil</textarea><select><option>evil</select>',
    '<meta http-equiv="refresh" content="0;url=https://evil.example">',
    '<img src=x onerror="alert(1)" alt="evil">',
    '<p hidden>evil</p><p aria-hidden="true">evil</p><p style="display: none">evil</p>',
    '<nav>evil</nav><header>evil</header><footer>evil</footer><aside>evil</aside>',
    '<noscript><p>evil</p></noscript>',
    '<!-- evil --><![CDATA[evil]]>',
    '<div role="navigation">evil</div><span class="sr-only">evil</span>',
    '<base href="https://evil.example/"><link rel=stylesheet href=evil>',
  ])('IM21 %s leaves nothing behind', (hostile) => {
    const book = read(`<body><p>The good text of the page, long enough.</p>${hostile}<p>And its end.</p></body>`);
    expect(blocksOf(book)).toEqual(['paragraph: The good text of the page, long enough.', 'paragraph: And its end.']);
    expect(JSON.stringify(book)).not.toMatch(/evil|alert|onerror|onload/u);
  });

  it.each([
    'javascript:alert(1)',
    'JaVaScRiPt:x',
    'java\nscript:x',
    '&#106;avascript:x',
    ' javascript:x',
    'data:text/html,x',
    'vbscript:x',
    'file:///etc/passwd',
    '/relative',
    '#here',
  ])('IM21 the address %j becomes plain words', (href) => {
    expect(blocksOf(read(`<p>Before <a href="${href}" onclick="x()">words</a> after.</p>`))).toEqual([
      'paragraph: Before words after.',
    ]);
  });

  it('IM22 twenty thousand nested elements are read', () => {
    expect(blocksOf(read(`${'<div>'.repeat(20_000)}deep`))).toEqual(['paragraph: deep']);
    expect(blocksOf(read(`${'<blockquote>'.repeat(5_000)}deep`))).toEqual(['>>>>>>>>paragraph: deep']);
    expect(blocksOf(read(`${'<b><i>'.repeat(5_000)}deep`))).toEqual(['paragraph: deep [deep|strong] [deep|emphasis]']);
  });

  it('IM23 a saved page is reduced to its article, with title and author', () => {
    const comments = '<article class="comment"><p>Nice!</p></article>';
    const book = read(`<!doctype html><html lang="en-GB"><head><title>The Lamp | A Site</title></head><body>
      <header>A Site</header><nav>Home</nav><main><article><header><h1>The Lamp</h1><p class="byline">by Ada Quill</p></header>
      <p>It was very dark in the house.</p><p>And it was the house of a keeper.</p><footer>Share this</footer></article></main><div id="comments">${comments.repeat(2)}</div>
      <footer>© A Site</footer></body></html>`);
    expect(book).toMatchObject({ title: 'The Lamp', author: 'Ada Quill', language: 'en-GB' });
    expect(blocksOf(book)).toEqual([
      'paragraph: It was very dark in the house.',
      'paragraph: And it was the house of a keeper.',
    ]);
  });

  it('IM23 without a heading the title element and the meta author serve', () => {
    const book = read('<title>The Lamp</title><meta name="author" content="Ada Quill"><p>Dark.</p>');
    expect(book).toMatchObject({ title: 'The Lamp', author: 'Ada Quill' });
  });

  it('IM24 a work downloaded from the Archive of Our Own keeps title, author, summary, notes and chapters, without tags', () => {
    const book =
      read(`<html><head><title>The Lamp - quill - Fandom</title></head><body><div id="preface"><p class="message">Posted at <a href="https://x.org/works/12">here</a></p>
      <div class="meta"><dl class="tags"><dt>Rating:</dt><dd>General</dd></dl><h1>The Lamp</h1><div class="byline">by <a rel="author" href="https://x.org">quill</a></div>
      <p>Summary</p><blockquote class="userstuff"><p>Of a lamp.</p><p>And oil.</p></blockquote><p>Notes</p><blockquote class="userstuff"><p>For Bo.</p></blockquote></div></div>
      <div id="chapters" class="userstuff">${archiveChapter(1)}${archiveChapter(2)}<div class="meta" id="endnotes2"><p>Chapter End Notes</p><blockquote class="userstuff"><p>Bye.</p></blockquote></div></div>
      <div id="afterword"><div class="meta"><p>End Notes</p><blockquote class="userstuff"><p>Thanks.</p></blockquote></div><p>Please comment</p></div></body></html>`);
    expect(book).toMatchObject({
      title: 'The Lamp',
      author: 'quill',
      about: { summary: 'Of a lamp.\nAnd oil.', notes: 'For Bo.\nThanks.', identifier: 'https://x.org/works/12' },
    });
    expect(titlesOf(book)).toEqual(['Chapter 1: Go', 'Chapter 2: Go']);
    expect(blocksOf(book)).toEqual([
      'heading5: Chapter Notes',
      '>paragraph: A note.',
      'paragraph: Text 1.',
      'heading5: Chapter Notes',
      '>paragraph: A note.',
      'paragraph: Text 2.',
      'heading5: Chapter End Notes',
      '>paragraph: Bye.',
    ]);
  });

  it('IM24 so does a saved page of a whole work', () => {
    const book =
      read(`<div id="header"><ul><li>Browse</li></ul></div><div id="workskin"><div class="preface group"><h2 class="title heading">The Lamp</h2>
      <h3 class="byline heading"><a rel="author" href="/users/quill">quill</a></h3><div class="summary module"><h3 class="heading">Summary:</h3><blockquote class="userstuff"><p>Of a lamp.</p></blockquote></div></div>
      <div id="chapters" role="article">${savedChapter(1)}${savedChapter(2)}</div></div><div id="feedback"><p>Kudos</p></div>`);
    expect(book).toMatchObject({ title: 'The Lamp', author: 'quill', about: { summary: 'Of a lamp.', notes: null } });
    expect(titlesOf(book)).toEqual(['Chapter 1: Go', 'Chapter 2: Go']);
    expect(blocksOf(book)).toEqual([
      'heading5: Notes:',
      '>paragraph: A note.',
      'paragraph: Text 1.',
      'heading5: Notes:',
      '>paragraph: A note.',
      'paragraph: Text 2.',
    ]);
  });

  it('IM24 a work of one chapter has no heading and is one chapter', () => {
    const book = read(
      '<div id="preface"><div class="meta"><h1>The Lamp</h1><div class="byline">by quill</div></div></div><div id="chapters" class="userstuff"><p>Text.</p></div>',
    );
    expect(book).toMatchObject({ title: 'The Lamp', author: 'quill' });
    expect(titlesOf(book)).toEqual(['']);
  });

  it('IM25 direction comes from the page, else from its language; ruby is a mark over its base', () => {
    expect(read('<html dir="rtl"><p>x y z</p></html>').direction).toBe('rtl');
    expect(read('<html lang="ar"><p>مرحبا</p></html>')).toMatchObject({ language: 'ar', direction: 'rtl' });
    expect(blocksOf(read('<p><ruby>漢字<rp>(</rp><rt>かんじ</rt><rp>)</rp></ruby>です</p>'))).toEqual([
      'paragraph: 漢字です [漢字|ruby]',
    ]);
  });

  it('IM25 marks stand right after white space was folded and letters were composed', () => {
    expect(blocksOf(read('<p>  A\n  <em> cafe&#x301; </em>\n<strong>👩‍👩‍👧</strong> e&#x301;x</p>'))).toEqual([
      'paragraph: A café 👩‍👩‍👧 éx [café|emphasis] [👩‍👩‍👧|strong]',
    ]);
  });

  const sentence = 'It was dark in the harbour, and it was dark on the river, and nobody was there to see it. ';
  const paragraphs = (count: number) => `<p>${sentence.repeat(2)}</p>`.repeat(count);

  it('IM170 a page without an article is reduced to where its prose stands', () => {
    const book =
      read(`<title>Chapter 3 - The Lamp | A Library</title><style>.x9 { display: none } @media print { .inner { display: none } }</style>
      <div class="top"><a href="/">Home</a> <a href="/best">Best rated stories of the week</a></div>
      <div class="row"><div class="side-bar"><ul>${'<li><a href="/s">A story that others liked a lot</a></li>'.repeat(9)}</ul></div>
      <div class="chapter-inner inner"><h1>Chapter 3: Oil</h1>${paragraphs(4)}<p class="x9">Copied from another place; report it.</p><p>The end.</p>
      <div class="share-buttons">Share on all networks</div></div>
      <div class="comment-list">${'<p>I liked this chapter very much indeed, thank you for it!</p>'.repeat(5)}</div></div>`);
    expect(titlesOf(book)).toEqual(['Chapter 3: Oil']);
    expect(blocksOf(book)).toHaveLength(5);
    expect(blocksOf(book).at(-1)).toBe('paragraph: The end.');
  });

  it('IM170 paragraphs inside a pre are prose, and furniture inside an article is left out', () => {
    expect(blocksOf(read(`<pre>${paragraphs(2)}</pre>`)).map((block) => block.slice(0, 10))).toEqual([
      'paragraph:',
      'paragraph:',
    ]);
    const book =
      read(`<main><h1>News</h1>${paragraphs(3)}<div class="newsletter-signup"><p>Get our letter every day of the week.</p></div>
      <div class="related-posts"><h2>More</h2><p>Another story that you may like as well.</p></div></main>`);
    expect(blocksOf(book)).toHaveLength(3);
  });

  it('IM171 an encyclopedia’s page keeps its table, figure and notes, without edit links and boxes', () => {
    const book = read(`<main><h1>Lamp</h1><div class="hatnote">For other uses, see elsewhere.</div>
      <p>A <b>lamp</b> gives light.<sup id="cite_ref-1" class="reference"><a href="#cite_note-1">[1]</a></sup> ${sentence}</p>
      <h2>Oil<span class="mw-editsection">[<a href="/edit">edit</a>]</span></h2>
      <figure><img src="//up.example/lamp.jpg" alt="a lamp"><figcaption>A lamp of brass</figcaption></figure>
      <table><caption>Oils</caption><tr><th>Oil</th><th>Light</th></tr><tr><td>olive</td><td>dim</td></tr></table><p>${sentence}</p>
      <h2>References</h2><ol class="references"><li id="cite_note-1"><span class="mw-cite-backlink"><a href="#cite_ref-1">^</a></span> <span class="reference-text">Quill, <i>Lamps</i>.</span></li></ol>
      <div class="navbox"><p>Other sources of light</p></div></main>`);
    const blocks = blocksOf(book);
    expect(blocks).toContain('heading2: Oil');
    expect(blocks).toContain('table: Oil\tLight\nolive\tdim');
    expect(blocks).toContain('paragraph: A lamp of brass');
    expect(blocks.join('\n')).not.toMatch(/edit|other uses|Other sources|\^|\[1\]/u);
    const note = book.chapters.flatMap((chapter) => chapter.blocks).find((block) => block.note !== undefined);
    expect(note).toMatchObject({ text: 'Quill, Lamps.', note: 'page#cite_note-1' });
    expect(book.chapters[0]?.blocks[0]?.marks).toContainEqual({
      type: 'noteref',
      target: 'page#cite_note-1',
      label: '1',
      start: 19,
      end: 19,
    });
  });

  it('IM172 links within the page are jumps, and pictures are those that are written into the page', async () => {
    const book =
      read(`<p>See <a href="#two">below</a>.</p><p id="two">Below.</p><img alt="a dot" src="data:image/png;base64,iVBORw0KGgo=">
      <img alt="code" src="data:image/svg+xml;base64,PHN2Zz4="><img alt="far" src="https://x.org/far.png">`);
    expect(blocksOf(book)).toEqual(['paragraph: See below. [below|jump]', 'paragraph: Below.', 'figure:']);
    const figure = book.chapters[0]?.blocks[2];
    const name = figure?.type === 'figure' ? (figure.picture ?? '') : '';
    expect(Buffer.from((await book.readPicture?.(name)) ?? []).toString('hex')).toBe('89504e470d0a1a0a');
    expect(await book.readPicture?.('https://x.org/far.png')).toBeNull();
  });
});
