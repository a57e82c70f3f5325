'use client';

import type { ReactNode } from 'react';
import { useLater } from './later.ts';
import { widgets } from './widgets.ts';

export interface AnchoredPopoverProps {
  /** Its name for assistive technology. */
  label: string;
  /** What it stands beside, and what gets focus back. */
  anchor: HTMLElement;
  onClose: () => void;
  children: ReactNode;
}

/** A small slip beside something on the page that is no button of ours. Esc and a press elsewhere close it. */
export function AnchoredPopover(props: AnchoredPopoverProps) {
  const parts = useLater(widgets, true);
  return parts === null ? null : <parts.AnchoredPopoverParts {...props} />;
}
