'use client';

import { Hand as HandIcon, X } from 'lucide-react';
import type { Hand } from '#shared/protocol/session.ts';
import { canModerate } from '#shared/records/roles.ts';
import { MemberFace } from '#components/room/member-face.tsx';
import { useMe, useMembers, useNames, useRoom, useSession } from '#components/room/room-provider.tsx';
import { Button } from '#components/ui/button.tsx';
import { Icon } from '#components/ui/icon.tsx';
import { IconButton } from '#components/ui/icon-button.tsx';
import { Popover } from '#components/ui/popover.tsx';
import { Elapsed } from './elapsed.tsx';

/** The queue of raised hands, first come first, with the way to lower each. */
export function HandList({ hands }: { hands: readonly Hand[] }) {
  const room = useRoom();
  const members = useMembers();
  const names = useNames();
  return (
    <ul className="desk-hands">
      {hands.map(({ member: id, note, raisedAt }) => {
        const member = members.get(id);
        const name = names.get(id) ?? '';
        if (member === undefined) return null;
        return (
          <li key={id}>
            <MemberFace member={member} size="small" />
            <span>
              {name}
              {note === '' ? null : <span className="caption">{note}</span>}
            </span>
            <Elapsed since={raisedAt} />
            <IconButton
              icon={X}
              small
              label={`Lower ${name}’s hand`}
              onClick={() => void room.send({ kind: 'hand.lower', member: id })}
            />
          </li>
        );
      })}
    </ul>
  );
}

/** The queue, for whoever may lower a hand. */
function useHandsToSee(): readonly Hand[] {
  const me = useMe();
  const session = useSession();
  return session !== null && canModerate(me.role) ? session.hands : [];
}

/** The same queue behind a count in the foot, on pages with no room left of the lane. */
export function HandsButton() {
  const hands = useHandsToSee();
  if (hands.length === 0) return null;
  const says = hands.length === 1 ? 'One hand is up' : `${hands.length} hands are up`;
  return (
    <Popover
      label="Raised hands"
      side="top"
      trigger={
        <Button className="hands-button" kind="lectern line" size="small" title={says} aria-label={says}>
          <Icon of={HandIcon} /> <span className="num">{hands.length}</span>
        </Button>
      }
    >
      <HandList hands={hands} />
    </Popover>
  );
}

/** Hands at the lower left, for host and co-hosts, while the desk is not open. */
export function Hands() {
  const hands = useHandsToSee();
  if (hands.length === 0) return null;
  return (
    <aside className="hands" aria-label="Raised hands">
      <h2>
        <Icon of={HandIcon} /> Hands <span className="num count">{hands.length}</span>
      </h2>
      <HandList hands={hands} />
    </aside>
  );
}
