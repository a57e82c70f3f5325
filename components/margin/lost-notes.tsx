'use client';

import { useMargin } from '#components/room/margin-provider.tsx';
import { comesLater } from '#components/ui/comes-later.tsx';
import { DeskProvider } from './desk-provider.tsx';

const LostShelf = comesLater(async () => (await import('./lost-shelf.tsx')).LostShelf);

/** The shelf of notes whose words are gone from the chapter: each with its thread, and a way back to other words. */
export function LostNotes() {
  const { lost } = useMargin();
  return lost.size === 0 ? null : (
    <DeskProvider>
      <LostShelf />
    </DeskProvider>
  );
}
