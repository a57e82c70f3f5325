'use client';

import { useEffect, useState } from 'react';
import { useReading } from '#components/reader/reading-context.tsx';

/** Grows whenever the lines of the text may have moved: another width, type size or face, fonts that arrived. */
export function useTextLayout(): number {
  const { text } = useReading();
  const [version, setVersion] = useState(0);
  useEffect(() => {
    const root = text();
    if (root === null) return undefined;
    const observer = new ResizeObserver(() => setVersion((before) => before + 1));
    observer.observe(root);
    return () => observer.disconnect();
  }, [text]);
  return version;
}
