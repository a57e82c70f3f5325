'use client';

import { type ReactNode, useLayoutEffect, useMemo, useState } from 'react';
import { useReading } from '#components/reader/reading-context.tsx';
import { useMargin } from '#components/room/margin-provider.tsx';
import { createSlice } from '#components/room/slice.ts';
import { DeskContext } from './desk.tsx';
import { PeopleProvider, usePeople } from './people.tsx';
import { useHiddenWords } from './use-hidden-words.ts';

/** What cards need, around them: who is who, the margin's records, whether one is typing. */
export function DeskProvider({ children }: { children: ReactNode }) {
  return (
    <PeopleProvider>
      <Records>{children}</Records>
    </PeopleProvider>
  );
}

function Records({ children }: { children: ReactNode }) {
  const margin = useMargin();
  const { chapter } = useReading();
  const { room, moderates } = usePeople();
  const [typing] = useState(() => createSlice(false));
  const hiddenWords = useHiddenWords(room.id, chapter.id, moderates, margin);
  const [records] = useState(() => createSlice(margin));
  useLayoutEffect(() => records.set(margin), [records, margin]);
  const desk = useMemo(() => ({ margin: records, typing, hiddenWords }), [records, typing, hiddenWords]);
  return <DeskContext value={desk}>{children}</DeskContext>;
}
