import type { MemberId } from '#shared/records/ids.ts';
import type { Margin } from './margin.ts';

/** What was written before the room since a time, and by whom: for the recap of a session. */
export function writtenSince(margins: Iterable<Margin>, since: number): { writers: Set<MemberId>; notes: number } {
  const writers = new Set<MemberId>();
  let notes = 0;
  const count = (author: MemberId): void => {
    writers.add(author);
    notes += 1;
  };
  for (const margin of margins) {
    for (const { visibility, createdAt, deleted, hidden, author } of margin.annotations.values()) {
      if (visibility === 'room' && createdAt >= since && !deleted && !hidden) count(author);
    }
    for (const { createdAt, deleted, hidden, author } of margin.replies.values()) {
      if (createdAt >= since && !deleted && !hidden) count(author);
    }
  }
  return { writers, notes };
}
