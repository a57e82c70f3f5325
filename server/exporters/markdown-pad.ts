import type { BlockContent, ListItem, PhrasingContent } from 'mdast';
import type { PadBlock, PadSpan } from '#shared/records/pad-block.ts';
import { safeHref } from '#shared/text/link.ts';
import type { ExportInput } from './exporter.ts';
import { oneLine } from './one-line.ts';
import { quotationAddress } from './pad.ts';

/** The pad as a Markdown tree, its headings below those of the document. Words stay words: the serialiser escapes them. */
export const padTree = (input: ExportInput, blocks: readonly PadBlock[]): BlockContent[] =>
  blocks.flatMap((block) => blockTree(input, block));

function blockTree(input: ExportInput, block: PadBlock): BlockContent[] {
  const inside = (blocks: readonly PadBlock[]) => padTree(input, blocks);
  switch (block.type) {
    case 'paragraph':
      return isEmpty(block.spans) ? [] : [{ type: 'paragraph', children: spansTree(block.spans) }];
    case 'heading':
      return isEmpty(block.spans)
        ? []
        : [
            {
              type: 'heading',
              depth: (block.level + 2) as 3 | 4 | 5,
              children: spansTree(block.spans.map((span) => ({ ...span, text: oneLine(span.text) }))),
            },
          ];
    case 'bullets':
      return listTree(
        false,
        null,
        block.items.map((item) => itemTree(inside(item), null)),
      );
    case 'numbers':
      return listTree(
        true,
        Math.max(0, block.start),
        block.items.map((item) => itemTree(inside(item), null)),
      );
    case 'tasks':
      return listTree(
        false,
        null,
        block.items.map(({ done, blocks }) => itemTree(inside(blocks), done)),
      );
    case 'quote':
      return quoteTree(inside(block.blocks));
    case 'quotation': {
      const href = quotationAddress(input, block.chapter, block.at);
      const source: PhrasingContent = { type: 'text', value: oneLine(block.source) };
      const from: PhrasingContent = href === null ? source : { type: 'link', url: href, children: [source] };
      const foot: BlockContent[] = source.value === '' ? [] : [{ type: 'paragraph', children: [from] }];
      return quoteTree([...inside(block.blocks), ...foot]);
    }
    default:
      return [{ type: 'thematicBreak' }];
  }
}

const isEmpty = (spans: readonly PadSpan[]): boolean => spans.every(({ text }) => text.trim() === '');

const quoteTree = (children: BlockContent[]): BlockContent[] =>
  children.length === 0 ? [] : [{ type: 'blockquote', children }];

const itemTree = (children: BlockContent[], checked: boolean | null): ListItem => ({
  type: 'listItem',
  spread: false,
  checked,
  children: children.length > 0 ? children : [{ type: 'paragraph', children: [] }],
});

const listTree = (ordered: boolean, start: number | null, children: ListItem[]): BlockContent[] =>
  children.length === 0 ? [] : [{ type: 'list', ordered, start, spread: false, children }];

/** Marks of one run, from the outermost in. Markdown has no underline of its own, so that is left out. */
function spansTree(spans: readonly PadSpan[]): PhrasingContent[] {
  return spans.flatMap(({ text, marks, href }): PhrasingContent[] => {
    if (text === '\n') return [{ type: 'break' }];
    // Marks do not open before a space or close after one: the words alone are marked.
    const [, before = '', words = '', after = ''] = /^(\s*)(.*?)(\s*)$/su.exec(oneRun(text)) ?? [];
    if (words === '') return before + after === '' ? [] : [{ type: 'text', value: before + after }];
    let tree: PhrasingContent = marks.includes('code')
      ? { type: 'inlineCode', value: words }
      : { type: 'text', value: words };
    if (marks.includes('strike')) tree = { type: 'delete', children: [tree] };
    if (marks.includes('italic')) tree = { type: 'emphasis', children: [tree] };
    if (marks.includes('bold')) tree = { type: 'strong', children: [tree] };
    const address = href === null ? null : safeHref(href);
    if (address !== null) tree = { type: 'link', url: address, children: [tree] };
    return [...space(before), tree, ...space(after)];
  });
}

const space = (value: string): PhrasingContent[] => (value === '' ? [] : [{ type: 'text', value }]);

const oneRun = (text: string): string => text.replace(/[\r\n\u2028\u2029]+/gu, ' ');
