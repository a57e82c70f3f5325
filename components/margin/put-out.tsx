'use client';

import { useRoomState } from '#components/room/room-provider.tsx';
import { UnsentHere } from '#components/room/unsent-here.tsx';
import { Button } from '#components/ui/button.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';

/** One was put out of the room for good: why, and the words that nobody got. */
export function PutOut({ code }: { code: 'removed' | 'signed-out' }) {
  const { room } = useRoomState();
  return (
    <div className="put-out" role="alertdialog" aria-modal="true" aria-label="You are out of the room">
      <div>
        <EmptyState
          level={1}
          title={
            code === 'removed' ? `You have been removed from ${room.title}` : 'This browser is not in the room any more'
          }
          actions={<Button onClick={() => location.assign('/')}>To the front page</Button>}
        >
          {code === 'removed'
            ? 'Your notes stay with the room. Ask a host if this was a mistake.'
            : 'Open the invitation again, or use the link from your other device.'}
        </EmptyState>
        <UnsentHere room={room.id} />
      </div>
    </div>
  );
}
