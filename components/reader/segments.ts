import type { Mark } from '#shared/text/block.ts';

/** Something laid over `[start, end)` of one block: an annotation's part in it. */
export interface Stretch {
  id: string;
  start: number;
  end: number;
}

/**
 * A run of text under the same marks and the same notes throughout. `notes` are ordered from the outermost to the
 * innermost: what begins earlier, and is longer, lies beneath.
 */
export interface Segment<Note extends Stretch> {
  start: number;
  end: number;
  marks: readonly Mark[];
  notes: readonly Note[];
}

/** Beneath first: earlier start, then later end, then by id, so that every browser stacks alike. */
export const beneathFirst = (a: Stretch, b: Stretch): number =>
  a.start - b.start || b.end - a.end || (a.id < b.id ? -1 : 1);

/** Whether a mark stands between two characters: a note's number, the beginning of a printed page. */
export const isPoint = (mark: Mark): mark is Extract<Mark, { type: 'noteref' | 'page' }> =>
  mark.type === 'noteref' || mark.type === 'page';

interface Edge {
  at: number;
  opens: boolean;
  mark: Mark | null;
  note: number;
}

/**
 * Splits `[0, length)` wherever a mark or a note begins or ends, or a mark stands between two characters; together the segments give back the text exactly, and
 * none is empty. Whatever reaches over the end is cut there. One sweep over sorted edges: O(n log n) in marks and notes,
 * plus what overlaps.
 */
export function segmentsOf<Note extends Stretch>(
  length: number,
  marks: readonly Mark[],
  notes: readonly Note[],
): Segment<Note>[] {
  if (length === 0) return [];
  const ordered = [...notes].sort(beneathFirst);
  const edges: Edge[] = [];
  const addEdges = (start: number, end: number, mark: Mark | null, note: number) => {
    const from = Math.max(0, start);
    const to = Math.min(length, end);
    if (mark !== null && isPoint(mark) && from === start) edges.push({ at: from, opens: false, mark, note });
    if (from >= to) return;
    edges.push({ at: from, opens: true, mark, note }, { at: to, opens: false, mark, note });
  };
  for (const mark of marks) addEdges(mark.start, mark.end, mark, -1);
  for (const [index, note] of ordered.entries()) addEdges(note.start, note.end, null, index);
  edges.sort((a, b) => a.at - b.at);

  const segments: Segment<Note>[] = [];
  const openMarks = new Set<Mark>();
  const openNotes = new Set<number>();
  let from = 0;
  const cut = (to: number) => {
    if (to <= from) return;
    const under = [...openNotes].sort((a, b) => a - b).flatMap((index) => ordered[index] ?? []);
    segments.push({ start: from, end: to, marks: [...openMarks], notes: under });
    from = to;
  };
  for (const { at, opens, mark, note } of edges) {
    cut(at);
    if (mark !== null) {
      if (opens) openMarks.add(mark);
      else openMarks.delete(mark);
    } else if (opens) openNotes.add(note);
    else openNotes.delete(note);
  }
  cut(length);
  return segments;
}
