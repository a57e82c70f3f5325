'use client';

import { Drawer as Base } from '@base-ui/react/drawer';
import type { DrawerProps } from './drawer.tsx';

/** What a drawer is made of, once one has been opened. */
export function DrawerParts({ label, open, onOpenChange, children }: DrawerProps) {
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
