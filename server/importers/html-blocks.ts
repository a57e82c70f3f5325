import { safeHref } from '#shared/text/link.ts';
import { BlockWriter } from './block-writer.ts';
import type { BlockKind } from './block-writer.ts';
import { withMark } from './compose-text.ts';
import type { InlineMark } from './compose-text.ts';
import { attribute, classesOf, isElement, isNeverRead, isText } from './html-tree.ts';
import type { HtmlElement, HtmlNode, HtmlParent } from './html-tree.ts';
import type { DraftBlock } from './importer.ts';

/** What holds for everything inside an element; never changed, only replaced. */
interface Context {
  marks: readonly InlineMark[];
  quoteDepth: number;
  list: { depth: number; next: number | null } | null;
  /** What loose text becomes when its block ends. */
  kind: 'paragraph' | 'verse' | 'code';
  /** The list item around; only its first block carries its number or bullet. */
  item: { ordinal: number | null; isBegun: boolean } | null;
  isInVerse: boolean;
}

type Step = { node: HtmlNode; context: Context } | { leave: () => void };

const blockElements = new Set(
  (
    'p div section article main header footer body address center figure figcaption details summary dl dt dd table ' +
    'caption thead tbody tfoot tr form fieldset hgroup blockquote ul ol li pre h1 h2 h3 h4 h5 h6 hr'
  ).split(' '),
);
const markElements: Record<string, InlineMark> = {
  em: { type: 'emphasis' },
  i: { type: 'emphasis' },
  cite: { type: 'emphasis' },
  dfn: { type: 'emphasis' },
  var: { type: 'emphasis' },
  strong: { type: 'strong' },
  b: { type: 'strong' },
  code: { type: 'code' },
  kbd: { type: 'code' },
  samp: { type: 'code' },
  tt: { type: 'code' },
  s: { type: 'strike' },
  strike: { type: 'strike' },
  del: { type: 'strike' },
  sup: { type: 'superscript' },
  sub: { type: 'subscript' },
};
const verseClasses = new Set('poem poetry verse stanza lg linegroup'.split(' '));
const lineClasses = new Set('line l v verse-line'.split(' '));

/**
 * Reads what stands under `root` into blocks, by an allow-list: an element that is not known lends its text and nothing
 * else. `isLeftOut` names more elements to pass over. Iterative, so that no nesting can overflow the stack.
 */
export function readHtmlBlocks(
  root: HtmlParent,
  isLeftOut: (element: HtmlElement) => boolean = () => false,
): DraftBlock[] {
  const writer = new BlockWriter();
  const start: Context = { marks: [], quoteDepth: 0, list: null, kind: 'paragraph', item: null, isInVerse: false };
  const steps: Step[] = [];
  const enterChildren = (parent: HtmlParent, context: Context) => {
    for (let index = parent.childNodes.length - 1; index >= 0; index -= 1) {
      const node = parent.childNodes[index];
      if (node !== undefined) steps.push({ node, context });
    }
  };
  const end = (context: Context, kind: BlockKind = kindOf(context)) => {
    if (context.item !== null && writer.hasText) context.item.isBegun = true;
    writer.end(kind);
  };
  enterChildren(root, start);
  for (let step = steps.pop(); step !== undefined; step = steps.pop()) {
    if ('leave' in step) {
      step.leave();
      continue;
    }
    const { node, context } = step;
    if (isText(node)) writer.text(textOf(node.value, context, writer.isAtLineStart), context.marks);
    if (!isElement(node) || isNeverRead(node) || isLeftOut(node)) continue;
    const { tagName } = node;
    if (tagName === 'br') writer.lineBreak();
    else if (tagName === 'hr') {
      end(context);
      writer.sceneBreak(context.quoteDepth);
    } else if (isLine(node, context)) {
      steps.push({ leave: () => writer.lineBreak() });
      enterChildren(node, inlineContext(node, context));
    } else if (blockElements.has(tagName)) {
      end(context);
      const inner = blockContext(node, context);
      steps.push({ leave: () => end(inner, headingKind(node, inner) ?? kindOf(inner)) });
      enterChildren(node, inner);
    } else {
      // A row of a table reads on one line.
      if ((tagName === 'td' || tagName === 'th') && writer.hasText) writer.text(' · ', context.marks);
      if (tagName === 'q') {
        writer.text('“', context.marks);
        steps.push({ leave: () => writer.text('”', context.marks) });
      }
      enterChildren(node, inlineContext(node, context));
    }
  }
  end(start);
  return writer.blocks;
}

/** In verse only the mark-up breaks lines; white space in the source is layout of the source. */
function textOf(text: string, { kind }: Context, isAtLineStart: boolean): string {
  if (kind !== 'verse') return text;
  const folded = text.replace(/[ \t\r\n\f]+/gu, ' ');
  return isAtLineStart ? folded.replace(/^ /u, '') : folded;
}

function kindOf({ kind, quoteDepth, list, item }: Context): BlockKind {
  if (item !== null && !item.isBegun && kind === 'paragraph') {
    return { type: 'listItem', ordinal: item.ordinal, depth: list?.depth ?? 0, quoteDepth };
  }
  return { type: kind, quoteDepth };
}

function headingKind({ tagName }: HtmlElement, { quoteDepth }: Context): BlockKind | null {
  const level = /^h([1-6])$/u.exec(tagName)?.[1];
  return level === undefined ? null : { type: 'heading', level: Number(level), quoteDepth };
}

function isLine(element: HtmlElement, context: Context): boolean {
  if (!context.isInVerse) return false;
  const classes = classesOf(element);
  return (
    classes.some((name) => lineClasses.has(name)) ||
    (element.tagName === 'div' && !classes.some((name) => verseClasses.has(name)))
  );
}

function blockContext(element: HtmlElement, context: Context): Context {
  const { tagName } = element;
  const inner = inlineContext(element, context);
  if (tagName === 'blockquote') return { ...inner, quoteDepth: context.quoteDepth + 1 };
  if (tagName === 'ul' || tagName === 'ol') {
    const first = Number(attribute(element, 'start') ?? 1);
    const depth = context.list === null ? 0 : context.list.depth + 1;
    return {
      ...inner,
      item: null,
      list: { depth, next: tagName === 'ul' ? null : Number.isSafeInteger(first) ? first : 1 },
    };
  }
  if (tagName === 'li' && context.list !== null) {
    const ordinal = context.list.next;
    if (ordinal !== null) context.list.next = ordinal + 1;
    return { ...inner, item: { ordinal, isBegun: false } };
  }
  if (tagName === 'pre') return { ...inner, kind: 'code' };
  return inner;
}

function inlineContext(element: HtmlElement, context: Context): Context {
  let { marks } = context;
  const mark = markElements[element.tagName];
  // In a code block the block itself says what it is.
  if (mark !== undefined && !(mark.type === 'code' && context.kind === 'code')) marks = withMark(marks, mark);
  if (element.tagName === 'a') {
    const href = safeHref(attribute(element, 'href') ?? '');
    if (href !== null) marks = withMark(marks, { type: 'link', href });
  }
  const style = attribute(element, 'style') ?? '';
  if (/font-style\s*:\s*(?:italic|oblique)/iu.test(style)) marks = withMark(marks, { type: 'emphasis' });
  if (/font-weight\s*:\s*(?:bold|[6-9]00)/iu.test(style)) marks = withMark(marks, { type: 'strong' });
  const isInVerse = context.isInVerse || classesOf(element).some((name) => verseClasses.has(name));
  if (marks === context.marks && isInVerse === context.isInVerse) return context;
  return { ...context, marks, isInVerse, kind: isInVerse && !context.isInVerse ? 'verse' : context.kind };
}
