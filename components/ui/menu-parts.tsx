'use client';

import { Menu as Base } from '@base-ui/react/menu';
import { useEffect, useRef, useState } from 'react';
import { classNames } from './class-names.ts';
import { Icon } from './icon.tsx';
import type { FirstPress, MenuItemProps, MenuLinkProps, MenuProps } from './menu.tsx';
import { partOf } from './part-of-page.ts';

/** Pixels that a menu keeps from the window's edges: it stands under the running head and foot, where they lie over a page. */
const CLEAR_OF_BARS = { top: 64, bottom: 72, left: 12, right: 12 };

interface MenuPartsProps extends MenuProps {
  pressed: FirstPress;
}

/** What a menu is made of, once it has been opened. */
export function MenuParts({ trigger, side = 'bottom', align = 'end', pressed, children }: MenuPartsProps) {
  const button = useRef<HTMLButtonElement>(null);
  const [part, setPart] = useState(pressed.part);
  // The press came when there was only a button: it is pressed again, now that it is a menu's.
  useEffect(() => {
    if (pressed.by === 'keys') button.current?.click();
  }, [pressed]);
  return (
    <Base.Root defaultOpen={pressed.by === 'pointer'} onOpenChange={(open) => open && setPart(partOf(button.current))}>
      <Base.Trigger ref={button} render={trigger} />
      <Base.Portal container={part ?? undefined}>
        <Base.Positioner
          positionMethod="fixed"
          side={side}
          align={align}
          sideOffset={4}
          collisionPadding={CLEAR_OF_BARS}
          className="floats"
        >
          <Base.Popup className="menu slip opens">{children}</Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

export function Item({ icon, calls = false, disabled = false, onClick, children }: MenuItemProps) {
  return (
    <Base.Item className={classNames('item', calls && 'calls')} disabled={disabled} onClick={onClick}>
      {icon ? <Icon of={icon} /> : null}
      {children}
    </Base.Item>
  );
}

export function LinkItem({ icon, href, children }: MenuLinkProps) {
  return (
    <Base.LinkItem className="item bare" href={href}>
      {icon ? <Icon of={icon} /> : null}
      {children}
    </Base.LinkItem>
  );
}

export const Separator = () => <Base.Separator className="sep" />;
