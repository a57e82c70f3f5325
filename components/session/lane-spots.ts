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
/** The lectern's face is larger and has its hand beside it. */
const LECTERN_FACE_PX = 36;

/**
 * Readers gathered into spots down the side of the text: those within a face's height of each other share one. Sorted
 * from the top; the first of a spot gives its place. Whoever reads at the lectern's line, as all do who follow, stands under
 * the lectern's face at `lecternTop`.
 */
export function laneSpots(
  readers: readonly { member: MemberId; position: Position; top: number }[],
  lecternTop: number | null,
): LaneSpot[] {
  const spots: LaneSpot[] = [];
  const placed = readers.map((reader) => ({ ...reader, top: besideLectern(reader.top, lecternTop) }));
  for (const reader of placed.sort((a, b) => a.top - b.top || (a.member < b.member ? -1 : 1))) {
    const last = spots.at(-1);
    if (last !== undefined && reader.top - last.top < FACE_PX) last.members.push(reader.member);
    else spots.push({ top: reader.top, members: [reader.member], position: reader.position });
  }
  return spots;
}

const besideLectern = (top: number, lecternTop: number | null): number =>
  lecternTop !== null && Math.abs(top - lecternTop) < LECTERN_FACE_PX ? lecternTop + LECTERN_FACE_PX : top;
