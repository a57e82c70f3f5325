'use client';

import { Tooltip as Base } from '@base-ui/react/tooltip';
import type { ReactNode } from 'react';

interface TipProps {
  says: ReactNode;
  anchor: Element;
  onClose: () => void;
}

/** What a tooltip is made of, while it says something. */
export function Tip({ says, anchor, onClose }: TipProps) {
  return (
    <Base.Root open onOpenChange={(next) => (next ? undefined : onClose())}>
      <Base.Portal>
        <Base.Positioner anchor={anchor} sideOffset={6} className="floats">
          <Base.Popup className="tip">{says}</Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
