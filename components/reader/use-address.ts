import { useEffect, useState } from 'react';
import { useMargin } from '#components/room/margin-provider.tsx';
import type { AnnotationId } from '#shared/records/ids.ts';
import { rangeOf } from './dom-positions.ts';
import { paintPassage } from './passing-highlight.ts';
import { targetOf } from './passage-link.ts';
import type { Reading } from './reading-context.tsx';

/** Long enough to find the words after the page has come to rest. */
const SHOWN_MS = 6_000;

/** Opens what the address points at: a shared passage (shown for a while), or a note's thread. */
export function useAddress({ text, goTo, choose }: Reading): void {
  const { annotations, lost } = useMargin();
  const [awaited, setAwaited] = useState<AnnotationId | null>(null);

  useEffect(() => {
    let unpaint: (() => void) | null = null;
    let timer: ReturnType<typeof setTimeout> | null = null;
    const open = () => {
      const target = targetOf(location.hash);
      const root = text();
      if (target === null || root === null) return;
      if ('annotation' in target) {
        setAwaited(target.annotation);
        return;
      }
      if (rangeOf(root, target.passage) === null) return;
      history.scrollRestoration = 'manual';
      goTo(target.passage, 'instant');
      unpaint?.();
      unpaint = paintPassage('shown', root, target.passage);
      if (timer !== null) clearTimeout(timer);
      timer = setTimeout(() => unpaint?.(), SHOWN_MS);
    };
    open();
    // Lines move once more when the book's own typeface has come.
    void document.fonts.ready.then(() => unpaint !== null && open());
    window.addEventListener('hashchange', open);
    return () => {
      window.removeEventListener('hashchange', open);
      if (timer !== null) clearTimeout(timer);
      unpaint?.();
    };
  }, [text, goTo]);

  useEffect(() => {
    if (awaited !== null && lost.has(awaited)) {
      setAwaited(null);
      document.getElementById(`note-${awaited}`)?.scrollIntoView({ block: 'center' });
      return;
    }
    if (awaited === null || !annotations.has(awaited)) return;
    setAwaited(null);
    choose(awaited, { scroll: true });
  }, [awaited, annotations, lost, choose]);
}
