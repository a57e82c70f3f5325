import type { Direction } from '#shared/text/direction.ts';
import type { BlockKind, BlockTraits } from './block-writer.ts';
import { withMark } from './compose-text.ts';
import type { InlineMark } from './compose-text.ts';
import { isOtherLanguage, languageTag } from './guess-language.ts';
import { attribute, classesOf, isElement, typesOf } from './html-tree.ts';
import type { HtmlElement } from './html-tree.ts';
import type { MarkupReading } from './markup-reading.ts';

/** What holds for everything inside an element; never changed, only replaced. */
export interface Context {
  marks: readonly InlineMark[];
  quoteDepth: number;
  list: { depth: number; next: number | null } | null;
  /** What loose text becomes when its block ends. */
  kind: 'paragraph' | 'verse' | 'code';
  /** The list item around; only its first block carries its number or bullet. */
  item: { ordinal: number | null; isBegun: boolean } | null;
  isInVerse: boolean;
  /** In a cell or a caption: blocks inside do not end, they are parted by a space. */
  isFlat: boolean;
  language: string;
  direction: Direction;
  note: string | null;
  /** The innermost element that makes a block. */
  owner: HtmlElement | null;
}

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
/** Of the EPUB structural vocabularies, as Standard Ebooks and DAISY use them. */
const verseTypes = new Set('z3998:poem z3998:verse z3998:song z3998:hymn z3998:lyrics verse'.split(' '));
const lineClasses = new Set('line l v verse-line'.split(' '));
const LINE_MAX_CHARS = 120;

export const outermostContext = ({ language, direction }: MarkupReading): Context => ({
  marks: [],
  quoteDepth: 0,
  list: null,
  kind: 'paragraph',
  item: null,
  isInVerse: false,
  isFlat: false,
  language,
  direction,
  note: null,
  owner: null,
});

export function kindOf({ kind, quoteDepth, list, item }: Context): BlockKind {
  if (item !== null && !item.isBegun && kind === 'paragraph') {
    return { type: 'listItem', ordinal: item.ordinal, depth: list?.depth ?? 0, quoteDepth };
  }
  return { type: kind, quoteDepth };
}

export function headingKind({ tagName }: HtmlElement, { quoteDepth }: Context): BlockKind | null {
  const level = /^h([1-6])$/u.exec(tagName)?.[1];
  return level === undefined ? null : { type: 'heading', level: Number(level), quoteDepth };
}

/** What a block says of itself beside its text. */
export function traitsOf({ language, direction, note, owner }: Context, reading: MarkupReading): BlockTraits {
  return {
    ...(isOtherLanguage(language, reading.language) ? { language } : {}),
    ...(direction === reading.direction ? {} : { direction }),
    ...(note === null ? {} : { note }),
    ...(owner === null || reading.sourceOf === null ? {} : { source: reading.sourceOf(owner) }),
  };
}

export function isLine(element: HtmlElement, context: Context): boolean {
  if (!context.isInVerse || context.isFlat) return false;
  const classes = classesOf(element);
  if (classes.some((name) => lineClasses.has(name))) return true;
  if (element.tagName === 'div') return !startsVerse(element);
  return element.tagName === 'p' && isLineOfMany(element);
}

/** A paragraph for each line of a stanza: several short ones under one parent, none of them broken within. */
function isLineOfMany({ parentNode }: HtmlElement): boolean {
  const lines = (parentNode?.childNodes ?? []).filter((node): node is HtmlElement => isElement(node));
  return (
    lines.length > 1 &&
    lines.length <= 200 &&
    lines.every(
      (line) =>
        line.tagName === 'p' &&
        line.childNodes.every((node) =>
          isElement(node) ? node.tagName !== 'br' : !('value' in node) || node.value.length <= LINE_MAX_CHARS,
        ) &&
        !line.childNodes.some((node) => isElement(node) && node.childNodes.some((inner) => inner.nodeName === 'br')),
    )
  );
}

function startsVerse(element: HtmlElement): boolean {
  return (
    classesOf(element).some((name) => verseClasses.has(name)) || typesOf(element).some((name) => verseTypes.has(name))
  );
}

export function blockContext(element: HtmlElement, context: Context, reading: MarkupReading): Context {
  const { tagName } = element;
  const inner = { ...inlineContext(element, context, reading), owner: element };
  if (context.isFlat) return inner;
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
  // Some sites put whole chapters into a `pre`, paragraph by paragraph.
  if (tagName === 'pre' && !element.childNodes.some((node) => isElement(node) && node.tagName === 'p'))
    return { ...inner, kind: 'code' };
  return inner;
}

/** The body of a note begins a text of its own: no list or quotation around it is its own. */
export function noteContext(element: HtmlElement, context: Context, reading: MarkupReading, note: string): Context {
  const inner = inlineContext(element, context, reading);
  return { ...inner, owner: element, note, item: null, list: null, quoteDepth: 0, kind: 'paragraph' };
}

export function inlineContext(element: HtmlElement, context: Context, reading: MarkupReading): Context {
  let { marks, language, direction } = context;
  const mark = markElements[element.tagName];
  // In a code block the block itself says what it is.
  if (mark !== undefined && !(mark.type === 'code' && context.kind === 'code')) marks = withMark(marks, mark);
  if (element.tagName === 'a') {
    const link = reading.linkMark(attribute(element, 'href') ?? '');
    if (link !== null) marks = withMark(marks, link);
  }
  const style = attribute(element, 'style') ?? '';
  if (/font-style\s*:\s*(?:italic|oblique)/iu.test(style)) marks = withMark(marks, { type: 'emphasis' });
  if (/font-weight\s*:\s*(?:bold|[6-9]00)/iu.test(style)) marks = withMark(marks, { type: 'strong' });
  const tag = languageTag(attribute(element, 'xml:lang') ?? attribute(element, 'lang'));
  if (tag !== null) language = tag;
  const dir = attribute(element, 'dir')?.trim().toLowerCase();
  if (dir === 'ltr' || dir === 'rtl') direction = dir;
  if (language !== context.language || direction !== context.direction) {
    marks = withLanguage(element, marks, { ...context, language, direction });
  }
  const isInVerse = context.isInVerse || startsVerse(element);
  if (
    marks === context.marks &&
    isInVerse === context.isInVerse &&
    language === context.language &&
    direction === context.direction
  ) {
    return context;
  }
  const kind = isInVerse && !context.isInVerse ? 'verse' : context.kind;
  return { ...context, marks, isInVerse, language, direction, kind };
}

const inlineElements = new Set(
  'a abbr b bdi bdo cite code data del dfn em font i ins kbd mark q rb ruby s samp small span strong sub sup time tt u var'.split(
    ' ',
  ),
);

/** Words in another language inside a block carry a mark; a block in another language says so itself. */
function withLanguage(
  { tagName }: HtmlElement,
  marks: readonly InlineMark[],
  { language, direction, isFlat }: Context,
): readonly InlineMark[] {
  if (!isFlat && !inlineElements.has(tagName)) return marks;
  return withMark(marks, { type: 'language', language, direction });
}
