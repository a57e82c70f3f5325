'use client';

import type { ReactNode } from 'react';
import { later, useLater } from './later.ts';

export interface AnchoredPopoverProps {
  /** Its name for assistive technology. */
  label: string;
  /** What it stands beside, and what gets focus back. */
  anchor: HTMLElement;
  onClose: () => void;
  children: ReactNode;
}

const code = later(() => import('./anchored-popover-parts.tsx'));

/** A small slip beside something on the page that is no button of ours. Esc and a press elsewhere close it. */
export function AnchoredPopover(props: AnchoredPopoverProps) {
  const parts = useLater(code, true);
  return parts === null ? null : <parts.AnchoredPopoverParts {...props} />;
}
