import type { Anchor, Passage, Position } from '#shared/anchoring/anchor.ts';
import type { TextBlock } from '#shared/anchoring/flat-text.ts';
import type { Carried } from '#shared/anchoring/re-anchor.ts';

/** What is to be carried from one text of a chapter into another. */
export interface CarryOrder {
  before: TextBlock[];
  after: TextBlock[];
  anchors: Anchor[];
  /** Where readers stopped. */
  positions: Position[];
  /** Where a session stands: a passage that is somewhere, whatever became of its words. */
  stretches: Passage[];
}

/** Answers in the order of what was asked; `changed` counts the blocks of the new text that hold other words. */
export interface CarryReport {
  anchors: Carried[];
  positions: Position[];
  stretches: (Passage | null)[];
  changed: number;
}
