'use client';

import { Menu as Base } from '@base-ui/react/menu';
import type { LucideIcon } from 'lucide-react';
import type { ReactElement, ReactNode } from 'react';
import { classNames } from './class-names.ts';
import { Icon } from './icon.tsx';

interface MenuProps {
  trigger: ReactElement;
  side?: 'top' | 'bottom';
  align?: 'start' | 'end';
  children: ReactNode;
}

/** A short list of things to do, below (or above) the button that opens it. */
export function Menu({ trigger, side = 'bottom', align = 'end', children }: MenuProps) {
  return (
    <Base.Root modal={false}>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner side={side} align={align} sideOffset={4} collisionPadding={12} className="floats">
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
