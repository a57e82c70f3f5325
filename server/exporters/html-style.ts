/**
 * The one stylesheet of an HTML export: the printed page of the project (black on white, light tints, an underline
 * style for each ink so that colour is never alone), with its lamplight theme for dark screens. Fonts are named, never
 * fetched: the file works without a network.
 */
export const exportStyle = `
:root {
  color-scheme: light dark;
  --read: 'Literata Variable', Literata, 'Iowan Old Style', 'Palatino Linotype', Palatino, Georgia, serif;
  --ui: 'Alegreya Sans', 'Gill Sans Nova', Optima, Candara, 'Noto Sans', system-ui, sans-serif;
  --mono: ui-monospace, 'Cascadia Mono', 'DejaVu Sans Mono', Menlo, monospace;
  --paper: #fff; --ink: #000; --soft: #444; --hair: #bbb; --rule: #777;
  --saffron: rgb(244 190 54 / 0.22); --saffron-line: #6b4700;
  --verdigris: rgb(70 166 132 / 0.16); --verdigris-line: #1a5c48;
  --woad: rgb(84 138 204 / 0.16); --woad-line: #234d80;
  --heather: rgb(162 108 190 / 0.16); --heather-line: #633879;
  --clay: rgb(206 132 84 / 0.2); --clay-line: #6f3d14;
  --hatch: rgb(72 63 53 / 0.26);
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --paper: #1d1815; --ink: #e8dece; --soft: #cfc3b1; --hair: #4f4339; --rule: #837663;
    --saffron: rgb(226 168 44 / 0.24); --saffron-line: #dcae4c;
    --verdigris: rgb(72 176 140 / 0.22); --verdigris-line: #79c6a8;
    --woad: rgb(96 150 220 / 0.23); --woad-line: #8fb6ea;
    --heather: rgb(176 122 208 / 0.24); --heather-line: #c8a0df;
    --clay: rgb(214 132 80 / 0.25); --clay-line: #dfa071;
    --hatch: rgb(207 195 177 / 0.2);
  }
}
* { box-sizing: border-box; }
html { background: var(--paper); color: var(--ink); -webkit-text-size-adjust: 100%; }
body { margin: 0 auto; max-width: 40.5rem; padding: 3rem 1.25rem 4rem; font: 1.0625rem/1.45 var(--ui); overflow-wrap: anywhere; }
h1, h2, h3 { font-family: var(--read); font-weight: 400; line-height: 1.15; margin: 0; text-wrap: balance; break-after: avoid; }
h1 { font-size: 2.625rem; }
h2 { font-size: 1.75rem; padding-bottom: 0.6rem; border-bottom: 1px solid var(--rule); margin-bottom: 1.5rem; }
h3 { font-size: 1.375rem; margin: 2rem 0 1rem; }
p { margin: 0; }
a { color: inherit; text-underline-offset: 0.15em; }
a:focus-visible { outline: 2px solid currentColor; outline-offset: 2px; }
.caps { text-transform: uppercase; font-size: 0.8125rem; letter-spacing: 0.075em; }
.title { padding: 3rem 0 3.5rem; }
.title h1 { margin: 0.75rem 0 0.5rem; }
.title .by { font: italic 1.25rem/1.4 var(--read); }
.title .lead { font: italic 1rem/1.6 var(--read); margin-top: 2rem; }
.title .lead mark { font-style: normal; }
nav { margin-top: 2rem; border-top: 1px solid var(--hair); padding-top: 1rem; }
nav ol { margin: 0; padding-inline-start: 1.4rem; }
section { margin-bottom: 4rem; }
.notes { list-style: decimal outside; margin: 0; padding-inline-start: 1.75rem; }
.notes > li { margin-bottom: 1.75rem; padding-inline-start: 0.25rem; }
.notes > li::marker { font: 0.9375rem var(--read); font-variant-numeric: oldstyle-nums; }
.notes > li:target { outline: 1px solid var(--rule); outline-offset: 0.6rem; }
.passage { margin: 0 0 0.5rem; font: 1.0625rem/1.6 var(--read); white-space: pre-line; }
.passage .context { color: var(--soft); font-size: 0.9375rem; }
.entry, .thread > li { break-inside: avoid; }
.meta { font-size: 0.9375rem; color: var(--soft); }
.meta b { color: var(--ink); }
.only-me { border: 1px dashed var(--rule); padding: 0 0.35em; }
.note { margin-top: 0.35rem; }
.note blockquote { margin: 0; padding-inline-start: 0.9rem; border-inline-start: 2px solid var(--hair); }
pre, code { font: 0.875em/1.45 var(--mono); }
pre { margin: 0; white-space: pre-wrap; }
.note > * + *, .note blockquote > * + * { margin-top: 0.6rem; }
.pad > * + *, .pad blockquote > * + *, .pad li > * + * { margin-top: 0.7rem; }
.pad { font: 1.0625rem/1.6 var(--read); }
.pad blockquote { margin: 0; padding-inline-start: 0.9rem; border-inline-start: 2px solid var(--hair); }
.pad figure { margin-inline: 0; }
.pad figcaption { margin-top: 0.25rem; font: 0.9375rem/1.4 var(--ui); color: var(--soft); }
.pad ul, .pad ol { margin-bottom: 0; padding-inline-start: 1.5rem; }
.pad .tasks { list-style: none; padding-inline-start: 0; }
.pad .tasks > li { display: grid; grid-template-columns: 1.75rem 1fr; }
.pad .tasks > li > :not(.box) { grid-column: 2; }
.reactions { list-style: none; margin: 0.4rem 0 0; padding: 0; font-size: 0.9375rem; color: var(--soft); }
.reactions li { display: inline; }
.reactions li + li::before { content: '· '; }
.thread { list-style: none; margin: 0.75rem 0 0; padding: 0; padding-inline-start: 1.1rem; border-inline-start: 1px solid var(--hair); }
.thread > li + li { margin-top: 0.75rem; }
mark { color: inherit; background: none; -webkit-box-decoration-break: clone; box-decoration-break: clone; text-decoration: underline var(--st, solid) var(--l, currentColor) var(--th, 1.5px); text-underline-offset: 0.2em; text-decoration-skip-ink: none; -webkit-print-color-adjust: exact; print-color-adjust: exact; }
.saffron { background: var(--saffron); --l: var(--saffron-line); --st: solid; }
.verdigris { background: var(--verdigris); --l: var(--verdigris-line); --st: dotted; --th: 2px; }
.woad { background: var(--woad); --l: var(--woad-line); --st: double; --th: 1px; }
.heather { background: var(--heather); --l: var(--heather-line); --st: wavy; --th: 1px; }
.clay { background: var(--clay); --l: var(--clay-line); --st: dashed; }
.pencil { background: repeating-linear-gradient(118deg, var(--hatch) 0 0.8px, transparent 0.8px 4.5px); }
footer { border-top: 1px solid var(--rule); padding-top: 0.75rem; font-size: 0.875rem; color: var(--soft); }
@page { margin: 20mm 18mm; }
@media print {
  body { max-width: none; padding: 0; font-size: 10.5pt; }
  .title { padding: 30mm 0 0; break-after: page; }
  section + section { break-before: page; }
  nav a, .meta a { text-decoration: none; }
}
`;
