'use client';

import { createContext, type ReactNode, useContext, useMemo } from 'react';
import { useMe, useMembers, useNames, useRoomState } from '#components/room/room-provider.tsx';
import type { MemberId } from '#shared/records/ids.ts';
import type { Member } from '#shared/records/member.ts';
import { canModerate } from '#shared/records/roles.ts';
import type { Room } from '#shared/records/room.ts';

/** Who is who, worked out once for all cards of a margin. */
export interface People {
  room: Room;
  me: Member;
  moderates: boolean;
  member: (id: MemberId) => Member | null;
  /** The displayed name, in which two people of one name are told apart. */
  name: (id: MemberId) => string;
}

const PeopleContext = createContext<People | null>(null);

export function PeopleProvider({ children }: { children: ReactNode }) {
  const { room } = useRoomState();
  const me = useMe();
  const members = useMembers();
  const names = useNames();
  const people = useMemo(
    (): People => ({
      room,
      me,
      moderates: canModerate(me.role),
      member: (id) => members.get(id) ?? null,
      name: (id) => names.get(id) ?? 'Somebody',
    }),
    [room, me, members, names],
  );
  return <PeopleContext value={people}>{children}</PeopleContext>;
}

export function usePeople(): People {
  const people = useContext(PeopleContext);
  if (people === null) throw new Error('usePeople outside of a margin');
  return people;
}

/** Why one may not write what others see, as the sentence that stands instead of a composer; null when one may. */
export function whyNotWriting({ me, room, moderates }: People): string | null {
  if (me.muted) return 'A host has muted you. You can read on, and keep notes in pencil.';
  if (me.role === 'listener') return 'You are listening here. Ask a host to make you a reader.';
  if (room.locked && !moderates) return 'The room is locked. Nobody writes until a host opens it.';
  return null;
}

/** Listeners react; who is muted does not, and in a locked room only host and co-hosts do. */
export const mayReact = ({ me, room, moderates }: People): boolean => !me.muted && (!room.locked || moderates);
