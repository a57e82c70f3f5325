import { useEffect } from 'react';
import { paintPassage } from './passing-highlight.ts';
import type { Reading } from './reading-context.tsx';

/** Keeps the words of a note painted while it is being written: the selection itself goes when the composer takes focus. */
export function usePending({ text, draft }: Reading): void {
  const passage = draft?.passage ?? null;
  useEffect(() => {
    const root = text();
    return root === null || passage === null ? undefined : paintPassage('pending', root, passage);
  }, [text, passage]);
}
