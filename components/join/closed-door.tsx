import { UnsentHere } from '#components/room/unsent-here.tsx';
import type { Refusal } from '#shared/protocol/refusal.ts';
import type { RoomId } from '#shared/records/ids.ts';
import { StatePage } from './state-page.tsx';
import { WayBack } from './way-back.tsx';

const toStart = <WayBack href="/">To the front page</WayBack>;

interface ClosedDoorProps {
  refusal: Refusal;
  /** The room that it leads to, where the door is a room's own: what was written there and not taken is shown. */
  room?: RoomId;
}

/** Why this browser does not get into a room. */
export function ClosedDoor({ refusal, room }: ClosedDoorProps) {
  const below = room === undefined ? null : <UnsentHere room={room} />;
  if (refusal.code === 'signed-out')
    return (
      <StatePage title="This browser is not in the room" actions={toStart} below={below}>
        Open the invitation again: the link you were sent leads in. If you are in the room on another device, make a
        link there for this one.
      </StatePage>
    );
  if (refusal.code === 'removed')
    return (
      <StatePage title="You have been removed from this room" actions={toStart} below={below}>
        Your notes stay with the room. If this was a mistake, ask its host to let you in again.
      </StatePage>
    );
  if (refusal.code === 'link-replaced')
    return (
      <StatePage title="This link was replaced" actions={toStart}>
        The room is still there. Ask whoever sent you the link for the new one.
      </StatePage>
    );
  return (
    <StatePage title="The way in is shut for now" actions={toStart}>
      {refusal.message}
    </StatePage>
  );
}
