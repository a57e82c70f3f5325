'use client';

import type { LucideIcon } from 'lucide-react';
import { type ReactElement, type ReactNode, useState } from 'react';
import { useLater } from './later.ts';
import { partOf } from './part-of-page.ts';
import { WaitingTrigger } from './waiting-trigger.tsx';
import { widgets } from './widgets.ts';

export interface MenuProps {
  trigger: ReactElement;
  side?: 'top' | 'bottom';
  align?: 'start' | 'end';
  children: ReactNode;
}

/** How a menu was opened for the first time: with keys, its first item is chosen at once. `part` is where it will stand. */
export interface FirstPress {
  by: 'pointer' | 'keys';
  part: HTMLElement | null;
}

/** A short list of things to do, below (or above) the button that opens it, and in the same part of the page. */
export function Menu({ trigger, ...rest }: MenuProps) {
  const [pressed, setPressed] = useState<FirstPress | null>(null);
  const parts = useLater(widgets, pressed !== null);
  if (pressed !== null && parts !== null) return <parts.MenuParts trigger={trigger} {...rest} pressed={pressed} />;
  return (
    <WaitingTrigger
      trigger={trigger}
      opens="menu"
      pressed={pressed !== null}
      onPress={(event) => {
        // A click without a pointer is one of the Enter or the space key.
        const by = 'detail' in event && event.detail > 0 ? 'pointer' : 'keys';
        setPressed(pressed === null ? { by, part: partOf(event.currentTarget) } : null);
      }}
      onNear={() => void widgets.want()}
    />
  );
}

export interface MenuItemProps {
  icon?: LucideIcon;
  /** Rubric: it takes something away from somebody. */
  calls?: boolean;
  disabled?: boolean;
  onClick: () => void;
  children: ReactNode;
}

export function MenuItem(props: MenuItemProps) {
  const parts = useLater(widgets, true);
  return parts === null ? null : <parts.Item {...props} />;
}

export interface MenuLinkProps {
  icon?: LucideIcon;
  href: string;
  children: ReactNode;
}

export function MenuLink(props: MenuLinkProps) {
  const parts = useLater(widgets, true);
  return parts === null ? null : <parts.LinkItem {...props} />;
}

export function MenuSeparator() {
  const parts = useLater(widgets, true);
  return parts === null ? null : <parts.Separator />;
}
