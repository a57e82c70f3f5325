'use client';

import { Toast as Base } from '@base-ui/react/toast';
import { useEffect } from 'react';
import { classNames } from './class-names.ts';
import type { Saying } from './toast.tsx';

const TOAST_MS = 9_000;

interface ToastsProps {
  /** What was said and does not stand on the page yet, first said first. */
  said: readonly Saying[];
  onTaken: (count: number) => void;
}

/** The foot of the page, where what was said stands for a while. */
export function Toasts(props: ToastsProps) {
  return (
    <Base.Provider timeout={TOAST_MS} limit={3}>
      <Base.Portal>
        <Base.Viewport className="toasts">
          <Standing {...props} />
        </Base.Viewport>
      </Base.Portal>
    </Base.Provider>
  );
}

function Standing({ said, onTaken }: ToastsProps) {
  const { toasts, add, close } = Base.useToastManager();
  useEffect(() => {
    if (said.length === 0) return;
    for (const { says, calls = false, undo } of said) {
      const id = add({
        title: says,
        ...(calls ? { type: 'calls', priority: 'high' as const } : {}),
        ...(undo
          ? {
              actionProps: {
                children: 'Undo',
                onClick: () => {
                  close(id);
                  undo();
                },
              },
            }
          : {}),
      });
    }
    onTaken(said.length);
  }, [said, onTaken, add, close]);
  return toasts.map((toast) => (
    <Base.Root key={toast.id} toast={toast} className={classNames('toast slip', toast.type === 'calls' && 'calls')}>
      <Base.Title render={<span />} />
      <Base.Action className="link" />
    </Base.Root>
  ));
}
