import type { Position } from '#shared/anchoring/anchor.ts';
import type { MemberId } from '#shared/records/ids.ts';

export interface LaneSpot {
  /** Pixels from the top of the text. */
  top: number;
  members: MemberId[];
  position: Position;
}

/** Faces nearer than this would cover each other. */
const FACE_PX = 30;

/**
 * Readers gathered into spots down the side of the text: those within a face's height of each other share one. Sorted
 * from the top; the first of a spot gives its place.
 */
export function laneSpots(readers: readonly { member: MemberId; position: Position; top: number }[]): LaneSpot[] {
  const spots: LaneSpot[] = [];
  for (const reader of [...readers].sort((a, b) => a.top - b.top || (a.member < b.member ? -1 : 1))) {
    const last = spots.at(-1);
    if (last !== undefined && reader.top - last.top < FACE_PX) last.members.push(reader.member);
    else spots.push({ top: reader.top, members: [reader.member], position: reader.position });
  }
  return spots;
}
