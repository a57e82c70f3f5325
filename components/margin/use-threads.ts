'use client';

import { useMemo } from 'react';
import { useReading } from '#components/reader/reading-context.tsx';
import { useDesk } from './desk.tsx';
import { usePeople } from './people.tsx';
import { type Threads, threadsOf } from './threads.ts';

/** The chapter's threads, worked out again only when the records themselves changed. */
export function useThreads(): Threads {
  const { chapter } = useReading();
  const {
    margin: { annotations, replies, reactions, unsaved },
  } = useDesk();
  const { me, moderates } = usePeople();
  return useMemo(() => {
    const stranded = (record: string): boolean => {
      const state = unsaved.get(record)?.state;
      return state === 'waiting' || state === 'refused';
    };
    return threadsOf({ annotations, replies, reactions }, chapter.blocks, { me: me.id, moderates, stranded });
  }, [annotations, replies, reactions, unsaved, chapter.blocks, me.id, moderates]);
}
