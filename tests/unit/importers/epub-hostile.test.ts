import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { readBook } from '#server/importers/read-book.ts';
import type { RefusalCode } from '#shared/protocol/refusal.ts';
import { epubFiles, makeEpub, METADATA, xhtml } from '#tests/support/make-epub.ts';
import type { EpubParts } from '#tests/support/make-epub.ts';

const plain: EpubParts = { texts: { 'a.xhtml': '<p>It was dark.</p>' } };
const withText = (body: string): Uint8Array => makeEpub({ texts: { 'a.xhtml': body } });
const withFile = (name: string, content: string | Uint8Array): Uint8Array =>
  makeEpub({ ...plain, files: { [name]: content } });
const encryption = (algorithm: string): string =>
  `<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container" xmlns:enc="http://www.w3.org/2001/04/xmlenc#"><enc:EncryptedData><enc:EncryptionMethod Algorithm="${algorithm}"/><enc:CipherData><enc:CipherReference URI="OEBPS/a.xhtml"/></enc:CipherData></enc:EncryptedData></encryption>`;

/** Bytes of an archive with some of them changed: headers that lie. */
function tampered(bytes: Uint8Array, change: (view: DataView, directory: number[]) => void): Uint8Array {
  const copy = bytes.slice();
  const view = new DataView(copy.buffer);
  const directory: number[] = [];
  for (let at = 0; at + 4 <= copy.length; at += 1) if (view.getUint32(at, true) === 0x02014b50) directory.push(at);
  change(view, directory);
  return copy;
}

/** Every hostile or broken file, what becomes of it (a refusal, or the words that are read), as `docs/importing.md` lists them. */
const corpus: [name: string, make: () => Uint8Array, outcome: RefusalCode | string[]][] = [
  ['cut-off.epub', () => makeEpub(plain).slice(0, 400), 'file-broken'],
  ['empty-archive.epub', () => zipSync({ mimetype: strToU8('application/epub+zip') }), 'file-broken'],
  ['no-container.epub', () => makeEpub({ ...plain, files: { 'META-INF/container.xml': null } }), ['It was dark.']],
  ['no-package.epub', () => makeEpub({ ...plain, files: { 'OEBPS/book.opf': null } }), 'file-broken'],
  ['no-texts.epub', () => makeEpub({ texts: {} }), 'file-broken'],
  ['missing-text.epub', () => makeEpub({ ...plain, files: { 'OEBPS/a.xhtml': null } }), 'file-broken'],
  ['no-words.epub', () => withText('<p> </p><hr/>'), 'file-no-words'],
  ['binary-text.epub', () => withFile('OEBPS/a.xhtml', new Uint8Array(4_000).fill(1)), 'file-not-text'],
  ['entry-leads-out.epub', () => withFile('../../etc/passwd', 'root'), 'file-broken'],
  ['entry-absolute.epub', () => withFile('/etc/passwd', 'root'), 'file-broken'],
  ['entry-backslash.epub', () => withFile('..\\..\\windows\\win.ini', 'x'), 'file-broken'],
  [
    'text-leads-out.epub',
    () =>
      makeEpub({
        ...plain,
        manifest: '<item id="x" href="../../../../etc/passwd" media-type="application/xhtml+xml"/>',
        spine: '<itemref idref="x"/><itemref idref="t0"/>',
      }),
    ['It was dark.'],
  ],
  [
    'many-entries.epub',
    () =>
      makeEpub({
        ...plain,
        files: Object.fromEntries(Array.from({ length: 5_001 }, (_, index) => [`x${index}`, 'x'])),
      }),
    'file-unpacks-too-large',
  ],
  ['bomb.epub', () => withFile('OEBPS/a.xhtml', new Uint8Array(21_000_000).fill(32)), 'file-unpacks-too-large'],
  ['bomb-unread.epub', () => withFile('OEBPS/x.bin', new Uint8Array(40_000_000)), 'file-unpacks-too-large'],
  [
    'bomb-that-lies.epub',
    () =>
      tampered(withFile('OEBPS/a.xhtml', new Uint8Array(21_000_000).fill(32)), (view, directory) => {
        for (const at of directory) view.setUint32(at + 24, 1_000, true);
      }),
    'file-broken',
  ],
  [
    'nested-archive.epub',
    () => withFile('OEBPS/a.xhtml', zipSync({ 'b.zip': zipSync({ 'c.xhtml': strToU8(xhtml('<p>Deep.</p>')) }) })),
    'file-not-text',
  ],
  ['archive-beside.epub', () => withFile('OEBPS/more.zip', zipSync({ a: strToU8('x') })), ['It was dark.']],
  [
    'locked-entry.epub',
    () =>
      tampered(makeEpub(plain), (view, directory) => {
        for (const at of directory.slice(1)) view.setUint16(at + 8, view.getUint16(at + 8, true) | 1, true);
      }),
    'file-locked',
  ],
  [
    'drm.epub',
    () => withFile('META-INF/encryption.xml', encryption('http://www.w3.org/2001/04/xmlenc#aes128-cbc')),
    'file-locked',
  ],
  [
    'drm-rights.epub',
    () => withFile('META-INF/rights.xml', '<rights xmlns="http://ns.adobe.com/adept"/>'),
    'file-locked',
  ],
  [
    'scrambled-font.epub',
    () => withFile('META-INF/encryption.xml', encryption('http://www.idpf.org/2008/embedding')),
    ['It was dark.'],
  ],
  [
    'fixed-layout.epub',
    () => makeEpub({ ...plain, metadata: `${METADATA}<meta property="rendition:layout">pre-paginated</meta>` }),
    'file-fixed-layout',
  ],
  [
    'billion-laughs.epub',
    () =>
      withFile(
        'OEBPS/a.xhtml',
        `<!DOCTYPE html [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>${xhtml('<p>So: &c;</p>').split('<!DOCTYPE html>')[1]}`,
      ),
    ['So: &c;'],
  ],
  [
    'external-entity.epub',
    () =>
      withFile(
        'OEBPS/a.xhtml',
        `<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]>${xhtml('<p>So: &x;</p>').split('<!DOCTYPE html>')[1]}`,
      ),
    ['So: &x;'],
  ],
  [
    'package-entity.epub',
    () =>
      makeEpub({
        ...plain,
        metadata: METADATA.replace('The Lamp', '&x;').replace('<dc:identifier', '<!-- x --><dc:identifier'),
      }),
    ['It was dark.'],
  ],
  ['deep.epub', () => withText(`${'<div>'.repeat(300)}<p>Deep.</p>${'</div>'.repeat(300)}`), 'file-broken'],
  ['deep-unclosed.epub', () => withText(`${'<b>'.repeat(5_000)}Deep.`), 'file-broken'],
  [
    'active.epub',
    () =>
      withText(
        `<script>alert(1)</script><p onclick="alert(1)" style="background:url(https://example.org/x)">It was <a href="javascript:alert(1)">dark</a>.</p>
         <svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script><text>no</text></svg><iframe src="https://example.org"></iframe>
         <object data="x"/><form action="https://example.org"><input value="x"/></form><style>p{}</style>`,
      ),
    ['It was dark.'],
  ],
  [
    'remote-picture.epub',
    () =>
      withText(
        '<p>It was dark.</p><p><img src="https://example.org/x.png" alt=""/><img src="//example.org/y.png" alt=""/></p>',
      ),
    ['It was dark.'],
  ],
  [
    'picture-is-svg.epub',
    () =>
      makeEpub({
        texts: { 'a.xhtml': '<p>It was dark.</p><p><img src="x.png" alt=""/></p>' },
        files: { 'OEBPS/x.png': '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>' },
      }),
    ['It was dark.'],
  ],
  ['controls.epub', () => withText('<p>It\u202e was\u00ad d\u200bark\ufeff.</p>'), ['It was d\u200bark.']],
  ['huge-table.epub', () => withText(`<table>${'<tr><td>a</td><td>b</td></tr>'.repeat(10_001)}</table>`), 'too-long'],
  ['many-paragraphs.epub', () => withText('<p>x</p>'.repeat(20_001)), 'too-long'],
  [
    'contents-in-circles.epub',
    () =>
      makeEpub({
        ...plain,
        nav: '<li><a href="nav.xhtml#toc">Contents</a><ol><li><a href="nav.xhtml">Contents</a></li></ol></li>',
      }),
    ['It was dark.'],
  ],
  ['spine-repeats.epub', () => makeEpub({ ...plain, spine: '<itemref idref="t0"/>'.repeat(3_000) }), ['It was dark.']],
  [
    'notes-in-circles.epub',
    () =>
      withText(
        '<p>It was dark.<a epub:type="noteref" href="#n">1</a></p><aside epub:type="footnote" id="n"><p>Again<a epub:type="noteref" href="#m">2</a></p></aside><aside epub:type="footnote" id="m"><p>and again<a epub:type="noteref" href="#n">1</a></p></aside>',
      ),
    ['It was dark.', 'Again', 'and again'],
  ],
  ['mimetype-lies.epub', () => makeEpub({ ...plain, files: { mimetype: 'application/zip' } }), ['It was dark.']],
];

/** The refusal's code, or the words that were read. */
async function outcomeOf(bytes: Uint8Array): Promise<RefusalCode | string[]> {
  const outcome = await readBook(bytes, null, () => undefined);
  if (!outcome.ok) {
    if (!/^[A-Z].*\.$/u.test(outcome.message)) throw new Error(`no sentence: ${outcome.message}`);
    return outcome.code;
  }
  const { chapters } = outcome.book;
  if (/javascript:|example\.org|alert/u.test(JSON.stringify(chapters))) throw new Error('something active came in');
  return chapters.flatMap(({ blocks }) => blocks.map(({ text }) => text));
}

describe('hostile and broken e-books', () => {
  it.each(corpus)('IM90 %s', async (_, make, expected) => {
    expect(await outcomeOf(make())).toEqual(expected);
  });

  it('IM90 every file of an e-book may be anything, and is read or refused', async () => {
    const files = epubFiles(plain);
    const declared = '<?xml version="1.0" encoding="klingon"?><x/>';
    for (const name of Object.keys(files)) {
      for (const garbage of ['', '<', '\u0000\u0001', declared, '<package/>', '&&&<<<>>>']) {
        const outcome = await outcomeOf(zipSync({ ...files, [name]: strToU8(garbage) }));
        expect(outcome).not.toBe('import-failed');
        expect(outcome).not.toEqual([]);
      }
    }
  });
});
