'use client';

import { cloneElement, type HTMLAttributes, type ReactElement, type ReactNode, useEffect, useState } from 'react';
import { useLater } from './later.ts';
import { widgets } from './widgets.ts';

/** Nobody who only passes over it wants to be told anything. */
const HOVERED_MS = 600;

interface Hovered {
  by: 'pointer' | 'focus';
  on: Element;
}

/** Says more about a control, on hover and on keyboard focus. The control stays the very element that it was. */
export function Tooltip({ says, children }: { says: ReactNode; children: ReactElement }) {
  const [hovered, setHovered] = useState<Hovered | null>(null);
  const [anchor, setAnchor] = useState<Element | null>(null);
  const parts = useLater(widgets, hovered !== null);
  useEffect(() => {
    if (hovered === null) return undefined;
    const timer = setTimeout(() => setAnchor(hovered.on), hovered.by === 'focus' ? 0 : HOVERED_MS);
    return () => {
      clearTimeout(timer);
      setAnchor(null);
    };
  }, [hovered]);
  const leave = () => setHovered(null);
  const control = children as ReactElement<HTMLAttributes<HTMLElement>>;
  return (
    <>
      {cloneElement(control, {
        onPointerEnter: ({ pointerType, currentTarget }) => {
          if (pointerType !== 'touch') setHovered({ by: 'pointer', on: currentTarget });
        },
        onPointerLeave: leave,
        onPointerDown: leave,
        onFocus: ({ currentTarget }) => {
          if (currentTarget.matches(':focus-visible')) setHovered({ by: 'focus', on: currentTarget });
        },
        onBlur: leave,
      })}
      {anchor === null || parts === null ? null : <parts.Tip says={says} anchor={anchor} onClose={leave} />}
    </>
  );
}
