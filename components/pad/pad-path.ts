import type { BookId, RoomId } from '#shared/records/ids.ts';

export const padPath = (room: RoomId, book: BookId): string => `/rooms/${room}/pad/${book}`;

const PREFIX = '#says=';
/** An address need not hold a whole paragraph to find it by. */
const LINE_MAX_CHARS = 120;

/** The address of a line in a pad, by what it says: lines have no ids, and move as people write. Half an emoji is left out. */
export const lineFragment = (line: string): string =>
  `${PREFIX}${encodeURIComponent(line.slice(0, LINE_MAX_CHARS).replace(/\p{Cs}.*/su, ''))}`;

/** Null where the address names no line. */
export function lineOfFragment(hash: string): string | null {
  try {
    return hash.startsWith(PREFIX) ? decodeURIComponent(hash.slice(PREFIX.length)).trim() || null : null;
  } catch {
    return null;
  }
}
