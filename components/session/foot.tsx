'use client';

import { PanelRight } from 'lucide-react';
import { useState } from 'react';
import { cheers } from '#shared/protocol/session.ts';
import { readingMinutes } from '#shared/text/words.ts';
import { useReading } from '#components/reader/reading-context.tsx';
import { useRoom, useRoomState, useSlice } from '#components/room/room-provider.tsx';
import { Button } from '#components/ui/button.tsx';
import { Icon } from '#components/ui/icon.tsx';
import { CheerSign, cheerWords } from './cheer-signs.tsx';
import { Desk } from './desk.tsx';
import { Drift } from './drift.tsx';
import { FollowSlip } from './follow-slip.tsx';
import { Hands } from './hands.tsx';
import { RaiseHand } from './raise-hand.tsx';
import { RecapSlip } from './recap-slip.tsx';
import { StartSession } from './start-session.tsx';
import { SummonsSlip } from './summons-slip.tsx';
import { useFollow } from './use-follow.ts';
import { useLectern } from './use-lectern.ts';

/** The running foot: whom one follows, where one is, and the small things one can do without a word. */
export function Foot() {
  const follow = useFollow();
  useLectern();
  const { session, you } = useRoomState();
  const [deskOpen, setDeskOpen] = useState(true);
  const atLectern = session?.lectern === you;
  return (
    <>
      {atLectern && deskOpen ? <Desk onClose={() => setDeskOpen(false)} /> : <Hands />}
      <Drift />
      <footer className="foot">
        <div className="opening-grid">
          <div className="folio">
            <FollowSlip follow={follow} />
            <SummonsSlip follow={follow} />
            <RecapSlip />
            <Folio />
          </div>
          <div className="foot-hands">
            {session === null ? <StartSession /> : <Cheers />}
            {session !== null && !atLectern ? <RaiseHand /> : null}
            {atLectern && !deskOpen ? (
              <Button kind="lectern line" size="small" onClick={() => setDeskOpen(true)}>
                <Icon of={PanelRight} /> The desk
              </Button>
            ) : null}
          </div>
        </div>
      </footer>
    </>
  );
}

function Folio() {
  const { chapter, place } = useReading();
  const here = useSlice(place);
  if (here === null) return null;
  const minutes = Math.ceil(readingMinutes(chapter.words, chapter.language) * (1 - here.progress));
  return (
    <>
      <span className="where num">{Math.round(here.progress * 100)} %</span>
      {minutes > 0 ? (
        <span className="where">
          about {minutes} {minutes === 1 ? 'minute' : 'minutes'} left
        </span>
      ) : null}
    </>
  );
}

function Cheers() {
  const room = useRoom();
  return cheers.map((cheer) => (
    <button
      key={cheer}
      type="button"
      className="icon-btn small"
      title={cheerWords[cheer]}
      aria-label={cheerWords[cheer]}
      onClick={() => room.cheer(cheer)}
    >
      <CheerSign cheer={cheer} />
    </button>
  ));
}
