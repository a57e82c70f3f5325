import * as Y from 'yjs';
import { chapterIdSchema } from '#shared/records/id-schemas.ts';
import type { PadBlock, PadSpan } from '#shared/records/pad-block.ts';
import { isPassageAddress, padMarks } from '#shared/records/pad-document.ts';
import { safeHref } from '#shared/text/link.ts';

type Child = Y.XmlElement | Y.XmlText | Y.XmlHook;

/** What stands in a pad, block by block. The walk knows what it looks for: anything else in the document is passed over. */
export function readBlocks(fragment: Y.XmlFragment): PadBlock[] {
  return (fragment.toArray() as Child[]).flatMap((child) => readBlock(child) ?? []);
}

/** Null where the element is none of ours. */
export function readBlock(child: Child): PadBlock | null {
  if (!(child instanceof Y.XmlElement)) return null;
  const attributes: Record<string, unknown> = child.getAttributes();
  switch (child.nodeName) {
    case 'paragraph':
      return { type: 'paragraph', spans: readSpans(child) };
    case 'heading':
      return { type: 'heading', level: levelOf(attributes.level), spans: readSpans(child) };
    case 'bulletList':
      return { type: 'bullets', items: readItems(child) };
    case 'orderedList': {
      const { start } = attributes;
      return { type: 'numbers', start: Number.isInteger(start) ? (start as number) : 1, items: readItems(child) };
    }
    case 'taskList':
      return {
        type: 'tasks',
        items: elementsOf(child).map((item) => ({
          done: (item.getAttributes() as Record<string, unknown>).checked === true,
          blocks: readBlocks(item),
        })),
      };
    case 'blockquote':
      return { type: 'quote', blocks: readBlocks(child) };
    case 'quotation': {
      const chapter = chapterIdSchema.safeParse(attributes.chapter);
      return {
        type: 'quotation',
        source: typeof attributes.source === 'string' ? attributes.source : '',
        chapter: chapter.success ? chapter.data : null,
        at: isPassageAddress(attributes.at) ? attributes.at : null,
        blocks: readBlocks(child),
      };
    }
    case 'horizontalRule':
      return { type: 'rule' };
    default:
      return null;
  }
}

const elementsOf = (parent: Y.XmlElement): Y.XmlElement[] =>
  (parent.toArray() as Child[]).filter((child) => child instanceof Y.XmlElement);

const readItems = (list: Y.XmlElement): PadBlock[][] => elementsOf(list).map((item) => readBlocks(item));

const levelOf = (level: unknown): 1 | 2 | 3 => (level === 1 || level === 2 ? level : 3);

function readSpans(parent: Y.XmlElement): PadSpan[] {
  return (parent.toArray() as Child[]).flatMap((child) => {
    if (child instanceof Y.XmlText) return spansOf(child);
    return child instanceof Y.XmlElement && child.nodeName === 'hardBreak'
      ? [{ text: '\n', marks: [], href: null }]
      : [];
  });
}

function spansOf(text: Y.XmlText): PadSpan[] {
  const delta = text.toDelta() as { insert: unknown; attributes?: Record<string, unknown> }[];
  return delta.flatMap(({ insert, attributes = {} }) => {
    if (typeof insert !== 'string') return [];
    const link = attributes.link as { href?: unknown } | null | undefined;
    const href = typeof link?.href === 'string' ? safeHref(link.href) : null;
    return [{ text: insert, marks: padMarks.filter((mark) => (attributes[mark] ?? null) !== null), href }];
  });
}
