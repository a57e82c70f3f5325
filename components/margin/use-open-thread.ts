'use client';

import { useMemo, useRef } from 'react';
import { useReading } from '#components/reader/reading-context.tsx';
import { readDraft } from './draft-storage.ts';
import { usePeople } from './people.tsx';
import type { Thread, Threads } from './threads.ts';

export interface OpenThread {
  thread: Thread;
  /** The note is not there any more; the thread stands only for the words one was writing in it. */
  gone: boolean;
  /** Its place among the notes, in reading order. */
  index: number;
}

/** The chosen thread. When its note is taken back while one writes under it, it stays open, and says so. */
export function useOpenThread(threads: Threads): OpenThread | null {
  const { chosen, chapter } = useReading();
  const { room, moderates, me } = usePeople();
  const last = useRef<Thread | null>(null);
  return useMemo(() => {
    if (chosen === null) {
      last.current = null;
      return null;
    }
    const found = threads.of(chosen);
    const { annotation } = found ?? {};
    const lost =
      annotation === undefined ||
      (annotation.deleted && found?.replies.length === 0) ||
      (annotation.hidden && !moderates && annotation.author !== me.id && found?.replies.length === 0);
    const writing = last.current?.annotation.id === chosen && readDraft(room.id, `reply:${chosen}`) !== '';
    if (lost && !writing) return null;
    if (!lost) last.current = found;
    const thread = last.current;
    if (thread === null) return null;
    return {
      thread,
      gone: lost,
      index: placeAmong(
        threads.notes,
        thread,
        chapter.blocks.map(({ id }) => id),
      ),
    };
  }, [chosen, threads, room.id, moderates, me.id, chapter.blocks]);
}

function placeAmong(notes: readonly Thread[], thread: Thread, order: readonly string[]): number {
  const own = notes.findIndex(({ annotation }) => annotation.id === thread.annotation.id);
  if (own >= 0) return own;
  const start = thread.annotation.anchor?.start;
  if (start === undefined) return notes.length;
  const block = order.indexOf(start.block);
  const after = notes.findIndex(({ annotation }) => {
    const at = annotation.anchor?.start;
    if (at === undefined) return false;
    const theirs = order.indexOf(at.block);
    return theirs > block || (theirs === block && at.offset > start.offset);
  });
  return after < 0 ? notes.length : after;
}
