'use client';

import { MemberFace } from '#components/room/member-face.tsx';
import { MemberMenu } from '#components/room/member-menu.tsx';
import { useNames, useRoomState } from '#components/room/room-provider.tsx';
import type { HereEntry } from './use-here.ts';

/** Everybody who is here in words, with the way to where each reads. */
export function HereList({ here }: { here: readonly HereEntry[] }) {
  const { session, you } = useRoomState();
  const names = useNames();
  return (
    <ul className="desk-people here-list">
      {here.map(({ member, present, where, goTo }) => (
        <li key={member.id}>
          <MemberFace member={member} size="small" atLectern={member.id === session?.lectern} />
          {goTo && member.id !== you ? (
            <button type="button" className="link" onClick={goTo}>
              {names.get(member.id)}
            </button>
          ) : (
            <span>
              {names.get(member.id)}
              {member.id === you ? ' (you)' : ''}
            </span>
          )}
          <span className="caption">{present.following ? 'follows' : where}</span>
          {member.id === you ? null : <MemberMenu member={member} name={names.get(member.id) ?? ''} />}
        </li>
      ))}
    </ul>
  );
}
