'use client';

import { type ReactElement, type ReactNode, type RefObject } from 'react';
import { useOpening } from './use-opening.ts';
import { WaitingTrigger } from './waiting-trigger.tsx';
import { widgets } from './widgets.ts';

export interface DialogProps {
  title: string;
  /** What opens it, as a button element; left out when `open` is controlled from elsewhere. */
  trigger?: ReactElement;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  wide?: boolean;
  /** What has the focus when it opens; the first control otherwise. */
  initialFocus?: RefObject<HTMLElement | null>;
  children: ReactNode;
}

/** A slip over the dimmed page. Esc, the veil and the cross close it; focus returns to what opened it. */
export function Dialog({ trigger, open, onOpenChange, ...rest }: DialogProps) {
  const { isOpen, change, parts } = useOpening({ open, onOpenChange });
  if (parts !== null) {
    return <parts.DialogParts {...rest} {...(trigger ? { trigger } : {})} open={isOpen} onOpenChange={change} />;
  }
  if (trigger === undefined) return null;
  return (
    <WaitingTrigger
      trigger={trigger}
      opens="dialog"
      pressed={isOpen}
      onPress={() => change(!isOpen)}
      onNear={() => void widgets.want()}
    />
  );
}
