import { refuse, type Refusal } from '#shared/protocol/refusal.ts';
import type { TargetId } from '#shared/records/annotation.ts';
import type { MemberId } from '#shared/records/ids.ts';
import type { Member } from '#shared/records/member.ts';
import { allow, type Decision, type Effect, type RoomFacts, type Rule } from './facts.ts';
import { targetInRoom } from './records-in-sight.ts';
import { cannotModerate } from './standing.ts';

function setHidden(facts: RoomFacts, member: Member, id: TargetId, hidden: boolean): Decision | Refusal {
  const barred = cannotModerate(member);
  if (barred) return barred;
  const target = targetInRoom(facts, id);
  if (target === null) return refuse('not-found');
  if (target.record.hidden === hidden) return allow();
  return target.kind === 'annotation'
    ? allow([{ table: 'annotation', row: { ...target.record, hidden } }])
    : allow([{ table: 'reply', row: { ...target.record, hidden } }]);
}

export const hideRecord: Rule<'record.hide'> = (facts, member, command) =>
  setHidden(facts, member, command.target, true);

export const restoreRecord: Rule<'record.restore'> = (facts, member, command) =>
  setHidden(facts, member, command.target, false);

/** The member to act on: nobody acts on the host, and only the host acts on a co-host. */
function subjectOf(facts: RoomFacts, by: Member, id: MemberId): { ok: true; subject: Member } | Refusal {
  const barred = cannotModerate(by);
  if (barred) return barred;
  const subject = facts.member(id);
  if (subject === null) return refuse('not-found');
  if (subject.role === 'host') return refuse('host-stays');
  if (subject.role === 'cohost' && by.role !== 'host') return refuse('host-only');
  return { ok: true, subject };
}

export const muteMember: Rule<'member.mute'> = (facts, member, command) => {
  const found = subjectOf(facts, member, command.member);
  if (!found.ok) return found;
  if (found.subject.muted === command.muted) return allow();
  return allow([{ table: 'member', row: { ...found.subject, muted: command.muted } }]);
};

export const setMemberRole: Rule<'member.role'> = (facts, member, command) => {
  const found = subjectOf(facts, member, command.member);
  if (!found.ok) return found;
  if (command.role === 'cohost' && member.role !== 'host') return refuse('host-only');
  if (found.subject.role === command.role) return allow();
  return allow([{ table: 'member', row: { ...found.subject, role: command.role } }]);
};

export const removeMember: Rule<'member.remove'> = (facts, member, command) => {
  const found = subjectOf(facts, member, command.member);
  if (!found.ok) return found;
  if (found.subject.removed) return allow();
  const effects: Effect[] = [{ kind: 'expelled', member: command.member }];
  if (facts.session?.hands.some((hand) => hand.member === command.member)) {
    const hands = facts.session.hands.filter((hand) => hand.member !== command.member);
    effects.push({ kind: 'session-patched', patch: { hands } });
  }
  return allow([{ table: 'member', row: { ...found.subject, removed: true } }], effects);
};

export const readmitMember: Rule<'member.readmit'> = (facts, member, command) => {
  const found = subjectOf(facts, member, command.member);
  if (!found.ok) return found;
  if (!found.subject.removed) return allow();
  return allow([{ table: 'member', row: { ...found.subject, removed: false } }]);
};

export const lockRoom: Rule<'room.lock'> = (facts, member, command) => {
  const barred = cannotModerate(member);
  if (barred) return barred;
  if (facts.room.locked === command.locked) return allow();
  return allow([{ table: 'room', row: { ...facts.room, locked: command.locked } }]);
};
