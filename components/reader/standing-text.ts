'use client';

import { type RefObject, useEffect, useRef, useState } from 'react';
import { ask, isRefusal } from '#components/http/ask.ts';
import { useRoomState } from '#components/room/room-provider.tsx';
import type { Passage } from '#shared/anchoring/anchor.ts';
import type { Chapter } from '#shared/records/book.ts';
import type { BlockId } from '#shared/text/block.ts';

/** How the text on this page came to be another one than it was. */
export interface TextChange {
  /** Blocks that hold other words than before, in reading order. */
  changed: readonly BlockId[];
  /** Where a stretch of the former text is now; null when the chapter has no words at all. */
  carry: (passage: Passage) => Passage | null;
}

export interface StandingText {
  chapter: Chapter;
  /** Null for the text that the page came with. */
  change: TextChange | null;
  /** Called just before another text is put on the page, while the former one still stands there. */
  beforeChange: RefObject<(() => void) | null>;
}

const RETRY_MS = 2_000;

/**
 * The chapter as it stands: the text that the page came with, and, when the shelf says that it has another hash by now, that
 * one, without a reload. What changed is found out in the browser, which has both texts.
 */
export function useStandingText(given: Chapter): StandingText {
  const { room, books } = useRoomState();
  const [standing, setStanding] = useState<{ chapter: Chapter; change: TextChange | null }>({
    chapter: given,
    change: null,
  });
  const beforeChange = useRef<(() => void) | null>(null);
  const entry = books.find(({ id }) => id === given.bookId)?.chapters.find(({ id }) => id === given.id);
  const hash = entry?.hash ?? standing.chapter.hash;
  const { chapter: former } = standing;

  useEffect(() => {
    if (hash === former.hash) return undefined;
    let left = false;
    let timer: ReturnType<typeof setTimeout> | null = null;
    const fetchText = async () => {
      const [answer, { ReAnchoring }] = await Promise.all([
        ask(
          `/api/rooms/${room.id}/chapters/${given.id}`,
          import('#shared/records/book.ts').then(({ chapterSchema }) => chapterSchema),
        ),
        import('#shared/anchoring/re-anchor.ts'),
      ]);
      if (left) return;
      if (isRefusal(answer)) {
        if (answer.code === 'unavailable') timer = setTimeout(() => void fetchText(), RETRY_MS);
        return;
      }
      const between = new ReAnchoring(former.blocks, answer.blocks);
      beforeChange.current?.();
      setStanding({
        chapter: answer,
        change: { changed: between.changedBlocks(), carry: (passage) => between.carryStretch(passage) },
      });
    };
    void fetchText();
    return () => {
      left = true;
      if (timer !== null) clearTimeout(timer);
    };
  }, [hash, former, room.id, given.id]);

  return { ...standing, beforeChange };
}
