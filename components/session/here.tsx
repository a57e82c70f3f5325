'use client';

import { faceOf } from '#components/room/member-face.tsx';
import { useNames, useRoomState } from '#components/room/room-provider.tsx';
import { comesLater } from '#components/ui/comes-later.tsx';
import { Faces } from '#components/ui/face.tsx';
import { Popover } from '#components/ui/popover.tsx';
import { useHere } from './use-here.ts';

const HereList = comesLater(async () => (await import('./here-list.tsx')).HereList);

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
      <HereList here={here} />
    </Popover>
  );
}
