import { strToU8 } from 'fflate';
import { zip } from './archives.ts';
import { WORDS } from './hostile-file.ts';
import type { HostileFile } from './hostile-file.ts';

const fb2 = (body: string, before = '', after = '') =>
  strToU8(
    `<?xml version="1.0" encoding="utf-8"?>${before}<FictionBook xmlns="http://www.gribuser.ru/xml/fictionbook/2.0" xmlns:l="http://www.w3.org/1999/xlink"><description><title-info><book-title>The Lamp</book-title></title-info></description><body>${body}</body>${after}</FictionBook>`,
  );
const section = `<section><p>${WORDS}</p></section>`;

export function hostileFb2(trap: string): HostileFile[] {
  const laughs = Array.from({ length: 9 }, (_, index) => `<!ENTITY l${index + 1} "${`&l${index};`.repeat(10)}">`).join(
    '',
  );
  return [
    {
      name: 'fb2-laughs',
      what: 'Entities that grow tenfold nine times, and one that names a file',
      outcome: 'fb2',
      bytes: fb2(
        `<section><p>${WORDS} &l9; &f;</p></section>`,
        `<!DOCTYPE x [<!ENTITY l0 "ha">${laughs}<!ENTITY f SYSTEM "file:///etc/passwd"><!ENTITY % e SYSTEM "${trap}/e.dtd"> %e;]>`,
      ),
    },
    {
      name: 'fb2-deep',
      what: 'Sections nested ten thousand deep',
      outcome: 'file-broken',
      bytes: fb2('<section>'.repeat(10_000)),
    },
    {
      name: 'fb2-cut',
      what: 'The file ends inside its first paragraph',
      outcome: 'fb2',
      bytes: fb2(section).slice(0, 330),
    },
    { name: 'fb2-empty', what: 'Nothing but its root', outcome: 'file-no-words', bytes: fb2('') },
    {
      name: 'fb2-far-picture',
      what: 'Pictures and a stylesheet on a server',
      outcome: 'fb2',
      bytes: fb2(
        `<section><p>${WORDS}</p><image l:href="${trap}/a.png" alt="a far picture"/></section>`,
        `<?xml-stylesheet href="${trap}/a.css"?>`,
      ),
    },
    {
      name: 'fb2-script-link',
      what: 'A `javascript:` link',
      outcome: 'fb2',
      bytes: fb2(`<section><p><a l:href="javascript:alert(1)">${WORDS}</a></p></section>`),
    },
    {
      name: 'fb2-no-picture',
      what: 'A program that calls itself a picture',
      outcome: 'fb2',
      bytes: fb2(
        `<section><p>${WORDS}</p><image l:href="#x"/></section>`,
        '',
        `<binary id="x" content-type="image/png">${Buffer.from('MZ\u0090').toString('base64')}</binary>`,
      ),
    },
    {
      name: 'fb2-picture-bomb',
      what: 'A picture of 40,000 by 40,000 pixels in 60 bytes',
      outcome: 'fb2',
      bytes: fb2(
        `<section><p>${WORDS}</p><image l:href="#x"/></section>`,
        '',
        `<binary id="x" content-type="image/png">${hugePicture()}</binary>`,
      ),
    },
    {
      name: 'fb2-wrong-encoding',
      what: 'A prolog that names an encoding nobody knows',
      outcome: 'fb2',
      bytes: strToU8(`<?xml version="1.0" encoding="klingon"?><FictionBook><body>${section}</body></FictionBook>`),
    },
    {
      name: 'fb2-zip-bomb',
      what: 'A packed file of 30 MB in 30 kB',
      outcome: 'file-unpacks-too-large',
      bytes: zip({ 'lamp.fb2': fb2(`<section><p>${'0'.repeat(30_000_000)}</p></section>`) }),
    },
    {
      name: 'fb2-note-circle',
      what: 'Notes that refer to themselves and to each other',
      outcome: 'fb2',
      bytes: fb2(
        `<section><p>${WORDS}<a l:href="#a" type="note">1</a></p></section></body><body name="notes"><section id="a"><p>One<a l:href="#b" type="note">2</a></p></section><section id="b"><p>Two<a l:href="#a" type="note">1</a><a l:href="#b" type="note">2</a></p></section>`,
      ),
    },
  ];
}

/** The header of a PNG that states 40,000 by 40,000 pixels (PNG specification, 11.2.1), without them. */
function hugePicture(): string {
  return Buffer.from('89504e470d0a1a0a0000000d4948445200009c4000009c400800000000', 'hex').toString('base64');
}
