'use client';

import { useEffect, useMemo, useState } from 'react';
import { z } from 'zod';
import type { Margin } from '#components/room/margin-provider.tsx';
import { annotationSchema, replySchema } from '#shared/records/annotation.ts';
import type { ChapterId, RoomId } from '#shared/records/ids.ts';
import type { RecordId } from './records.ts';

const hiddenSchema = z.object({ annotations: z.array(annotationSchema), replies: z.array(replySchema) });
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
      const response = await fetch(`/api/rooms/${room}/chapters/${chapter}/hidden`, { signal: abort.signal });
      if (!response.ok) return;
      const { annotations, replies } = hiddenSchema.parse(await response.json());
      setWords(new Map([...annotations, ...replies].map(({ id, body }) => [id, body])));
    };
    // Without an answer the record stays 'hidden' without its words; restoring it needs none.
    load().catch(() => undefined);
    return () => abort.abort();
  }, [room, chapter, wanted]);
  return wanted === '' ? none : words;
}

function hiddenIn(...all: (Margin['annotations'] | Margin['replies'])[]): string {
  const ids: RecordId[] = [];
  for (const records of all) for (const { id, hidden } of records.values()) if (hidden) ids.push(id);
  return ids.join(' ');
}
