'use client';

import { comesLater } from '#components/ui/comes-later.tsx';
import { DeskProvider } from './desk-provider.tsx';
import { usePageWidth } from './use-page-width.ts';

const TalkWords = comesLater(async () => (await import('./talk-words.tsx')).TalkWords);

/** What the room says about the whole chapter, under its end. */
export function ChapterTalk() {
  const inBrowser = usePageWidth() !== null;
  return (
    <section className="talk" aria-labelledby="talk-title" id="talk">
      <h2 id="talk-title" className="sc">
        About the whole chapter
      </h2>
      {inBrowser ? (
        <DeskProvider>
          <TalkWords />
        </DeskProvider>
      ) : null}
    </section>
  );
}
