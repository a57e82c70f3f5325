'use client';

import { Toast as Base } from '@base-ui/react/toast';
import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';

const TOAST_MS = 9_000;

/** Holds what was just said; stands once around everything that may say something. */
export function ToastProvider({ children }: { children: ReactNode }) {
  return (
    <Base.Provider timeout={TOAST_MS} limit={3}>
      {children}
      <Base.Portal>
        <Base.Viewport className="toasts">
          <Toasts />
        </Base.Viewport>
      </Base.Portal>
    </Base.Provider>
  );
}

function Toasts() {
  const { toasts } = Base.useToastManager();
  return toasts.map((toast) => (
    <Base.Root key={toast.id} toast={toast} className={classNames('toast slip', toast.type === 'calls' && 'calls')}>
      <Base.Title render={<span />} />
      <Base.Action className="link" />
    </Base.Root>
  ));
}

export interface Saying {
  /** One sentence. */
  says: string;
  /** For what was refused or failed: a stroke of rubric, and read out at once. */
  calls?: boolean;
  undo?: () => void;
}

/** A function that says one sentence at the foot of the page for nine seconds, with Undo where it can be undone. */
export function useToast(): (saying: Saying) => void {
  const { add, close } = Base.useToastManager();
  return ({ says, calls = false, undo }) => {
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
  };
}
