'use client';

import { useEffect } from 'react';
import { paintPassage } from '#components/reader/passing-highlight.ts';
import { useReading } from '#components/reader/reading-context.tsx';
import { useSession } from '#components/room/room-provider.tsx';

/**
 * The host's spotlight: the passage keeps its ink and gets the rubric wash, all else goes to pencil. It passes, so it is
 * painted with the CSS Custom Highlight API (one range) and leaves the page's own marks alone; a browser without it
 * still dims the rest and shows the host's stroke.
 */
export function Spotlight() {
  const { chapter, text } = useReading();
  const spotlight = useSession()?.spotlight ?? null;
  const passage = spotlight?.chapter === chapter.id ? spotlight.passage : null;

  useEffect(() => {
    const root = text();
    const page = root?.closest('.opening');
    if (!root || !page || passage === null) return undefined;
    page.classList.add('spotlight');
    const unpaint = paintPassage('spotlit', root, passage);
    return () => {
      page.classList.remove('spotlight');
      unpaint();
    };
  }, [passage, text]);
  return null;
}
