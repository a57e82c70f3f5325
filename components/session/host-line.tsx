'use client';

import { useLayoutEffect, useState } from 'react';
import type { Passage } from '#shared/anchoring/anchor.ts';
import { rangeOf } from '#components/reader/dom-positions.ts';
import { useReading } from '#components/reader/reading-context.tsx';
import { useSession } from '#components/room/room-provider.tsx';
import { useTextLayout } from './use-text-layout.ts';

interface Stroke {
  left: number;
  top: number;
  width: number;
}

/** The red stroke beneath the sentence at the host's reading line: one a line, drawn over the page, no part of the text. */
export function HostLine() {
  const { chapter, text } = useReading();
  const session = useSession();
  const layout = useTextLayout();
  const [strokes, setStrokes] = useState<readonly Stroke[]>([]);
  const place = session?.chapter === chapter.id ? session.place : null;

  useLayoutEffect(() => {
    const root = text();
    setStrokes(root && place ? strokesUnder(root, place) : []);
  }, [place, text, layout]);

  return (
    <div className="host-line" aria-hidden="true">
      {strokes.map((stroke) => (
        <i key={`${stroke.top}:${stroke.left}`} style={stroke} />
      ))}
    </div>
  );
}

function strokesUnder(root: HTMLElement, passage: Passage): Stroke[] {
  const range = rangeOf(root, passage);
  if (range === null) return [];
  const frame = root.getBoundingClientRect();
  const lines = new Map<number, Stroke>();
  for (const rect of range.getClientRects()) {
    if (rect.width === 0) continue;
    const top = Math.round(rect.bottom - frame.top);
    const left = rect.left - frame.left;
    const line = lines.get(top);
    if (line === undefined) lines.set(top, { left, top, width: rect.width });
    else {
      const right = Math.max(line.left + line.width, left + rect.width);
      line.left = Math.min(line.left, left);
      line.width = right - line.left;
    }
  }
  return [...lines.values()];
}
