'use client';

import { Popover as Base } from '@base-ui/react/popover';
import type { AnchoredPopoverProps } from './anchored-popover.tsx';

/** What an anchored popover is made of, once one has been opened. */
export function AnchoredPopoverParts({ label, anchor, onClose, children }: AnchoredPopoverProps) {
  return (
    <Base.Root open onOpenChange={(open) => (open ? undefined : onClose())}>
      <Base.Portal>
        <Base.Positioner
          anchor={anchor}
          side="bottom"
          align="center"
          sideOffset={6}
          collisionPadding={12}
          className="floats"
        >
          <Base.Popup className="slip p-4" aria-label={label} finalFocus={() => anchor}>
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
