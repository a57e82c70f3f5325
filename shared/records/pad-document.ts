import { safeHref } from '#shared/text/link.ts';
import { blockIdSchema } from '#shared/text/block.ts';
import { chapterIdSchema } from './id-schemas.ts';

/**
 * The shape of a pad's Yjs document, as y-tiptap writes it: one `XmlFragment` under `PAD_ROOT`, elements named as the
 * editor's nodes, words in `XmlText` under `text`. The editor is built from these names and the server lets nothing else in.
 */
export const PAD_ROOT = 'pad';

const blocks = [
  'paragraph',
  'heading',
  'bulletList',
  'orderedList',
  'taskList',
  'blockquote',
  'quotation',
  'horizontalRule',
] as const;

/** What may stand directly in what. `text` is an `XmlText`; the root goes by the name of the whole document. */
export const padContent = {
  doc: blocks,
  blockquote: blocks,
  quotation: blocks,
  bulletList: ['listItem'],
  orderedList: ['listItem'],
  taskList: ['taskItem'],
  listItem: blocks,
  taskItem: blocks,
  paragraph: ['text', 'hardBreak'],
  heading: ['text', 'hardBreak'],
  horizontalRule: [],
  hardBreak: [],
  text: [],
} as const satisfies Record<string, readonly string[]>;

export type PadNode = keyof typeof padContent;

export const isPadNode = (name: string): name is PadNode => Object.hasOwn(padContent, name);

export const mayContain = (parent: PadNode, child: string): boolean =>
  (padContent[parent] as readonly string[]).includes(child);

/** Headings of a pad; the page itself has the first level. */
export const PAD_HEADING_LEVELS = [1, 2, 3] as const;
/** Where a quotation says that it comes from: author, book and chapter in one line. */
const SOURCE_MAX_CHARS = 800;
const LIST_START_MAX = 1_000_000;

const atPattern = /^(b\d+)\.(\d{1,8})-(b\d+)\.(\d{1,8})$/u;

/** A passage as a quotation carries it, `b12.5-b13.20`: what stands behind `#at=` in the address of the passage. */
export function isPassageAddress(value: unknown): value is string {
  if (typeof value !== 'string') return false;
  const found = atPattern.exec(value);
  return found !== null && [found[1], found[3]].every((block) => blockIdSchema.safeParse(block).success);
}

/** The attributes that an element may have, each with what it may be. */
const padAttributes: Partial<Record<PadNode, Readonly<Record<string, (value: unknown) => boolean>>>> = {
  heading: { level: (value) => PAD_HEADING_LEVELS.some((level) => level === value) },
  orderedList: {
    start: (value) => Number.isInteger(value) && Math.abs(value as number) <= LIST_START_MAX,
  },
  taskItem: { checked: (value) => typeof value === 'boolean' },
  quotation: {
    source: (value) => typeof value === 'string' && value.length <= SOURCE_MAX_CHARS,
    chapter: (value) => chapterIdSchema.safeParse(value).success,
    at: isPassageAddress,
  },
};

export function isPadAttribute(node: PadNode, name: string, value: unknown): boolean {
  const allowed = padAttributes[node];
  return allowed !== undefined && Object.hasOwn(allowed, name) && allowed[name]?.(value) === true;
}

export const padMarks = ['bold', 'italic', 'underline', 'strike', 'code'] as const;
export type PadMark = (typeof padMarks)[number];

/** What the editor's link mark says beside its address: nothing, but for this. */
export const PAD_LINK_REL = 'noopener noreferrer nofollow';
const besideHref = new Set(['target', 'rel', 'class', 'title']);

/** Whether words may be marked so. Yjs marks with a value from one place on, and takes the mark off with null. */
export function isPadMark(name: string, value: unknown): boolean {
  if (name !== 'link' && !padMarks.some((mark) => mark === name)) return false;
  if (value === null) return true;
  if (typeof value !== 'object' || Array.isArray(value)) return false;
  const entries = Object.entries(value);
  if (name !== 'link') return entries.length === 0;
  const { href } = value as { href?: unknown };
  if (typeof href !== 'string' || safeHref(href) === null) return false;
  return entries.every(
    ([key, inner]) => key === 'href' || (besideHref.has(key) && (inner === null || inner === PAD_LINK_REL)),
  );
}
