import { strToU8 } from 'fflate';
import { WORDS } from './hostile-file.ts';
import type { HostileFile } from './hostile-file.ts';

const page = (inside: string) =>
  strToU8(`<!doctype html><html><body><p>${WORDS}</p>${inside}<p>And its end.</p></body></html>`);

export function hostileTexts(trap: string): HostileFile[] {
  return [
    {
      name: 'html-active',
      what: 'Scripts, handlers, frames, forms, refreshes, links that run',
      outcome: 'html',
      bytes: page(
        `<script src="${trap}/x.js">alert(1); fetch("${trap}")</script><p><a href="javascript:alert(1)">One</a> <a href="java&#9;script:alert(1)">two</a>.</p><iframe src="${trap}/f"></iframe><img src="${trap}/i.png" onerror="fetch('${trap}')"><meta http-equiv="refresh" content="0;url=${trap}"><form action="${trap}"><button>x</button></form><svg onload="x()"><image href="${trap}/s.png"/></svg>`,
      ),
    },
    {
      name: 'html-far',
      what: 'Stylesheets, fonts, pictures and media on a server',
      outcome: 'html',
      bytes: page(
        `<link rel=stylesheet href="${trap}/a.css"><style>@import url(${trap}/b.css); p { background: url(${trap}/c.png) }</style><figure><img src="${trap}/d.png"><figcaption>far</figcaption></figure><video src="${trap}/e.mp4" poster="${trap}/f.png"></video><object data="${trap}/g"></object>`,
      ),
    },
    {
      name: 'html-deep',
      what: 'Elements nested fifty thousand deep',
      outcome: 'html',
      bytes: page('<div><b>'.repeat(25_000)),
    },
    {
      name: 'html-table-deep',
      what: 'Tables nested three thousand deep',
      outcome: 'html',
      bytes: page('<table><tr><td>'.repeat(3_000)),
    },
    {
      name: 'html-attributes',
      what: 'An element with a hundred thousand attributes',
      outcome: 'html',
      bytes: page(`<p ${Array.from({ length: 100_000 }, (_, index) => `a${index}=1`).join(' ')}>x</p>`),
    },
    {
      name: 'html-styles',
      what: 'Half a megabyte of braces as a stylesheet',
      outcome: 'html',
      bytes: page(`<style>${'@media{.a{'.repeat(50_000)}</style>`),
    },
    {
      name: 'html-svg-data',
      what: 'A drawing with code in its address',
      outcome: 'html',
      bytes: page(
        `<img alt="x" src="data:image/svg+xml;base64,${Buffer.from('<svg onload="alert(1)"/>').toString('base64')}">`,
      ),
    },
    {
      name: 'markdown-deep',
      what: 'Quotations and lists nested a thousand deep',
      outcome: 'markdown',
      bytes: strToU8(`# The Lamp\n\n${'> '.repeat(1_000)}${WORDS}\n\n${'- '.repeat(1_000)}x`),
    },
    {
      name: 'markdown-openers',
      what: 'Fifty thousand signs that open something',
      outcome: 'markdown',
      bytes: strToU8(`# The Lamp\n\n${WORDS} ${'*a _b [c `d '.repeat(12_500)}`),
    },
    {
      name: 'markdown-note-circle',
      what: 'A footnote that refers to itself',
      outcome: 'markdown',
      bytes: strToU8(`# The Lamp\n\n${WORDS}[^1]\n\n[^1]: See[^1] there.`),
    },
    {
      name: 'markdown-active',
      what: 'HTML with scripts, and links and pictures that run or fetch',
      outcome: 'markdown',
      bytes: strToU8(
        `# The Lamp\n\n${WORDS}\n\n<script>fetch("${trap}")</script>\n\n[x](javascript:alert(1)) ![y](${trap}/y.png)\n\n![z](${trap}/z.png)`,
      ),
    },
    {
      name: 'text-one-line',
      what: 'Ten million letters without a line’s end',
      outcome: 'text',
      bytes: strToU8(`${WORDS} `.repeat(370_000)),
    },
    {
      name: 'text-no-words',
      what: 'Nothing but signs',
      outcome: 'file-no-words',
      bytes: strToU8('* * *\n\n--- ***\n'.repeat(100)),
    },
    { name: 'text-zeros', what: 'A file of zeros', outcome: 'file-not-text', bytes: new Uint8Array(100_000) },
    {
      name: 'text-program',
      what: 'A program',
      outcome: 'file-not-text',
      bytes: Uint8Array.from({ length: 5_000 }, (_, index) =>
        index < 4 ? (0x464c457f >> (8 * index)) & 255 : (index * 131) % 256,
      ),
    },
    {
      name: 'text-picture',
      what: 'A picture by another name',
      outcome: 'file-not-text',
      bytes: strToU8('\u0089PNG\r\n', true),
    },
    {
      name: 'text-many',
      what: 'Twenty thousand and one paragraphs',
      outcome: 'too-long',
      bytes: strToU8('A word.\n\n'.repeat(20_001)),
    },
    {
      name: 'text-marks',
      what: 'A letter with a hundred thousand combining marks',
      outcome: 'text',
      bytes: strToU8(`${WORDS} a${'\u0301'.repeat(100_000)}`),
    },
    {
      name: 'text-odd-utf16',
      what: 'UTF-16 that ends in the middle of a letter',
      outcome: 'text',
      bytes: new Uint8Array([0xff, 0xfe, ...Buffer.from(WORDS, 'utf16le'), 0x41]),
    },
    { name: 'text-empty', what: 'Nothing', outcome: 'file-empty', bytes: new Uint8Array() },
  ];
}
