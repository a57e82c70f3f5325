'use client';

import { Dialog as Base } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import type { ReactElement, ReactNode, RefObject } from 'react';
import { classNames } from './class-names.ts';
import { Icon } from './icon.tsx';

interface DialogProps {
  title: string;
  /** What opens it, as a button element; left out when `open` is controlled from elsewhere. */
  trigger?: ReactElement;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  wide?: boolean;
  /** What has the focus when it opens; the first control otherwise. */
  initialFocus?: RefObject<HTMLElement | null>;
  children: ReactNode;
}

/** A slip over the dimmed page. Esc, the veil and the cross close it; focus returns to what opened it. */
export function Dialog({ title, trigger, open, onOpenChange, wide = false, initialFocus, children }: DialogProps) {
  return (
    <Base.Root
      {...(open === undefined ? {} : { open })}
      {...(onOpenChange ? { onOpenChange: (next: boolean) => onOpenChange(next) } : {})}
    >
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
