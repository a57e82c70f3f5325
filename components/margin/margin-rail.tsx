'use client';

import { Pencil } from 'lucide-react';
import { type ReactNode, useEffect, useEffectEvent, useLayoutEffect, useRef, useState } from 'react';
import { glideTo } from '#components/reader/glide.ts';
import { useReading } from '#components/reader/reading-context.tsx';
import { classNames } from '#components/ui/class-names.ts';
import { Icon } from '#components/ui/icon.tsx';
import type { Passage } from '#shared/anchoring/anchor.ts';
import { type Bead, beadsOf } from './beads.ts';
import { DraftSlip } from './draft-slip.tsx';
import { measurePassage } from './measure.ts';
import { counted } from './sentences.ts';
import { ThreadView } from './thread-view.tsx';
import type { Thread } from './threads.ts';
import type { OpenThread } from './use-open-thread.ts';

const APART_PX = 28;
/** Between a passage's last line and the slip under it. */
const UNDER_PX = 14;

interface MarginRailProps {
  notes: readonly Thread[];
  open: OpenThread | null;
  /** Whether an open note stands under its passage (the sheet shows it elsewhere). */
  pops: boolean;
}

/** Where there is no room for a margin: counts beside the text, in the inks of their notes. */
export function MarginRail({ notes, open, pops }: MarginRailProps) {
  const { text, choose, chosen, draft } = useReading();
  const rail = useRef<HTMLDivElement | null>(null);
  const [beads, setBeads] = useState<readonly Bead[]>([]);
  const [popTop, setPopTop] = useState<number | null>(null);

  const anchor = open?.thread.annotation.anchor ?? null;
  const passage: Passage | null = draft?.passage ?? (anchor && { start: anchor.start, end: anchor.end });
  const measure = useEffectEvent(() => {
    const root = text();
    if (root === null || rail.current === null) return;
    const top = rail.current.getBoundingClientRect().top;
    const placed = notes.flatMap((thread) => {
      const box = thread.annotation.anchor && measurePassage(root, thread.annotation.anchor);
      return box ? [{ thread, at: box.baseline - top }] : [];
    });
    const under = passage && measurePassage(root, passage);
    setBeads(beadsOf(placed, APART_PX));
    setPopTop(under ? under.bottom - top + UNDER_PX : null);
  });
  useLayoutEffect(() => measure(), [notes, open, draft]);
  useEffect(() => {
    const root = text();
    if (root === null) return undefined;
    const observer = new ResizeObserver(() => measure());
    observer.observe(root);
    return () => observer.disconnect();
  }, [text]);

  return (
    <div className="rail" ref={rail}>
      <nav aria-label="Notes beside the text">
        {beads.map((bead) => (
          <BeadButton
            key={bead.threads[0]?.annotation.id}
            bead={bead}
            on={bead.threads.some(({ annotation }) => annotation.id === chosen)}
            onOpen={(thread) => choose(thread.annotation.id, { focus: true })}
          />
        ))}
      </nav>
      {pops && popTop !== null ? (
        <Pop top={popTop}>
          {draft !== null ? (
            <DraftSlip draft={draft} className="note is-pop" />
          ) : open !== null ? (
            <ThreadView key={open.thread.annotation.id} thread={open.thread} gone={open.gone} className="note is-pop" />
          ) : null}
        </Pop>
      ) : null}
    </div>
  );
}

/** Opened near the lower edge, it brings itself into sight, as far as its passage stays there too. */
function Pop({ top, children }: { top: number; children: ReactNode }) {
  const slip = useRef<HTMLDivElement | null>(null);
  useEffect(() => {
    const box = slip.current?.getBoundingClientRect();
    if (box === undefined) return;
    const missing = Math.min(box.bottom - innerHeight * 0.92, box.top - innerHeight * 0.25);
    if (missing > 0) glideTo(scrollY + missing);
  }, [top]);
  return (
    <div ref={slip} className="popnote slip opens" style={{ top: `${top}px` }}>
      {children}
    </div>
  );
}

function BeadButton({ bead, on, onOpen }: { bead: Bead; on: boolean; onOpen: (thread: Thread) => void }) {
  const { chosen } = useReading();
  const first = bead.threads[0];
  if (first === undefined) return null;
  const { annotation } = first;
  const pencilled = bead.threads.every((thread) => thread.annotation.visibility === 'private');
  const ink = pencilled ? 'graphite' : annotation.colour;
  // Pressed again, it goes on to the next note of the same line.
  const at = bead.threads.findIndex((thread) => thread.annotation.id === chosen);
  const next = bead.threads[(at + 1) % bead.threads.length] ?? first;
  return (
    <button
      type="button"
      className={classNames('bead', ink, on && 'on')}
      style={{ top: `calc(${bead.at}px - 1.3rem)` }}
      aria-label={pencilled ? 'Your pencil note' : counted(bead.count, 'note', 'notes')}
      aria-expanded={on}
      onClick={() => onOpen(next)}
    >
      {pencilled ? <Icon of={Pencil} /> : <span className={`num ink ${ink}`}>{bead.count}</span>}
    </button>
  );
}
