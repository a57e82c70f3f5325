'use client';

import { useEffect, useMemo, useState } from 'react';
import { ask, isRefusal } from '#components/http/ask.ts';
import { type PadsSearchAnswer, padsSearchAnswerSchema } from '#shared/protocol/search.ts';
import type { BookId, RoomId } from '#shared/records/ids.ts';

/** A pause in typing after which it is asked. */
const PAUSE_MS = 300;

type Pads = PadsSearchAnswer['pads'];

/** The pads of the room's other books that say these words. Empty until the server has answered, and where it does not. */
export function useOtherPads(room: RoomId, book: BookId, words: string, isAlone: boolean): Pads {
  const [found, setFound] = useState<{ words: string; pads: Pads }>({ words: '', pads: [] });
  const wanted = isAlone ? '' : words.trim();
  useEffect(() => {
    if (wanted === '') return undefined;
    const asking = new AbortController();
    const look = async () => {
      const address = `/api/rooms/${room}/pads/search?words=${encodeURIComponent(wanted)}`;
      const answer = await ask(address, padsSearchAnswerSchema, { signal: asking.signal });
      if (!asking.signal.aborted) setFound({ words: wanted, pads: isRefusal(answer) ? [] : answer.pads });
    };
    const timer = setTimeout(() => void look(), PAUSE_MS);
    return () => {
      clearTimeout(timer);
      asking.abort();
    };
  }, [room, wanted]);
  // What was found for other words is not shown for these.
  const isCurrent = found.words === wanted;
  return useMemo(() => (isCurrent ? found.pads.filter((pad) => pad.book !== book) : []), [isCurrent, found, book]);
}
