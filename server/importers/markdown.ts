import type { Nodes, Paragraph, Parents } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';
import { safeHref } from '#shared/text/link.ts';
import { ALT_MAX_CHARS } from '#server/limits.ts';
import { BlockWriter } from './block-writer.ts';
import type { BlockKind, BlockTraits } from './block-writer.ts';
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
 * stays. Pictures are elsewhere and are not fetched: what stands for them in words stays.
 */
export const markdownImporter: TextImporter = {
  format: 'markdown',
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
  /** What the blocks inside have in common: the note whose body they are. */
  traits: BlockTraits;
  /** In the first row of a table. */
  isHeader: boolean;
}

type Step = { node: Nodes; context: Context } | { leave: () => void };

const markNodes: Record<string, InlineMark> = {
  emphasis: { type: 'emphasis' },
  strong: { type: 'strong' },
  delete: { type: 'strike' },
};
const lineBreakTag = /^<br\s*\/?>$/iu;

function readMarkdownBlocks(source: string): DraftBlock[] {
  const tree = fromMarkdown(source, {
    extensions: [gfm({ singleTilde: false })],
    mdastExtensions: [gfmFromMarkdown()],
  });
  const addresses = new Map<string, string>();
  const numbers = new Map<string, number>();
  const slugs = new HeadingSlugs();
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
  enterChildren(tree, { marks: [], quoteDepth: 0, listDepth: -1, item: null, traits: {}, isHeader: false });

  for (let step = steps.pop(); step !== undefined; step = steps.pop()) {
    if ('leave' in step) {
      step.leave();
      continue;
    }
    const { node, context } = step;
    const { marks, quoteDepth, item, traits } = context;
    switch (node.type) {
      case 'paragraph': {
        const picture = onlyPictureIn(node);
        if (picture !== null) {
          writer.text(picture.title, []);
          writer.figure({ picture: null, alt: picture.alt }, quoteDepth, traits);
          break;
        }
        leave(() => endParagraph(writer, context));
        enterChildren(node, context);
        break;
      }
      case 'heading':
        writer.name(placeOf(slugs.next(wordsIn(node))));
        leave(() => writer.end({ type: 'heading', level: node.depth, quoteDepth }, traits));
        enterChildren(node, context);
        break;
      case 'thematicBreak':
        writer.sceneBreak(quoteDepth, traits);
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
      case 'listItem':
        if (typeof node.checked === 'boolean') writer.text(node.checked ? '☑ ' : '☐ ', []);
        enterChildren(node, context);
        break;
      case 'code':
        writer.text(node.value, []);
        writer.end({ type: 'code', quoteDepth }, traits);
        break;
      case 'html':
        if (lineBreakTag.test(node.value)) writer.lineBreak();
        // A tag inside a line comes alone; a block of HTML comes whole.
        else if (!writer.hasText && item === null)
          writer.append(readHtmlFragment(node.value).map((block) => deeper(block, quoteDepth)));
        break;
      case 'table':
        writer.beginTable();
        leave(() => writer.endTable(quoteDepth, traits));
        for (const [index, row] of [...node.children.entries()].toReversed())
          steps.push({ node: row, context: { ...context, isHeader: index === 0 } });
        break;
      case 'tableRow':
        leave(() => writer.endRow());
        enterChildren(node, context);
        break;
      case 'tableCell':
        leave(() => writer.endCell({ header: context.isHeader, columns: 1, rows: 1 }));
        enterChildren(node, context);
        break;
      case 'image':
      case 'imageReference':
        writer.text(node.alt ?? '', marks);
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
        // Notes are counted in the order in which they are called, whatever they are named.
        if (!numbers.has(node.identifier)) numbers.set(node.identifier, numbers.size + 1);
        writer.point({
          type: 'noteref',
          target: node.identifier,
          label: String(numbers.get(node.identifier)),
        });
        break;
      case 'footnoteDefinition':
        enterChildren(node, {
          ...context,
          item: null,
          listDepth: -1,
          quoteDepth: 0,
          traits: { note: node.identifier },
        });
        break;
      case 'link':
      case 'linkReference': {
        const mark = linkMark(node.type === 'link' ? node.url : (addresses.get(node.identifier) ?? ''));
        enterChildren(node, mark === null ? context : { ...context, marks: withMark(marks, mark) });
        break;
      }
      default: {
        const mark = markNodes[node.type];
        if ('children' in node)
          enterChildren(node, mark === undefined ? context : { ...context, marks: withMark(marks, mark) });
      }
    }
  }
  return writer.finish();
}

/** Out to the web, or to a heading by the name that GitHub and its kin give it. */
function linkMark(address: string): InlineMark | null {
  if (address.startsWith('#')) return { type: 'jump', target: placeOf(address.slice(1).toLowerCase()) };
  const href = safeHref(address);
  return href === null ? null : { type: 'link', href };
}

const placeOf = (slug: string): string => `heading ${decoded(slug)}`;

function decoded(slug: string): string {
  try {
    return decodeURIComponent(slug);
  } catch {
    return slug;
  }
}

function wordsIn(heading: Parents): string {
  let words = '';
  const waiting: Nodes[] = heading.children.toReversed();
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (node.type === 'text' || node.type === 'inlineCode') words += node.value;
    else if ('children' in node) waiting.push(...node.children.toReversed());
  }
  return words;
}

/** The fragments of headings as GitHub makes them (its `html-pipeline`): the second `Winter` is `winter-1`. */
class HeadingSlugs {
  readonly #seen = new Map<string, number>();

  next(words: string): string {
    const slug = words
      .toLowerCase()
      .replace(/[^\p{L}\p{M}\p{N}\p{Pc} -]/gu, '')
      .replaceAll(' ', '-');
    const before = this.#seen.get(slug) ?? 0;
    this.#seen.set(slug, before + 1);
    return before === 0 ? slug : `${slug}-${before}`;
  }
}

function endParagraph(writer: BlockWriter, { item, listDepth, quoteDepth, traits }: Context): void {
  let kind: BlockKind = { type: 'paragraph', quoteDepth };
  if (item !== null && !item.isBegun) {
    kind = { type: 'listItem', ordinal: item.ordinal, depth: listDepth, quoteDepth };
    item.isBegun = writer.hasText;
  }
  writer.end(kind, traits);
}

/** A picture that is a paragraph of its own is a figure; its title is the caption. */
function onlyPictureIn({ children }: Paragraph): { alt: string; title: string } | null {
  const [only] = children;
  if (children.length !== 1 || (only?.type !== 'image' && only?.type !== 'imageReference')) return null;
  const alt = (only.alt ?? '').slice(0, ALT_MAX_CHARS).toWellFormed();
  return { alt, title: only.type === 'image' ? (only.title ?? '') : '' };
}

function deeper(block: DraftBlock, by: number): DraftBlock {
  return { ...block, quoteDepth: Math.min(8, block.quoteDepth + by) };
}
