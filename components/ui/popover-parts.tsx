'use client';

import { Popover as Base } from '@base-ui/react/popover';
import type { PopoverProps } from './popover.tsx';

interface PopoverPartsProps extends PopoverProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** What a popover is made of, once it has been opened. */
export function PopoverParts({
  label,
  trigger,
  open,
  onOpenChange,
  side = 'bottom',
  align = 'end',
  children,
}: PopoverPartsProps) {
  return (
    <Base.Root open={open} onOpenChange={(next) => onOpenChange(next)}>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner side={side} align={align} sideOffset={4} collisionPadding={12} className="floats">
          <Base.Popup className="slip p-4" aria-label={label}>
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
