import type { Passage } from '#shared/anchoring/anchor.ts';
import type { Standing } from './column-layout.ts';
import { type Candidate, type ColumnEntry, CROWD_COST_LINES, foldCrowds } from './fold-crowds.ts';
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
  /** Whether anything hangs on the note beside replies. */
  isReactedTo: (note: string) => boolean;
  /** Notes that do not stand: what came above and waits. */
  waits: (note: string) => boolean;
  /** Notes that never fold. */
  keeps: (note: string) => boolean;
}

type NoteAlone = Extract<ColumnCard, { kind: 'note' }>;

/** Makes the cards of a column from its notes; the card of a note that did not change is the same object again. */
export class CardMaker {
  readonly #lines: TextLines;
  readonly #made = new WeakMap<Thread, NoteAlone>();

  constructor(lines: TextLines) {
    this.#lines = lines;
  }

  /** `notes` are in reading order. */
  cardsOf(notes: readonly Thread[], { isReactedTo, waits, keeps }: Seen): ColumnCard[] {
    const byId = new Map<string, NoteAlone>();
    const candidates: Candidate[] = [];
    for (const thread of notes) {
      const { id, anchor } = thread.annotation;
      if (anchor === null || waits(id)) continue;
      const card = this.#cardOf(thread, anchor, isReactedTo(id));
      byId.set(id, card);
      candidates.push({ id, block: anchor.start.block, line: card.line, cost: card.cost, keep: keeps(id) });
    }
    const cards: ColumnCard[] = [];
    for (const entry of foldCrowds(candidates, REACH_LINES)) {
      const first = byId.get(entry.kind === 'note' ? entry.id : (entry.ids[0] ?? ''));
      if (first === undefined) continue;
      if (entry.kind === 'note') cards.push(first);
      else cards.push(crowdOf(first, entry, byId));
    }
    return cards;
  }

  #cardOf(thread: Thread, { start, end }: Passage, isReactedTo: boolean): NoteAlone {
    const { annotation, replies } = thread;
    const known = this.#made.get(thread);
    const cost = noteCost(annotation.body, replies.length > 0 || isReactedTo);
    if (known?.cost === cost) return known;
    const line = this.#lines.of(start);
    const card: NoteAlone = { kind: 'note', id: annotation.id, passage: { start, end }, line, cost, thread };
    this.#made.set(thread, card);
    return card;
  }
}

function crowdOf(
  first: NoteAlone,
  { ids, sameBlock }: Extract<ColumnEntry, { kind: 'crowd' }>,
  byId: ReadonlyMap<string, NoteAlone>,
): ColumnCard {
  const { id, passage, line } = first;
  const threads = ids.flatMap((one) => byId.get(one)?.thread ?? []);
  return { kind: 'crowd', id: `crowd-${id}`, passage, line, cost: CROWD_COST_LINES, threads, sameBlock };
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
