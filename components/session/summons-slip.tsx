'use client';

import { useEffect } from 'react';
import type { Summons } from '#shared/protocol/session.ts';
import { passageText } from '#shared/anchoring/quote.ts';
import { useReading } from '#components/reader/reading-context.tsx';
import { useNames, useRoom } from '#components/room/room-provider.tsx';
import { Button } from '#components/ui/button.tsx';
import { QuestionSlip } from './question-slip.tsx';
import type { Follow } from './use-follow.ts';

const WORDS_SHOWN = 32;

/** 'Everyone, here': followers are taken along at once; those reading alone are asked, once. */
export function SummonsSlip({ summons, follow }: { summons: Summons; follow: Follow }) {
  const room = useRoom();
  const names = useNames();
  const { chapter, goTo } = useReading();
  const { following } = follow;

  useEffect(() => {
    if (!following || summons.chapter !== chapter.id) return;
    goTo(summons.place, 'glide');
    room.dismissSummons();
  }, [summons, following, chapter.id, goTo, room]);

  if (following) return null;
  const words = summons.chapter === chapter.id ? passageText(chapter.blocks, summons.place) : '';
  const goThere = () => {
    room.dismissSummons();
    follow.follow();
  };
  return (
    <QuestionSlip role="alert">
      <span>
        <b>{names.get(summons.by)} asks everyone here</b>
        {words === '' ? null : <i className="read"> “{shortened(words)}”</i>}
      </span>
      <Button kind="lectern" onClick={goThere}>
        Go there
      </Button>
      <Button kind="plain" onClick={() => room.dismissSummons()}>
        Stay
      </Button>
    </QuestionSlip>
  );
}

const shortened = (words: string): string =>
  words.length > WORDS_SHOWN ? `${words.slice(0, WORDS_SHOWN).trimEnd()}…` : words;
