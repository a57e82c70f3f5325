'use client';

import { useState } from 'react';
import { useLater } from './later.ts';
import { useEver } from './use-ever.ts';
import { widgets } from './widgets.ts';

interface Opening {
  open: boolean | undefined;
  onOpenChange: ((open: boolean) => void) | undefined;
}

/**
 * What opens, by its own trigger or from elsewhere. `parts` is what it is made of: null until it was open for the first time
 * and its code has come, so that a trigger stands for it meanwhile.
 */
export function useOpening({ open, onOpenChange }: Opening) {
  const [own, setOwn] = useState(false);
  const isOpen = open ?? own;
  const come = useLater(widgets, isOpen);
  const isThere = useEver(isOpen && come !== null);
  const change = (next: boolean) => {
    setOwn(next);
    onOpenChange?.(next);
  };
  return { isOpen, change, parts: isThere ? come : null };
}
