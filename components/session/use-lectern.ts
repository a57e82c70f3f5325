'use client';

import { useEffect } from 'react';
import type { Passage } from '#shared/anchoring/anchor.ts';
import { useReading } from '#components/reader/reading-context.tsx';
import { useConnection, useRoom, useRoomState } from '#components/room/room-provider.tsx';

/** Four places a second are enough for a follower's eye, and all that the server passes on. */
const MOVE_EVERY_MS = 250;

const samePlace = (a: Passage, b: Passage): boolean =>
  a.start.block === b.start.block &&
  a.start.offset === b.start.offset &&
  a.end.block === b.end.block &&
  a.end.offset === b.end.offset;

/** While this member holds the lectern, the sentence at their reading line is the session's place. */
export function useLectern(): void {
  const room = useRoom();
  const { chapter, place } = useReading();
  const { session, you } = useRoomState();
  // What is said while nobody listens is lost, so a new connection begins by saying where one is.
  const isOnline = useConnection().state === 'online';
  const speaks = session?.lectern === you && isOnline;

  useEffect(() => {
    if (!speaks) return undefined;
    let sent: Passage | null = null;
    let timer: ReturnType<typeof setTimeout> | null = null;
    const send = () => {
      timer = null;
      const sentence = place.get()?.sentence;
      if (sentence === undefined || (sent !== null && samePlace(sent, sentence))) return;
      sent = sentence;
      room.moveSession({ chapter: chapter.id, place: sentence });
    };
    const schedule = () => (timer ??= setTimeout(send, MOVE_EVERY_MS));
    schedule();
    const unsubscribe = place.subscribe(schedule);
    return () => {
      unsubscribe();
      if (timer !== null) clearTimeout(timer);
    };
  }, [speaks, room, place, chapter.id]);
}
