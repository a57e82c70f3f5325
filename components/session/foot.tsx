'use client';

import { PanelRight } from 'lucide-react';
import { useState } from 'react';
import { readingMinutes } from '#shared/text/words.ts';
import { useMedia } from '#components/reader/use-media.ts';
import { useReading } from '#components/reader/reading-context.tsx';
import { useRoom, useRoomState, useSession, useSlice } from '#components/room/room-provider.tsx';
import { Button } from '#components/ui/button.tsx';
import { comesLater } from '#components/ui/comes-later.tsx';
import { Icon } from '#components/ui/icon.tsx';
import { usePageShows } from '#components/ui/use-page-shows.ts';
import { Cheers } from './cheers.tsx';
import { Drift } from './drift.tsx';
import { FollowSlip } from './follow-slip.tsx';
import { Hands, HandsButton } from './hands.tsx';
import { PhoneHands } from './phone-hands.tsx';
import { RaiseHand } from './raise-hand.tsx';
import { RecapSlip } from './recap-slip.tsx';
import { StartSession } from './start-session.tsx';
import { SummonsSlip } from './summons-slip.tsx';
import { type Follow, useFollow } from './use-follow.ts';
import { useLectern } from './use-lectern.ts';

const Desk = comesLater(async () => (await import('./desk.tsx')).Desk);

/** Below this the desk lies over the text; it is opened when it is wanted. */
const WIDE_ENOUGH_FOR_DESK = '(min-width: 1200px)';

/** The running foot: whom one follows, where one is, and the small things one can do without a word. */
export function Foot() {
  const follow = useFollow();
  useLectern();
  usePageShows('foot');
  const { session, you } = useRoomState();
  const isWide = useMedia(WIDE_ENOUGH_FOR_DESK);
  const [deskChoice, setDeskChoice] = useState<boolean | null>(null);
  const atLectern = session?.lectern === you;
  const deskOpen = atLectern && (deskChoice ?? isWide);
  return (
    <>
      {deskOpen ? <Desk beside={isWide} onClose={() => setDeskChoice(false)} /> : <Hands />}
      <Drift />
      <footer className="foot">
        <div className="opening-grid">
          <div className="folio">
            <FootSlip follow={follow} />
            <Folio />
          </div>
          <div className="foot-hands">
            {session === null ? <StartSession /> : <Cheers />}
            {deskOpen ? null : <HandsButton />}
            {session !== null && !atLectern ? <RaiseHand /> : null}
            {session !== null && !atLectern ? <PhoneHands /> : null}
            {atLectern && !deskOpen ? (
              <Button kind="lectern line" size="small" onClick={() => setDeskChoice(true)}>
                <Icon of={PanelRight} /> The desk
              </Button>
            ) : null}
          </div>
        </div>
      </footer>
    </>
  );
}

/** One slip at a time: what asks for an answer stands before what only says where one is. */
function FootSlip({ follow }: { follow: Follow }) {
  const room = useRoom();
  const session = useSession();
  const summons = useSlice(room.summons);
  const recap = useSlice(room.recap);
  if (summons !== null && session?.waiting !== true) return <SummonsSlip summons={summons} follow={follow} />;
  if (recap !== null) return <RecapSlip recap={recap} />;
  return <FollowSlip follow={follow} />;
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
