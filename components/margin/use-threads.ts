'use client';

import { useMemo, useState } from 'react';
import { useReading } from '#components/reader/reading-context.tsx';
import { useMargin } from '#components/room/margin-provider.tsx';
import { usePeople } from './people.tsx';
import { ThreadKeeper, type Threads } from './threads.ts';

/** The chapter's threads, of which those are made again whose records changed. */
export function useThreads(): Threads {
  const { chapter } = useReading();
  const { annotations, replies, reactions, unsaved } = useMargin();
  const { me, moderates } = usePeople();
  const [keeper] = useState(() => new ThreadKeeper());
  return useMemo(() => {
    const stranded = new Set<string>();
    for (const [record, { state }] of unsaved) if (state === 'waiting' || state === 'refused') stranded.add(record);
    return keeper.next({ annotations, replies, reactions }, chapter.blocks, { me: me.id, moderates, stranded });
  }, [keeper, annotations, replies, reactions, unsaved, chapter.blocks, me.id, moderates]);
}
