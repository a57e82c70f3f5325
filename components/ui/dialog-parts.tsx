'use client';

import { Dialog as Base } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import { classNames } from './class-names.ts';
import type { DialogProps } from './dialog.tsx';
import { Icon } from './icon.tsx';

interface DialogPartsProps extends DialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** What a dialog is made of, once one has been opened. */
export function DialogParts({ title, trigger, open, onOpenChange, wide, initialFocus, children }: DialogPartsProps) {
  return (
    <Base.Root open={open} onOpenChange={(next) => onOpenChange(next)}>
      {trigger ? <Base.Trigger render={trigger} /> : null}
      <Base.Portal>
        <Base.Backdrop className="veil" />
        <Base.Viewport className="dialog-frame">
          <Base.Popup
            className={classNames('dialog slip', wide && 'wide-dialog')}
            {...(initialFocus ? { initialFocus } : {})}
          >
            <header>
              <Base.Title className="text-h3">{title}</Base.Title>
              <Base.Close className="icon-btn" title="Close" aria-label="Close">
                <Icon of={X} />
              </Base.Close>
            </header>
            {children}
          </Base.Popup>
        </Base.Viewport>
      </Base.Portal>
    </Base.Root>
  );
}
