'use client';

import Link from 'next/link';
import { useMembers, useNames, useRoomState, useSession } from '#components/room/room-provider.tsx';
import { Manicule } from '#components/ui/ornaments.tsx';
import { chapterPath } from '#components/session/chapter-path.ts';
import { Elapsed } from '#components/session/elapsed.tsx';

/** Says that a session is running, who leads it and where, and lets one in. Nothing when there is none. */
export function SessionStrip() {
  const { room, books } = useRoomState();
  const session = useSession();
  const names = useNames();
  const members = useMembers();
  if (session === null) return null;
  const chapter = books.flatMap((book) => book.chapters).find((one) => one.id === session.chapter);
  const leader = members.get(session.lectern);
  return (
    <section className="session-strip" aria-label="Session">
      <span className="when">
        <Manicule />
        <b>{session.waiting ? 'Waiting' : 'Live now'}</b>
      </span>
      <span className="what">
        {chapter ? <i className="read">{chapter.title}</i> : null}
        {leader ? `, with ${names.get(leader.id) ?? leader.name} at the lectern` : null}
      </span>
      <span className="caption here">
        <Elapsed since={session.startedAt} />
      </span>
      <span className="acts">
        <Link className="btn lectern" href={chapterPath(room.id, session.chapter)}>
          Come in
        </Link>
      </span>
    </section>
  );
}
