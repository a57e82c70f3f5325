'use client';

import { useEffect, useState } from 'react';

/** Minutes and seconds since a moment on the server's clock, counting while it is looked at. Nothing before hydration. */
export function Elapsed({ since }: { since: number }) {
  const [now, setNow] = useState<number | null>(null);
  useEffect(() => {
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, []);
  return <time className="caption num">{now === null ? '' : clock(now - since)}</time>;
}

function clock(elapsedMs: number): string {
  const seconds = Math.max(0, Math.floor(elapsedMs / 1_000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
