import { makeEpub } from '#tests/support/make-epub.ts';
import { prose } from '../prose.ts';

const PARTS = 15;
const CHAPTERS = 390;
const CHARACTERS = 3_000_000;

/** An EPUB of the size of 'War and Peace': parts with chapters in them, each a file, a note in every tenth, 3 million characters. */
export function bigBook(): Uint8Array {
  const paragraphs = prose(1);
  const texts: Record<string, string> = { 'notes.xhtml': '<h2>Notes</h2>' };
  let contents = '';
  let lines = '';
  let at = 0;
  for (let chapter = 1; chapter <= CHAPTERS; chapter += 1) {
    const name = `chapter-${chapter}.xhtml`;
    let body = `<h2>Chapter ${chapter}</h2>`;
    for (let length = 0; length < CHARACTERS / CHAPTERS; at += 1) {
      const paragraph = paragraphs[at % paragraphs.length] ?? '';
      length += paragraph.length;
      body += `<p id="p${at}">${paragraph.replace('lamps', '<i>lamps</i>')}</p>\n`;
    }
    if (chapter % 10 === 0) {
      body += `<p>And so it was.<a id="r${chapter}" href="notes.xhtml#n${chapter}">${chapter / 10}</a></p>`;
      texts['notes.xhtml'] += `<p id="n${chapter}"><a href="${name}#r${chapter}">${chapter / 10}</a> Or nearly so.</p>`;
    }
    texts[name] = body;
    lines += `<li><a href="${name}">Chapter ${chapter}</a></li>`;
    if (chapter % (CHAPTERS / PARTS) === 0) {
      const first = chapter - CHAPTERS / PARTS + 1;
      contents += `<li><a href="chapter-${first}.xhtml">Part ${chapter / (CHAPTERS / PARTS)}</a><ol>${lines}</ol></li>`;
      lines = '';
    }
  }
  const { 'notes.xhtml': notes = '', ...chapters } = texts;
  return makeEpub({ texts: { ...chapters, 'notes.xhtml': notes }, nav: contents });
}
