import type { Block } from '#shared/text/block.ts';

type ListItem = Extract<Block, { type: 'listItem' }>;

/** Blocks as they nest on the page: quotations and lists hold what belongs into them. */
export type Group =
  | { type: 'block'; block: Exclude<Block, { type: 'listItem' }> }
  | { type: 'quote'; children: Group[] }
  | { type: 'list'; ordered: boolean; items: { block: ListItem; children: Group[] }[] };

/**
 * The flat list of blocks as a tree: runs of deeper `quoteDepth` become quotations, runs of list items become lists, nested
 * by their depth. A level that is skipped over costs no empty elements.
 */
export function groupBlocks(blocks: readonly Block[]): Group[] {
  return groupQuotes(blocks, 0);
}

/** Fewer are laid out and painted in a moment, whatever is written in them. */
const LONG_CHAPTER_GROUPS = 200;
/**
 * Less than a screen: what comes into sight in one frame is styled, laid out and painted in that frame, with a hundred marks
 * in each paragraph of a crowded chapter.
 */
const RUN_GROUPS = 2;

/**
 * The groups of a long chapter in runs that can be skipped while they are out of sight; null for a chapter that is not
 * long. A run ends between two plain paragraphs, which have no margin that could collapse with another's.
 */
export function runsOf(groups: readonly Group[]): Group[][] | null {
  if (groups.length < LONG_CHAPTER_GROUPS) return null;
  const runs: Group[][] = [];
  let run: Group[] = [];
  for (const group of groups) {
    const last = run.at(-1);
    if (run.length >= RUN_GROUPS && last !== undefined && isPlain(last) && isPlain(group)) {
      runs.push(run);
      run = [];
    }
    run.push(group);
  }
  return [...runs, run];
}

const isPlain = (group: Group): boolean => group.type === 'block' && group.block.type === 'paragraph';

function groupQuotes(blocks: readonly Block[], depth: number): Group[] {
  const groups: Group[] = [];
  let at = 0;
  while (at < blocks.length) {
    const quoted = (blocks[at]?.quoteDepth ?? 0) > depth;
    const start = at;
    while (at < blocks.length && (blocks[at]?.quoteDepth ?? 0) > depth === quoted) at += 1;
    const run = blocks.slice(start, at);
    if (quoted) groups.push({ type: 'quote', children: groupQuotes(run, depth + 1) });
    else groups.push(...groupLists(run));
  }
  return groups;
}

function groupLists(blocks: readonly Block[]): Group[] {
  const groups: Group[] = [];
  let items: ListItem[] = [];
  const close = () => {
    if (items.length > 0) groups.push(...listsOf(items));
    items = [];
  };
  for (const block of blocks) {
    if (block.type === 'listItem') items.push(block);
    else {
      close();
      groups.push({ type: 'block', block });
    }
  }
  close();
  return groups;
}

/** A list changes into another where numbers give way to bullets. */
function listsOf(items: readonly ListItem[]): Group[] {
  const lists: Extract<Group, { type: 'list' }>[] = [];
  let at = 0;
  while (at < items.length) {
    const block = items[at] as ListItem;
    const ordered = block.ordinal !== null;
    let next = at + 1;
    while (next < items.length && (items[next] as ListItem).depth > block.depth) next += 1;
    const item = { block, children: listsOf(items.slice(at + 1, next)) };
    const last = lists.at(-1);
    if (last?.ordered === ordered) last.items.push(item);
    else lists.push({ type: 'list', ordered, items: [item] });
    at = next;
  }
  return lists;
}
