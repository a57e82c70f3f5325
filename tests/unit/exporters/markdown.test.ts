import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { markdownExporter } from '#server/exporters/markdown.ts';
import {
  anchorAt,
  chapterOf,
  exportOf,
  fullMargin,
  mara,
  member,
  note,
  paragraphs,
  replyTo,
} from './export-fixture.ts';
import { markdownNodes, markdownTree } from './plain-text.ts';

const nodesOf = (text: string) => markdownNodes(markdownTree(text));
const withBody = (body: string) =>
  markdownExporter.write(exportOf({ annotations: [note('a', { body })], replies: [replyTo('a', 'r', { body })] }));

describe('Markdown', () => {
  it('EX30 reads as a person would write it', () => {
    const { chapter, annotations, replies, reactions } = fullMargin();
    const text = markdownExporter.write(
      exportOf({ chapter, annotations: annotations.filter(({ id }) => id.startsWith('froze')), replies, reactions }),
    );
    expect(text).toBe(`---
title: "The Salt Road"
author: "N. Example"
room: "Tuesday Pages"
scope: all
exported: 2026-11-20T13:00:00Z
---

# The Salt Road

Notes of the room Tuesday Pages (all notes), taken home 2026-11-20T13:00:00Z

## The Harbour

> froze on a Tuesday

**Mara** (host) · 2026-11-20T12:00:00Z · edited 2026-11-20T12:01:00Z · saffron: Loved this · [in the room](https://room.example.org/rooms/room0000000000000000/read/chapter1000000000000#note-froze000000000000000)

*Context:* The harbour 👩‍👩‍👦 (…) . Nobody had asked it to, and no

Of all days.

> a day

See <https://example.org/ice>.

Reactions: 🌱 2 (Kenji, Bea), ❄️ 1 (Bea)

- **Kenji** · 2026-11-20T12:01:00Z

  First thought.

  Reactions: 👏 1 (Mara)
- **Bea** · 2026-11-20T12:03:00Z

  Second thought.
`);
  });

  it.each([
    ['# x'],
    ['x\n==='],
    ['---'],
    ['***'],
    ['x\n---'],
    ['- a\n- b'],
    ['1. a'],
    ['| a |\n|---|\n| b |'],
    ['<b>x</b>'],
    ['<!-- x'],
    ['![x](https://a.example/b.png)'],
    ['[x]: https://a.example'],
    ['[^1]: x'],
  ])('EX31 a body cannot become structure of the document: %j', (body) => {
    const nodes = nodesOf(withBody(body));
    const kinds = new Set(nodes.map(({ type }) => type));
    for (const kind of ['thematicBreak', 'html', 'table', 'image', 'definition', 'footnoteDefinition'] as const) {
      expect(kinds).not.toContain(kind);
    }
    expect(nodes.filter(({ type }) => type === 'heading')).toHaveLength(3);
    expect(nodes.filter(({ type }) => type === 'list')).toHaveLength(1);
  });

  it('EX31 emphasis, code, quotation and links of a note stay what they are', () => {
    const kinds = nodesOf(withBody('*a* **b** `c`\n\n> d\n\n```\ne\n```\n\n[f](https://example.org/)')).map(
      ({ type }) => type,
    );
    expect(kinds).toEqual(expect.arrayContaining(['emphasis', 'strong', 'inlineCode', 'blockquote', 'code', 'link']));
  });

  it('EX31 a fence loses its language, which a reader’s plug-in might run, and cannot be closed from within', () => {
    const text = withBody('```dataviewjs\nrun()\n```');
    expect(text).not.toContain('dataviewjs');
    const codes = nodesOf(withBody('```\n~~~~\n# x\n```')).filter((node) => node.type === 'code');
    expect(codes.map(({ value }) => value)).toEqual(['~~~~\n# x', '~~~~\n# x']);
  });

  it('EX32 links go to http, https and mailto alone, whatever a name, quotation or body says', () => {
    const piece = fc.constantFrom(
      '[x](',
      'javascript:alert(1)',
      ')',
      '<',
      '>',
      'https://a.example',
      'data:text/html,x',
      ' ',
      '\n',
      '![',
      ']',
      'mailto:a@b.example',
      '`',
      '*',
    );
    fc.assert(
      fc.property(
        fc.array(piece, { minLength: 1 }).map((parts) => parts.join('')),
        (words) => {
          const chapter = chapterOf(paragraphs(words));
          const anchor = anchorAt(chapter, 0, words.length);
          const members = [member(mara, words)];
          const text = markdownExporter.write(
            exportOf({ chapter, annotations: [note('a', { anchor, body: words })] }, { members }),
          );
          const nodes = nodesOf(text);
          const addresses = nodes.flatMap((node) => (node.type === 'link' ? [node.url] : []));
          expect(addresses.filter((address) => !/^(?:https?:\/\/|mailto:)/u.test(address))).toEqual([]);
          expect(nodes.filter(({ type }) => ['html', 'image', 'definition'].includes(type))).toEqual([]);
        },
      ),
    );
  });

  it('EX33 what Obsidian or Logseq would read as a tag, highlight, comment, formula or property is escaped', () => {
    const text = withBody('#tag ==high== %%gone%% $x$ key:: value ^id');
    expect(text).toContain('\\#tag =\\=high=\\= %\\%gone%\\% \\$x\\$ key:\\: value \\^id');
  });

  it('EX34 lines of verse keep their breaks and their indent', () => {
    const verse = 'One line\n    and its indented second';
    const chapter = chapterOf(paragraphs(verse));
    const nodes = nodesOf(
      markdownExporter.write(
        exportOf({ chapter, annotations: [note('a', { anchor: anchorAt(chapter, 0, verse.length) })] }),
      ),
    );
    expect(nodes.filter(({ type }) => type === 'break')).toHaveLength(1);
    expect(
      nodes.some((node) => node.type === 'text' && node.value === '\u00a0\u00a0\u00a0\u00a0and its indented second'),
    ).toBe(true);
  });
});
