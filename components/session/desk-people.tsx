'use client';

import { Users } from 'lucide-react';
import { MemberMenu } from '#components/room/member-menu.tsx';
import { MemberFace } from '#components/room/member-face.tsx';
import { useNames, useRoomState } from '#components/room/room-provider.tsx';
import { Icon } from '#components/ui/icon.tsx';
import { useHere } from './use-here.ts';

/** Everyone who is here, how they read, and what the holder of the lectern may do about it. */
export function DeskPeople() {
  const { you } = useRoomState();
  const names = useNames();
  const here = useHere();
  return (
    <section className="people-sec">
      <h3>
        <Icon of={Users} /> People <span className="num caption">{here.length}</span>
      </h3>
      <ul className="desk-people">
        {here.map(({ member, present, where, goTo }) => (
          <li key={member.id}>
            <MemberFace member={member} size="small" />
            <span>{member.id === you ? `${names.get(member.id)} (you)` : names.get(member.id)}</span>
            <span className="caption">{present.following ? 'follows' : where}</span>
            {member.id === you ? null : <MemberMenu member={member} name={names.get(member.id) ?? ''} onGoTo={goTo} />}
          </li>
        ))}
      </ul>
    </section>
  );
}
