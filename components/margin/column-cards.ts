import type { Passage } from '#shared/anchoring/anchor.ts';
import type { Standing } from './column-layout.ts';
import { CROWD_COST_LINES, foldCrowds } from './fold-crowds.ts';
import { noteCost, type TextLines } from './text-lines.ts';
import type { Thread } from './threads.ts';

/** What stands in the column: a note, a line that says how many more there are, or the note being begun. */
export type ColumnCard = Standing &
  (
    | { kind: 'note'; thread: Thread }
    | { kind: 'crowd'; threads: readonly Thread[]; sameBlock: boolean }
    | { kind: 'draft' }
  );

/** The entry under which a note that is being begun stands in the column. */
export const DRAFT_ENTRY = 'draft';
/** A note may be pushed this many lines of text from its words before it folds into a crowd. */
const REACH_LINES = 10;
/** A composer with its ink and audience. */
const DRAFT_COST_LINES = 7;

interface Seen {
  lines: TextLines;
  /** Whether anything hangs on the note beside replies. */
  isReactedTo: (note: string) => boolean;
  /** Notes that never fold. */
  keeps: (note: string) => boolean;
}

/** The cards of a column from its notes, which are in reading order. */
export function columnCards(notes: readonly Thread[], { lines, isReactedTo, keeps }: Seen): ColumnCard[] {
  const byId = new Map<string, Standing & { thread: Thread }>();
  const candidates = notes.flatMap((thread) => {
    const { annotation, replies } = thread;
    if (annotation.anchor === null) return [];
    const { id, body } = annotation;
    const { start, end } = annotation.anchor;
    const line = lines.of(start);
    const cost = noteCost(body, replies.length > 0 || isReactedTo(id));
    byId.set(id, { id, passage: { start, end }, line, cost, thread });
    return [{ id, block: start.block, line, cost, keep: keeps(id) }];
  });
  const noted = (id: string) => byId.get(id) ?? [];
  return foldCrowds(candidates, REACH_LINES).flatMap((entry): ColumnCard | ColumnCard[] => {
    if (entry.kind === 'note') return [noted(entry.id)].flat().map((note) => ({ ...note, kind: 'note' }));
    const folded = entry.ids.flatMap(noted);
    const [first] = folded;
    if (first === undefined) return [];
    const { passage, line } = first;
    const threads = folded.map(({ thread }) => thread);
    const { sameBlock } = entry;
    return { kind: 'crowd', id: `crowd-${first.id}`, passage, line, cost: CROWD_COST_LINES, threads, sameBlock };
  });
}

/** The same with the note being begun among them, at its words. */
export function withDraft(
  cards: readonly ColumnCard[],
  passage: Passage | null,
  lines: TextLines,
): readonly ColumnCard[] {
  if (passage === null) return cards;
  const line = lines.of(passage.start);
  const at = cards.findIndex((card) => card.line > line);
  const draft: ColumnCard = { kind: 'draft', id: DRAFT_ENTRY, passage, line, cost: DRAFT_COST_LINES };
  return cards.toSpliced(at < 0 ? cards.length : at, 0, draft);
}
