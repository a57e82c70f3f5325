'use client';

import { useRouter } from 'next/navigation';
import { useCallback, useEffect, useRef, useState } from 'react';
import { rangeOf } from '#components/reader/dom-positions.ts';
import type { SessionId } from '#shared/records/ids.ts';
import { useReading } from '#components/reader/reading-context.tsx';
import { useRoom, useRoomState } from '#components/room/room-provider.tsx';
import { chapterPath } from './chapter-path.ts';
import { isWriting, onLeaveSignal } from './leave-signals.ts';

export interface Follow {
  following: boolean;
  follow: () => void;
  leave: () => void;
}

/** What this tab chose for a session: it must outlive a change of chapter and a reload. */
const CHOICE_KEY = 'lectern-follow';

const rememberedChoice = (session: SessionId): boolean | null => {
  const [of, choice] = sessionStorage.getItem(CHOICE_KEY)?.split(':') ?? [];
  return of === session ? choice === 'yes' : null;
};

const remember = (session: SessionId, following: boolean): void =>
  sessionStorage.setItem(CHOICE_KEY, `${session}:${following ? 'yes' : 'no'}`);

/**
 * Keeps a reader with the lectern. A session takes along whoever is on its chapter when it begins and whoever comes in
 * while it runs, unless they are writing; leaving is one gesture and moves nothing, returning is one tap. The page moves
 * only when the host's sentence has left the middle third of the screen.
 */
export function useFollow(): Follow {
  const room = useRoom();
  const router = useRouter();
  const { goTo, text, chapter } = useReading();
  const {
    session,
    you,
    room: { id: roomId },
  } = useRoomState();
  const [following, setFollowing] = useState(false);
  const decided = useRef<string | null>(null);
  const canFollow = session !== null && session.lectern !== you;
  const sessionId = session?.id ?? null;
  const sessionChapter = session?.chapter ?? null;

  useEffect(() => {
    if (sessionId === null || !canFollow) {
      setFollowing(false);
      return;
    }
    if (decided.current === sessionId) return;
    decided.current = sessionId;
    setFollowing(rememberedChoice(sessionId) ?? (sessionChapter === chapter.id && !isWriting()));
  }, [sessionId, sessionChapter, canFollow, chapter.id]);

  const leave = useCallback(() => {
    setFollowing(false);
    if (sessionId !== null) remember(sessionId, false);
  }, [sessionId]);
  const follow = useCallback(() => {
    setFollowing(true);
    if (sessionId !== null) remember(sessionId, true);
    if (session !== null && session.chapter === chapter.id) goTo(session.place, 'glide');
  }, [sessionId, session, chapter.id, goTo]);

  useEffect(() => room.report({ following }), [room, following]);
  useEffect(() => (following ? onLeaveSignal(leave) : undefined), [following, leave]);

  useEffect(() => {
    if (!following || session === null) return;
    if (session.chapter !== chapter.id) {
      router.push(chapterPath(roomId, session.chapter));
      return;
    }
    const root = text();
    const range = root && rangeOf(root, session.place);
    if (range && !isInMiddleThird(range.getBoundingClientRect())) goTo(session.place, 'glide');
  }, [following, session, chapter.id, goTo, text, router, roomId]);

  return { following: following && canFollow, follow, leave };
}

const isInMiddleThird = (rect: DOMRect): boolean => rect.top >= innerHeight / 6 && rect.bottom <= (innerHeight * 2) / 3;
