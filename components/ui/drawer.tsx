'use client';

import type { ReactNode } from 'react';
import { useLater } from './later.ts';
import { widgets } from './widgets.ts';

export interface DrawerProps {
  /** Its name for assistive technology. */
  label: string;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  children: ReactNode;
}

/** A sheet from the bottom edge, for narrow pages; swiped or Esc'd away. It does not dim or lock the page above it. */
export function Drawer(props: DrawerProps) {
  const parts = useLater(widgets, props.open);
  return parts === null ? null : <parts.DrawerParts {...props} />;
}
