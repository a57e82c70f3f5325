'use client';

import { faceOf, MemberFace } from '#components/room/member-face.tsx';
import { MemberMenu } from '#components/room/member-menu.tsx';
import { useNames, useRoomState } from '#components/room/room-provider.tsx';
import { Faces } from '#components/ui/face.tsx';
import { Popover } from '#components/ui/popover.tsx';
import { useHere } from './use-here.ts';

const FACES_IN_HEAD = 4;

/** Who is here: a hand of faces in the head, and behind it the list in words that jumps to where each reads. */
export function Here() {
  const { session, you } = useRoomState();
  const names = useNames();
  const here = useHere();
  const faces = here
    .filter(({ member }) => member.id !== you)
    .map(({ member }) => faceOf(member, names.get(member.id) ?? '', member.id === session?.lectern));
  return (
    <Popover
      label="Who is here"
      trigger={
        <button type="button" className="here-button" aria-label={`Who is here: ${here.length}`}>
          {faces.length === 0 ? (
            <span className="caption">Only you</span>
          ) : (
            <Faces most={FACES_IN_HEAD} faces={faces} />
          )}
        </button>
      }
    >
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
    </Popover>
  );
}
