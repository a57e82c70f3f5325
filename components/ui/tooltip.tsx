'use client';

import { Tooltip as Base } from '@base-ui/react/tooltip';
import type { ReactElement, ReactNode } from 'react';

/** Says what a control does, on hover and on keyboard focus; `keys` shows its shortcut. */
export function Tooltip({ says, keys, children }: { says: ReactNode; keys?: string; children: ReactElement }) {
  return (
    <Base.Root>
      <Base.Trigger render={children} />
      <Base.Portal>
        <Base.Positioner sideOffset={6} className="floats">
          <Base.Popup className="tip">
            {says}
            {keys ? <kbd>{keys}</kbd> : null}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
