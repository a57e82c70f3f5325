'use client';

import { X } from 'lucide-react';
import type { SessionRecap } from '#shared/protocol/session.ts';
import { useNames, useRoom } from '#components/room/room-provider.tsx';
import { IconButton } from '#components/ui/icon-button.tsx';
import { QuestionSlip } from './question-slip.tsx';

const counted = (count: number, one: string, many: string): string =>
  `${count === 0 ? 'no' : count} ${count === 1 ? one : many}`;

/** What the session was, once it is over. */
export function RecapSlip({ recap }: { recap: SessionRecap }) {
  const room = useRoom();
  const names = useNames();
  return (
    <QuestionSlip role="status">
      <span>
        <b>The session is over.</b> {counted(recap.minutes, 'minute', 'minutes')},{' '}
        {counted(recap.people, 'person', 'people')}, {counted(recap.notes, 'note', 'notes')}, with{' '}
        {names.get(recap.lectern)} at the lectern.
      </span>
      <IconButton icon={X} small label="Close" onClick={() => room.dismissRecap()} />
    </QuestionSlip>
  );
}
