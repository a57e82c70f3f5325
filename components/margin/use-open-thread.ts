'use client';

import { useMemo, useState } from 'react';
import { useReading } from '#components/reader/reading-context.tsx';
import type { Block } from '#shared/text/block.ts';
import { readDraft } from './draft-storage.ts';
import { type People, usePeople } from './people.tsx';
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
  const people = usePeople();
  const [last, setLast] = useState<Thread | null>(null);
  const found = chosen === null ? null : threads.of(chosen);
  const standing = found !== null && isInSight(found, people) ? found : null;
  if (standing !== null && standing !== last) setLast(standing);
  const roomId = people.room.id;
  return useMemo(() => {
    if (chosen === null) return null;
    const writing = last?.annotation.id === chosen && readDraft(roomId, `reply:${chosen}`) !== '';
    const thread = standing ?? (writing ? last : null);
    if (thread === null) return null;
    return { thread, gone: standing === null, index: placeAmong(threads.notes, thread, chapter.blocks) };
  }, [chosen, standing, last, threads, roomId, chapter.blocks]);
}

function isInSight({ annotation, replies }: Thread, { moderates, me }: People): boolean {
  if (replies.length > 0) return true;
  if (annotation.deleted) return false;
  return !annotation.hidden || moderates || annotation.author === me.id;
}

function placeAmong(notes: readonly Thread[], thread: Thread, blocks: readonly Block[]): number {
  const order = new Map(blocks.map((block, index) => [block.id, index]));
  const placeOf = (id: string): number => order.get(id) ?? blocks.length;
  const own = notes.findIndex(({ annotation }) => annotation.id === thread.annotation.id);
  if (own >= 0) return own;
  const start = thread.annotation.anchor?.start;
  if (start === undefined) return notes.length;
  const block = placeOf(start.block);
  const after = notes.findIndex(({ annotation }) => {
    const at = annotation.anchor?.start;
    if (at === undefined) return false;
    const theirs = placeOf(at.block);
    return theirs > block || (theirs === block && at.offset > start.offset);
  });
  return after < 0 ? notes.length : after;
}
