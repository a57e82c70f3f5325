'use client';

import { ArrowDown, ArrowUp } from 'lucide-react';
import { useLayoutEffect, useState } from 'react';
import type { Session } from '#shared/protocol/session.ts';
import { canModerate } from '#shared/records/roles.ts';
import { rangeOf } from '#components/reader/dom-positions.ts';
import { useReading } from '#components/reader/reading-context.tsx';
import { MemberFace } from '#components/room/member-face.tsx';
import { useMe, useMembers, useNames, useRoom, useRoomState, useSlice } from '#components/room/room-provider.tsx';
import { Button } from '#components/ui/button.tsx';
import { Icon } from '#components/ui/icon.tsx';
import { Manicule } from '#components/ui/ornaments.tsx';
import { QuestionSlip } from './question-slip.tsx';
import type { Follow } from './use-follow.ts';

/**
 * Who is followed, always in sight while a session runs: 'Following Mara' with a way out, or how far on she is with a way
 * back, or that her connection dropped and the session waits.
 */
export function FollowSlip({ follow }: { follow: Follow }) {
  const { session, you } = useRoomState();
  const member = useMembers().get(session?.lectern ?? you);
  const name = useNames().get(session?.lectern ?? you) ?? '';
  if (session === null || member === undefined || session.lectern === you) return null;
  if (session.waiting) return <WaitingSlip name={name} />;
  if (follow.following) {
    return (
      <div className="follow" role="status">
        <Manicule />
        <span>
          Following <b>{name}</b>
        </span>
        <Button onClick={follow.leave}>
          Leave <kbd>Esc</kbd>
        </Button>
      </div>
    );
  }
  return (
    <div className="follow left" role="status">
      <MemberFace member={member} atLectern size="small" />
      <ReturnLine session={session} name={name} follow={follow} />
    </div>
  );
}

function ReturnLine({ session, name, follow }: { session: Session; name: string; follow: Follow }) {
  const { chapter, book } = useReading();
  const lines = useLinesAway(session);
  if (session.chapter !== chapter.id) {
    const title = book.chapters.find((entry) => entry.id === session.chapter)?.title ?? 'another book';
    return (
      <>
        <span className="who">{name}</span>
        <span>
          reads <i className="read">{title}</i>
        </span>
        <Button kind="lectern" onClick={follow.follow}>
          Go there
        </Button>
      </>
    );
  }
  return (
    <>
      <span className="who">{name}</span>
      <span className="whole">{lines === 0 ? 'reads here' : `is ${wordsForLines(lines)}`}</span>
      <Button kind="lectern" onClick={follow.follow}>
        {lines === 0 ? null : <Icon of={lines > 0 ? ArrowDown : ArrowUp} />} {lines === 0 ? 'Follow' : 'Return'}
      </Button>
    </>
  );
}

const wordsForLines = (lines: number): string => {
  const count = Math.abs(lines);
  return `${count} ${count === 1 ? 'line' : 'lines'} ${lines > 0 ? 'on' : 'back'}`;
};

/** Lines between one's own reading line and the host's sentence; positive when the host is further on. */
function useLinesAway(session: Session): number {
  const { chapter, text, place } = useReading();
  const here = useSlice(place);
  const [lines, setLines] = useState(0);
  useLayoutEffect(() => {
    const root = text();
    if (root === null || here === null || session.chapter !== chapter.id) return;
    const mine = rangeOf(root, here.sentence)?.getBoundingClientRect().top;
    const theirs = rangeOf(root, session.place)?.getBoundingClientRect().top;
    const leading = Number.parseFloat(getComputedStyle(root).lineHeight);
    if (mine !== undefined && theirs !== undefined && leading > 0) setLines(Math.round((theirs - mine) / leading));
  }, [here, session, chapter.id, text]);
  return lines;
}

function WaitingSlip({ name }: { name: string }) {
  const room = useRoom();
  const me = useMe();
  return (
    <QuestionSlip role="status">
      <span>
        <b>{name}’s connection dropped.</b> The session waits.
      </span>
      {canModerate(me.role) ? (
        <Button kind="lectern" onClick={() => void room.send({ kind: 'session.take' })}>
          Take the lectern
        </Button>
      ) : null}
    </QuestionSlip>
  );
}
