/** A note that would like to stand in the column; `line` and `cost` in lines of the text, `line` from the chapter's top. */
export interface Candidate {
  id: string;
  block: string;
  line: number;
  cost: number;
  /** The chosen one, one's own unsaved ones, and those of an opened crowd always stand. */
  keep: boolean;
}

export type ColumnEntry = { kind: 'note'; id: string } | { kind: 'crowd'; ids: string[]; sameBlock: boolean };

export const CROWD_COST_LINES = 1.4;
/** A crowd ends where a note could stand this near to its own words again. */
const NEAR_LINES = 1;

/**
 * Which notes stand and which become 'n more' lines: a note that its predecessors would push further than `reach` lines
 * from its words is folded, and so are those after it until there is room again. It counts with lines, not with pixels,
 * so it is the same on every screen and needs no layout. Nothing is folded alone: a line for one note saves no room.
 */
export function foldCrowds(candidates: readonly Candidate[], reach: number): ColumnEntry[] {
  const entries: ColumnEntry[] = [];
  let crowd: Candidate[] = [];
  let floor = 0;

  const endCrowd = (): void => {
    const [first, ...others] = crowd;
    if (first === undefined) return;
    if (others.length === 0) {
      entries.push({ kind: 'note', id: first.id });
      floor += first.cost - CROWD_COST_LINES;
    } else {
      const sameBlock = others.every((other) => other.block === first.block);
      entries.push({ kind: 'crowd', ids: crowd.map(({ id }) => id), sameBlock });
    }
    crowd = [];
  };

  for (const candidate of candidates) {
    const pushed = floor - candidate.line;
    if (!candidate.keep && pushed > (crowd.length > 0 ? NEAR_LINES : reach)) {
      if (crowd.length === 0) floor += CROWD_COST_LINES;
      crowd.push(candidate);
      continue;
    }
    endCrowd();
    entries.push({ kind: 'note', id: candidate.id });
    floor = Math.max(floor, candidate.line) + candidate.cost;
  }
  endCrowd();
  return entries;
}
