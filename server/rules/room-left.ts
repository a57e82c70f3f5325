import { MARGIN_MAX_BYTES, MEMBER_MARGIN_MAX_BYTES } from '#shared/protocol/limits.ts';
import { refuse, type Refusal } from '#shared/protocol/refusal.ts';
import { annotationBytes, REACTION_BYTES, replyBytes } from '#shared/records/record-bytes.ts';
import type { ChapterId, MemberId } from '#shared/records/ids.ts';
import type { Change } from '#server/storage/store.ts';
import type { RoomFacts } from './facts.ts';

interface Growth {
  chapter: ChapterId;
  by: MemberId;
  bytes: number;
  /** A private note is in nobody else's way, so it counts for its author alone. */
  forAll: boolean;
}

/** By how much a change makes its chapter's margin heavier; null where it belongs to none. */
function growthOf(facts: RoomFacts, change: Change): Growth | null {
  switch (change.table) {
    case 'annotation': {
      const { row } = change;
      const before = facts.annotation(row.id);
      const bytes = annotationBytes(row) - (before === null ? 0 : annotationBytes(before));
      return { chapter: row.chapter, by: row.author, bytes, forAll: row.visibility === 'room' };
    }
    case 'reply': {
      const { row } = change;
      const thread = facts.annotation(row.annotation);
      const before = facts.reply(row.id);
      const bytes = replyBytes(row) - (before === null ? 0 : replyBytes(before));
      return thread && { chapter: thread.chapter, by: row.author, bytes, forAll: true };
    }
    case 'reaction': {
      const { target, member } = change.row;
      const reply = facts.reply(target);
      const thread = facts.annotation(reply?.annotation ?? target);
      return thread && { chapter: thread.chapter, by: member, bytes: change.on ? REACTION_BYTES : 0, forAll: true };
    }
    default:
      return null;
  }
}

/**
 * Why there is no room left for these changes; null when there is. What makes nothing heavier always fits, so that words
 * can be shortened, taken back and hidden in a margin that is full.
 */
export function noRoomLeft(facts: RoomFacts, changes: readonly Change[]): Refusal | null {
  for (const change of changes) {
    const growth = growthOf(facts, change);
    if (growth === null || growth.bytes <= 0) continue;
    const { chapter, by, bytes, forAll } = growth;
    if (facts.memberBytes(chapter, by) + bytes > MEMBER_MARGIN_MAX_BYTES) return refuse('too-many');
    if (forAll && facts.marginBytes(chapter) + bytes > MARGIN_MAX_BYTES) return refuse('too-many');
  }
  return null;
}
