'use client';

import { useEffect, useMemo, useState } from 'react';
import { ask, isRefusal } from '#components/http/ask.ts';
import type { Margin } from '#components/room/margin-provider.tsx';
import type { ChapterId, RoomId } from '#shared/records/ids.ts';
import type { RecordId } from './records.ts';

const none: ReadonlyMap<RecordId, string> = new Map();

/** The words of hidden records, which only host and co-hosts get, and only when they ask; empty for everybody else. */
export function useHiddenWords(
  room: RoomId,
  chapter: ChapterId,
  moderates: boolean,
  margin: Margin,
): ReadonlyMap<RecordId, string> {
  const [words, setWords] = useState(none);
  const { annotations: notes, replies: answers } = margin;
  const wanted = useMemo(() => (moderates ? hiddenIn(notes, answers) : ''), [moderates, notes, answers]);
  useEffect(() => {
    if (wanted === '') return undefined;
    const abort = new AbortController();
    const load = async () => {
      const schema = import('#shared/protocol/hidden-words.ts').then(({ hiddenWordsSchema }) => hiddenWordsSchema);
      const answer = await ask(`/api/rooms/${room}/chapters/${chapter}/hidden`, schema, { signal: abort.signal });
      // Without an answer the record stays 'hidden' without its words; restoring it needs none.
      if (abort.signal.aborted || isRefusal(answer)) return;
      setWords(new Map([...answer.annotations, ...answer.replies].map(({ id, body }) => [id, body])));
    };
    void load();
    return () => abort.abort();
  }, [room, chapter, wanted]);
  return wanted === '' ? none : words;
}

function hiddenIn(...all: (Margin['annotations'] | Margin['replies'])[]): string {
  const ids: RecordId[] = [];
  for (const records of all) for (const { id, hidden } of records.values()) if (hidden) ids.push(id);
  return ids.join(' ');
}
