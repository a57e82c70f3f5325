'use client';

import { Pencil } from 'lucide-react';
import { type ReactNode, useEffect, useMemo, useRef } from 'react';
import { glideTo } from '#components/reader/glide.ts';
import { useReading } from '#components/reader/reading-context.tsx';
import { classNames } from '#components/ui/class-names.ts';
import { Icon } from '#components/ui/icon.tsx';
import type { Passage } from '#shared/anchoring/anchor.ts';
import type { Bead } from './beads.ts';
import { DraftSlip } from './draft-slip.tsx';
import { counted } from './sentences.ts';
import { textLines } from './text-lines.ts';
import { ThreadView } from './thread-view.tsx';
import type { Thread } from './threads.ts';
import type { OpenThread } from './use-open-thread.ts';
import { useRail } from './use-rail.ts';

interface MarginRailProps {
  notes: readonly Thread[];
  open: OpenThread | null;
  /** Whether an open note stands under its passage (the sheet shows it elsewhere). */
  pops: boolean;
}

/** Where there is no room for a margin: counts beside the text near what is in sight, in the inks of their notes. */
export function MarginRail({ notes, open, pops }: MarginRailProps) {
  const { text, choose, chosen, draft, chapter } = useReading();
  const rail = useRef<HTMLDivElement | null>(null);
  const lines = useMemo(() => textLines(chapter.blocks), [chapter.blocks]);
  const passage: Passage | null = draft?.passage ?? open?.thread.annotation.anchor ?? null;
  const { beads, popTop } = useRail({ rail, text, notes, lines, passage });

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
