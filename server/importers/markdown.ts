import type { Nodes, Parents } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';
import { safeHref } from '#shared/text/link.ts';
import { BlockWriter } from './block-writer.ts';
import type { BlockKind } from './block-writer.ts';
import { withMark } from './compose-text.ts';
import type { InlineMark } from './compose-text.ts';
import { readFrontMatter } from './front-matter.ts';
import { directionOf, guessLanguage } from './guess-language.ts';
import { readHtmlFragment } from './html.ts';
import type { DraftBlock, TextImporter } from './importer.ts';
import { splitMarkedUpText } from './split-chapters.ts';

/**
 * Markdown in (CommonMark with GitHub's tables, strikethrough, task lists, footnotes and bare links), from the syntax
 * tree straight to blocks. Raw HTML is read by the HTML importer's allow-list; a tag inside a line is dropped, its text
 * stays. Images are left out.
 */
export const markdownImporter: TextImporter = {
  format: 'markdown',
  takes: 'text',
  read(source) {
    const front = readFrontMatter(source);
    const blocks = readMarkdownBlocks(front.body);
    const language = front.language ?? guessLanguage(blocks.map(({ text }) => text).join('\n'));
    return { ...splitMarkedUpText(blocks, front.title, front.author), language, direction: directionOf(language) };
  },
};

interface Context {
  marks: readonly InlineMark[];
  quoteDepth: number;
  listDepth: number;
  /** The list item around; only its first block carries its number or bullet. */
  item: { ordinal: number | null; isBegun: boolean } | null;
}

type Step = { node: Nodes; context: Context } | { leave: () => void };

const markNodes: Record<string, InlineMark> = {
  emphasis: { type: 'emphasis' },
  strong: { type: 'strong' },
  delete: { type: 'strike' },
};
const lineBreakTag = /^<br\s*\/?>$/iu;

function readMarkdownBlocks(source: string): DraftBlock[] {
  const tree = fromMarkdown(source, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });
  const addresses = new Map<string, string>();
  const writer = new BlockWriter();
  const steps: Step[] = [];
  const enterChildren = (parent: Parents, context: Context) => {
    for (let index = parent.children.length - 1; index >= 0; index -= 1) {
      const node = parent.children[index];
      if (node !== undefined) steps.push({ node, context });
    }
  };
  const leave = (action: () => void) => steps.push({ leave: action });
  for (const node of tree.children) if (node.type === 'definition') addresses.set(node.identifier, node.url);
  enterChildren(tree, { marks: [], quoteDepth: 0, listDepth: -1, item: null });

  for (let step = steps.pop(); step !== undefined; step = steps.pop()) {
    if ('leave' in step) {
      step.leave();
      continue;
    }
    const { node, context } = step;
    const { marks, quoteDepth, item } = context;
    switch (node.type) {
      case 'paragraph':
        leave(() => endParagraph(writer, context));
        enterChildren(node, context);
        break;
      case 'heading':
        leave(() => writer.end({ type: 'heading', level: node.depth, quoteDepth }));
        enterChildren(node, context);
        break;
      case 'thematicBreak':
        writer.sceneBreak(quoteDepth);
        break;
      case 'blockquote':
        enterChildren(node, { ...context, quoteDepth: quoteDepth + 1 });
        break;
      case 'list': {
        const inner = { ...context, listDepth: context.listDepth + 1 };
        const first = node.start ?? 1;
        for (let index = node.children.length - 1; index >= 0; index -= 1) {
          const child = node.children[index];
          const ordinal = node.ordered === true ? first + index : null;
          if (child !== undefined)
            steps.push({ node: child, context: { ...inner, item: { ordinal, isBegun: false } } });
        }
        break;
      }
      case 'code':
        writer.text(node.value, []);
        writer.end({ type: 'code', quoteDepth });
        break;
      case 'html':
        if (lineBreakTag.test(node.value)) writer.lineBreak();
        // A tag inside a line comes alone; a block of HTML comes whole.
        else if (!writer.hasText && item === null)
          writer.append(readHtmlFragment(node.value).map((block) => deeper(block, quoteDepth)));
        break;
      case 'tableRow':
        leave(() => writer.end({ type: 'paragraph', quoteDepth }));
        enterChildren(node, context);
        break;
      case 'tableCell':
        if (writer.hasText) writer.text(' · ', marks);
        enterChildren(node, context);
        break;
      case 'text':
        writer.text(node.value, marks);
        break;
      case 'inlineCode':
        writer.text(node.value, withMark(marks, { type: 'code' }));
        break;
      case 'break':
        writer.lineBreak();
        break;
      case 'footnoteReference':
        writer.text(node.label ?? node.identifier, withMark(marks, { type: 'superscript' }));
        break;
      case 'footnoteDefinition':
        writer.text(`${node.label ?? node.identifier} `, withMark(marks, { type: 'superscript' }));
        enterChildren(node, context);
        break;
      case 'link':
      case 'linkReference': {
        const href = safeHref(node.type === 'link' ? node.url : (addresses.get(node.identifier) ?? ''));
        enterChildren(node, href === null ? context : { ...context, marks: withMark(marks, { type: 'link', href }) });
        break;
      }
      default: {
        const mark = markNodes[node.type];
        if ('children' in node)
          enterChildren(node, mark === undefined ? context : { ...context, marks: withMark(marks, mark) });
      }
    }
  }
  return writer.blocks;
}

function endParagraph(writer: BlockWriter, { item, listDepth, quoteDepth }: Context): void {
  let kind: BlockKind = { type: 'paragraph', quoteDepth };
  if (item !== null && !item.isBegun) {
    kind = { type: 'listItem', ordinal: item.ordinal, depth: listDepth, quoteDepth };
    item.isBegun = writer.hasText;
  }
  writer.end(kind);
}

function deeper(block: DraftBlock, by: number): DraftBlock {
  return { ...block, quoteDepth: Math.min(8, block.quoteDepth + by) };
}
