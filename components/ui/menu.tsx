'use client';

import { Menu as Base } from '@base-ui/react/menu';
import type { LucideIcon } from 'lucide-react';
import { type ReactElement, type ReactNode, useRef, useState } from 'react';
import { classNames } from './class-names.ts';
import { Icon } from './icon.tsx';

interface MenuProps {
  trigger: ReactElement;
  side?: 'top' | 'bottom';
  align?: 'start' | 'end';
  children: ReactNode;
}

/** Landmarks and dialogs: what is read out as a part of the page. A drawer is not among them, it clips what it holds. */
const PARTS = 'main, header, footer, nav, aside, [role="dialog"]:not(.drawer)';

/** A short list of things to do, below (or above) the button that opens it, and in the same part of the page. */
export function Menu({ trigger, side = 'bottom', align = 'end', children }: MenuProps) {
  const button = useRef<HTMLButtonElement>(null);
  const [part, setPart] = useState<HTMLElement | null>(null);
  return (
    <Base.Root onOpenChange={(open) => open && setPart(button.current?.closest<HTMLElement>(PARTS) ?? null)}>
      <Base.Trigger ref={button} render={trigger} />
      <Base.Portal container={part ?? undefined}>
        <Base.Positioner
          positionMethod="fixed"
          side={side}
          align={align}
          sideOffset={4}
          collisionPadding={12}
          className="floats"
        >
          <Base.Popup className="menu slip opens">{children}</Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

interface MenuItemProps {
  icon?: LucideIcon;
  /** Rubric: it takes something away from somebody. */
  calls?: boolean;
  disabled?: boolean;
  onClick: () => void;
  children: ReactNode;
}

export function MenuItem({ icon, calls = false, disabled = false, onClick, children }: MenuItemProps) {
  return (
    <Base.Item className={classNames('item', calls && 'calls')} disabled={disabled} onClick={onClick}>
      {icon ? <Icon of={icon} /> : null}
      {children}
    </Base.Item>
  );
}

export function MenuLink({ icon, href, children }: { icon?: LucideIcon; href: string; children: ReactNode }) {
  return (
    <Base.LinkItem className="item bare" href={href}>
      {icon ? <Icon of={icon} /> : null}
      {children}
    </Base.LinkItem>
  );
}

export const MenuSeparator = () => <Base.Separator className="sep" />;
