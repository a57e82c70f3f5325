'use client';

import { Popover as Base } from '@base-ui/react/popover';
import type { ReactNode } from 'react';

interface AnchoredPopoverProps {
  /** Its name for assistive technology. */
  label: string;
  /** What it stands beside, and what gets focus back. */
  anchor: HTMLElement;
  onClose: () => void;
  children: ReactNode;
}

/** A small slip beside something on the page that is no button of ours. Esc and a press elsewhere close it. */
export function AnchoredPopover({ label, anchor, onClose, children }: AnchoredPopoverProps) {
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
