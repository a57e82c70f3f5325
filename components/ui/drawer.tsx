'use client';

import { Drawer as Base } from '@base-ui/react/drawer';
import type { ReactNode } from 'react';

interface DrawerProps {
  /** Its name for assistive technology. */
  label: string;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  children: ReactNode;
}

/** A sheet from the bottom edge, for narrow pages; swiped or Esc'd away. It does not dim or lock the page above it. */
export function Drawer({ label, open, onOpenChange, children }: DrawerProps) {
  return (
    <Base.Root open={open} onOpenChange={(next) => onOpenChange(next)} modal={false} swipeDirection="down">
      <Base.Portal>
        <Base.Viewport className="drawer-frame">
          <Base.Popup className="drawer" aria-label={label}>
            <div className="grab" aria-hidden="true" />
            <Base.Content>{children}</Base.Content>
          </Base.Popup>
        </Base.Viewport>
      </Base.Portal>
    </Base.Root>
  );
}
