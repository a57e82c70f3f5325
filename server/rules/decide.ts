import type { Command, CommandKind } from '#shared/protocol/command.ts';
import { refuse, type Refusal } from '#shared/protocol/refusal.ts';
import type { Member } from '#shared/records/member.ts';
import {
  createAnnotation,
  deleteAnnotation,
  editAnnotation,
  reattachAnnotation,
  undeleteAnnotation,
} from './annotation.ts';
import type { AnyRule, Decision, RoomFacts, Rule } from './facts.ts';
import {
  hideRecord,
  lockRoom,
  muteMember,
  readmitMember,
  removeMember,
  restoreRecord,
  setMemberRole,
} from './moderation.ts';
import { toggleReaction } from './reaction.ts';
import { noRoomLeft } from './room-left.ts';
import { createReply, deleteReply, editReply, undeleteReply } from './reply.ts';
import { describeSelf, keepPlace } from './self.ts';
import {
  endSession,
  handOverSession,
  lowerHand,
  raiseHand,
  setSpotlight,
  startSession,
  summonAll,
  takeSession,
} from './session.ts';
import { moveBook, removeBook, renameBook } from './shelf.ts';

const rules: { [Kind in CommandKind]: Rule<Kind> } = {
  'annotation.create': createAnnotation,
  'annotation.edit': editAnnotation,
  'annotation.delete': deleteAnnotation,
  'annotation.undelete': undeleteAnnotation,
  'annotation.reattach': reattachAnnotation,
  'reply.create': createReply,
  'reply.edit': editReply,
  'reply.delete': deleteReply,
  'reply.undelete': undeleteReply,
  'reaction.toggle': toggleReaction,
  'record.hide': hideRecord,
  'record.restore': restoreRecord,
  'member.mute': muteMember,
  'member.role': setMemberRole,
  'member.remove': removeMember,
  'member.readmit': readmitMember,
  'room.lock': lockRoom,
  'self.describe': describeSelf,
  'self.place': keepPlace,
  'session.start': startSession,
  'session.end': endSession,
  'session.hand-over': handOverSession,
  'session.take': takeSession,
  'session.spotlight': setSpotlight,
  'session.summon': summonAll,
  'hand.raise': raiseHand,
  'hand.lower': lowerHand,
  'book.remove': removeBook,
  'book.rename': renameBook,
  'book.move': moveBook,
};

/**
 * Decides one command of one member as the room stands now: rows to write and effects to carry out, or a refusal. Pure;
 * roles, ownership, moderation, limits and the host's switches are asked here at each command and nowhere else.
 */
export function decide(facts: RoomFacts, member: Member, command: Command): Decision | Refusal {
  if (member.removed) return refuse('removed');
  const decision = (rules[command.kind] as AnyRule)(facts, member, command);
  return decision.ok ? (noRoomLeft(facts, decision.changes) ?? decision) : decision;
}
