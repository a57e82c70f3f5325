'use client';

import { Hand } from 'lucide-react';
import { useState } from 'react';
import { IconButton } from '#components/ui/icon-button.tsx';
import { Popover } from '#components/ui/popover.tsx';
import { Cheers } from './cheers.tsx';
import { HandForm } from './raise-hand.tsx';

/** On a phone the signs and the hand share one button, beside the slip that says whom one follows. */
export function PhoneHands() {
  const [open, setOpen] = useState(false);
  return (
    <Popover
      label="Signs and hand"
      side="top"
      open={open}
      onOpenChange={setOpen}
      trigger={<IconButton className="phone-hands" icon={Hand} label="Signs and hand" />}
    >
      <div className="phone-hands-slip">
        <div className="cheer-row">
          <Cheers />
        </div>
        <HandForm onDone={() => setOpen(false)} />
      </div>
    </Popover>
  );
}
