'use client';

import { createContext, type ReactNode, useCallback, useContext, useState } from 'react';
import { useLater } from './later.ts';
import { widgets } from './widgets.ts';

export interface Saying {
  /** One sentence. */
  says: string;
  /** For what was refused or failed: a stroke of rubric, and read out at once. */
  calls?: boolean;
  undo?: () => void;
}

const SayContext = createContext<((saying: Saying) => void) | null>(null);

/** Holds what was just said; stands once around everything that may say something. */
export function ToastProvider({ children }: { children: ReactNode }) {
  const [said, setSaid] = useState<readonly Saying[]>([]);
  const say = useCallback((saying: Saying) => setSaid((before) => [...before, saying]), []);
  const taken = useCallback((count: number) => setSaid((before) => before.slice(count)), []);
  const parts = useLater(widgets, said.length > 0);
  return (
    <SayContext value={say}>
      {children}
      {parts === null ? null : <parts.Toasts said={said} onTaken={taken} />}
    </SayContext>
  );
}

/** A function that says one sentence at the foot of the page for nine seconds, with Undo where it can be undone. */
export function useToast(): (saying: Saying) => void {
  const say = useContext(SayContext);
  if (say === null) throw new Error('useToast outside of a ToastProvider');
  return say;
}
