'use client';

import { type ReactElement, type ReactNode } from 'react';
import { useOpening } from './use-opening.ts';
import { WaitingTrigger } from './waiting-trigger.tsx';
import { widgets } from './widgets.ts';

export interface PopoverProps {
  label: string;
  trigger: ReactElement;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  side?: 'top' | 'bottom' | 'left' | 'right';
  align?: 'start' | 'center' | 'end';
  children: ReactNode;
}

/** A small slip beside the button that opens it, holding anything. */
export function Popover({ trigger, open, onOpenChange, ...rest }: PopoverProps) {
  const { isOpen, change, parts } = useOpening({ open, onOpenChange });
  if (parts !== null) return <parts.PopoverParts {...rest} trigger={trigger} open={isOpen} onOpenChange={change} />;
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
