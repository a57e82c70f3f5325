import { isDeepStrictEqual } from 'node:util';
import * as Y from 'yjs';
import type { PadBlock, PadSpan } from '#shared/records/pad-block.ts';
import { readBlock } from '#shared/records/read-pad-blocks.ts';

/**
 * Makes a pad say this, by new edits alone: what stands the same at the beginning and at the end stays untouched, with
 * the carets in it; the blocks between are taken out and written anew.
 */
export function writeBlocks(fragment: Y.XmlFragment, wanted: readonly PadBlock[]): void {
  const present = (fragment.toArray() as Y.XmlElement[]).map(readBlock);
  const shorter = Math.min(present.length, wanted.length);
  let start = 0;
  while (start < shorter && isDeepStrictEqual(present[start], wanted[start])) start += 1;
  let end = 0;
  while (end < shorter - start && isDeepStrictEqual(present.at(-1 - end), wanted.at(-1 - end))) end += 1;
  const removed = present.length - start - end;
  if (removed > 0) fragment.delete(start, removed);
  const added = wanted.slice(start, wanted.length - end);
  if (added.length > 0) fragment.insert(start, added.map(elementOf));
}

/** Puts blocks at the end, before the empty line that an editor keeps there, and leaves one to write on. */
export function appendBlocks(fragment: Y.XmlFragment, blocks: readonly PadBlock[]): void {
  const last = fragment.length > 0 ? readBlock(fragment.get(fragment.length - 1)) : null;
  const endsEmpty = last?.type === 'paragraph' && last.spans.length === 0;
  const line: PadBlock = { type: 'paragraph', spans: [] };
  const added = endsEmpty ? blocks : [...blocks, line];
  fragment.insert(fragment.length - (endsEmpty ? 1 : 0), added.map(elementOf));
}

type Attribute = string | number | boolean;

function element(name: string, attributes: Record<string, Attribute | null>, children: (Y.XmlElement | Y.XmlText)[]) {
  const made = new Y.XmlElement<Record<string, Attribute>>(name);
  for (const [key, value] of Object.entries(attributes)) if (value !== null) made.setAttribute(key, value);
  if (children.length > 0) made.insert(0, children);
  return made as unknown as Y.XmlElement;
}

function elementOf(block: PadBlock): Y.XmlElement {
  switch (block.type) {
    case 'paragraph':
      return element('paragraph', {}, inline(block.spans));
    case 'heading':
      return element('heading', { level: block.level }, inline(block.spans));
    case 'bullets':
      return element(
        'bulletList',
        {},
        block.items.map((item) => element('listItem', {}, item.map(elementOf))),
      );
    case 'numbers':
      return element(
        'orderedList',
        { start: block.start },
        block.items.map((item) => element('listItem', {}, item.map(elementOf))),
      );
    case 'tasks':
      return element(
        'taskList',
        {},
        block.items.map(({ done, blocks }) => element('taskItem', { checked: done }, blocks.map(elementOf))),
      );
    case 'quote':
      return element('blockquote', {}, block.blocks.map(elementOf));
    case 'quotation': {
      const { source, chapter, at } = block;
      return element('quotation', { source, chapter, at }, block.blocks.map(elementOf));
    }
    default:
      return element('horizontalRule', {}, []);
  }
}

/** Words between two line breaks are one text, as the editor would make them. */
function inline(spans: readonly PadSpan[]): (Y.XmlElement | Y.XmlText)[] {
  const made: (Y.XmlElement | Y.XmlText)[] = [];
  let run: PadSpan[] = [];
  const finish = (): void => {
    if (run.length === 0) return;
    const text = new Y.XmlText();
    text.applyDelta(run.map(({ text: insert, marks, href }) => ({ insert, attributes: attributesOf(marks, href) })));
    made.push(text);
    run = [];
  };
  for (const span of spans) {
    if (span.text !== '\n') {
      run.push(span);
      continue;
    }
    finish();
    made.push(element('hardBreak', {}, []));
  }
  finish();
  return made;
}

const attributesOf = (marks: PadSpan['marks'], href: string | null): Record<string, object> => ({
  ...Object.fromEntries(marks.map((mark) => [mark, {}])),
  ...(href === null ? {} : { link: { href } }),
});
