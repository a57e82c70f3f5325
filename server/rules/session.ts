import { checkPassage } from '#shared/anchoring/quote.ts';
import type { Passage } from '#shared/anchoring/anchor.ts';
import { refuse, type Refusal } from '#shared/protocol/refusal.ts';
import type { Session } from '#shared/protocol/session.ts';
import type { ChapterId, CommandId, SessionId } from '#shared/records/ids.ts';
import { sessionIdSchema } from '#shared/records/id-schemas.ts';
import type { Member } from '#shared/records/member.ts';
import { canModerate } from '#shared/records/roles.ts';
import type { Change, StoredSession } from '#server/storage/store.ts';
import { allow, type RoomFacts, type Rule } from './facts.ts';
import { cannotModerate } from './standing.ts';

// One start makes one session, so its command's id serves for both and the rule stays pure.
const sessionIdOf = (command: CommandId): SessionId => sessionIdSchema.parse(command);

/** The row of a session. Raised hands are in memory only: after a restart people raise them again. */
function rowOf(session: Session, endedAt: number | null = null): Change {
  const row: StoredSession = { ...session, hands: [], endedAt };
  return { table: 'session', row };
}

function cannotStandAt(facts: RoomFacts, chapter: ChapterId, passage: Passage): Refusal | null {
  const text = facts.chapter(chapter);
  if (text === null) return refuse('not-found');
  const checked = checkPassage(text.blocks, passage);
  return typeof checked === 'string' ? refuse(checked) : null;
}

/** The session, if this member holds its lectern and still has a role that may. */
function heldBy(facts: RoomFacts, member: Member): { ok: true; session: Session } | Refusal {
  if (facts.session === null) return refuse('no-session');
  if (facts.session.lectern !== member.id || !canModerate(member.role)) return refuse('not-at-lectern');
  return { ok: true, session: facts.session };
}

export const startSession: Rule<'session.start'> = (facts, member, command) => {
  const barred = cannotModerate(member);
  if (barred) return barred;
  if (facts.session !== null) return refuse('session-running');
  const misplaced = cannotStandAt(facts, command.chapter, command.place);
  if (misplaced) return misplaced;
  const session: Session = {
    id: sessionIdOf(command.id),
    lectern: member.id,
    waiting: false,
    startedAt: facts.now,
    chapter: command.chapter,
    place: command.place,
    spotlight: null,
    hands: [],
  };
  return allow([rowOf(session)], [{ kind: 'session-started', session }]);
};

export const endSession: Rule<'session.end'> = (facts, member) => {
  if (facts.session === null) return refuse('no-session');
  if (member.role !== 'host') {
    const held = heldBy(facts, member);
    if (!held.ok) return held;
  }
  return allow([rowOf(facts.session, facts.now)], [{ kind: 'session-ended' }]);
};

export const handOverSession: Rule<'session.hand-over'> = (facts, member, command) => {
  const held = heldBy(facts, member);
  if (!held.ok) return held;
  const next = facts.member(command.member);
  if (next === null || next.removed) return refuse('not-found');
  const barred = cannotModerate(next);
  if (barred) return barred;
  const patch = { lectern: next.id };
  return allow([rowOf({ ...held.session, ...patch })], [{ kind: 'session-patched', patch }]);
};

export const takeSession: Rule<'session.take'> = (facts, member) => {
  const barred = cannotModerate(member);
  if (barred) return barred;
  const { session } = facts;
  if (session === null) return refuse('no-session');
  if (session.lectern === member.id) return allow();
  if (!session.waiting && member.role !== 'host') return refuse('lectern-taken');
  const patch = { lectern: member.id };
  return allow([rowOf({ ...session, ...patch })], [{ kind: 'session-patched', patch }]);
};

export const setSpotlight: Rule<'session.spotlight'> = (facts, member, command) => {
  const held = heldBy(facts, member);
  if (!held.ok) return held;
  const { chapter } = held.session;
  const misplaced = command.passage === null ? null : cannotStandAt(facts, chapter, command.passage);
  if (misplaced) return misplaced;
  const patch = { spotlight: command.passage === null ? null : { chapter, passage: command.passage } };
  return allow([rowOf({ ...held.session, ...patch })], [{ kind: 'session-patched', patch }]);
};

export const summonAll: Rule<'session.summon'> = (facts, member) => {
  const held = heldBy(facts, member);
  return held.ok ? allow([], [{ kind: 'summoned', by: member.id }]) : held;
};

export const raiseHand: Rule<'hand.raise'> = (facts, member, command) => {
  if (facts.session === null) return refuse('no-session');
  // Its note is read by everybody; taking the hand down is always possible.
  if (command.raised && member.muted) return refuse('muted');
  const raised = facts.session.hands.find((hand) => hand.member === member.id);
  const others = facts.session.hands.filter((hand) => hand !== raised);
  if (!command.raised) return allow([], raised ? [{ kind: 'session-patched', patch: { hands: others } }] : []);
  if (raised?.note === command.note) return allow();
  // Who changes their word keeps their turn.
  const hand = { member: member.id, note: command.note, raisedAt: raised?.raisedAt ?? facts.now };
  const hands = [...others, hand].toSorted((a, b) => a.raisedAt - b.raisedAt);
  return allow([], [{ kind: 'session-patched', patch: { hands } }]);
};

export const lowerHand: Rule<'hand.lower'> = (facts, member, command) => {
  const barred = cannotModerate(member);
  if (barred) return barred;
  if (facts.session === null) return refuse('no-session');
  const hands = facts.session.hands.filter((hand) => hand.member !== command.member);
  return allow([], hands.length < facts.session.hands.length ? [{ kind: 'session-patched', patch: { hands } }] : []);
};
