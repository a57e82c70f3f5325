import { AnchoredPopoverParts } from './anchored-popover-parts.tsx';
import { DialogParts } from './dialog-parts.tsx';
import { DrawerParts } from './drawer-parts.tsx';
import { Item, LinkItem, MenuParts, Separator } from './menu-parts.tsx';
import { PopoverParts } from './popover-parts.tsx';
import { Tip } from './tip.tsx';
import { Toasts } from './toast-parts.tsx';

export const widgetParts = {
  AnchoredPopoverParts,
  DialogParts,
  DrawerParts,
  Item,
  LinkItem,
  MenuParts,
  PopoverParts,
  Separator,
  Tip,
  Toasts,
};
