'use client';

import { ChevronDown, ChevronUp, X } from 'lucide-react';
import { type PointerEvent, useEffect, useRef } from 'react';
import { glideTo } from '#components/reader/glide.ts';
import { useReading } from '#components/reader/reading-context.tsx';
import { IconButton } from '#components/ui/icon-button.tsx';
import { usePageShows } from '#components/ui/use-page-shows.ts';
import { DraftSlip } from './draft-slip.tsx';
import { leaveThread } from './leave-thread.ts';
import { measurePassage } from './measure.ts';
import { ThreadView } from './thread-view.tsx';
import type { Thread } from './threads.ts';
import type { OpenThread } from './use-open-thread.ts';

const CLOSING_DRAG_PX = 80;
/** The passage ends above the sheet with this much of the screen's height to spare at least. */
const PASSAGE_BOTTOM = 0.38;

interface ThreadSheetProps {
  notes: readonly Thread[];
  open: OpenThread | null;
}

/** On a small screen: the open thread from the bottom edge, its passage above it, and the way to its neighbours. */
export function ThreadSheet({ notes, open }: ThreadSheetProps) {
  const { text, choose, draft, setDraft } = useReading();
  const sheet = useRef<HTMLElement | null>(null);
  const drag = useRef<number | null>(null);
  const anchor = open?.thread.annotation.anchor ?? null;
  const passage = draft?.passage ?? anchor;
  const key = passage === null ? null : `${passage.start.block}.${passage.start.offset}`;

  useEffect(() => {
    const root = text();
    const box = root !== null && passage !== null ? measurePassage(root, passage) : null;
    if (box === null) return;
    const head = innerHeight * 0.1;
    const limit = innerHeight * PASSAGE_BOTTOM;
    const by = box.bottom > limit ? Math.min(box.bottom - limit, box.top - head) : box.top < head ? box.top - head : 0;
    if (by !== 0) glideTo(scrollY + by);
    // oxlint-disable-next-line react/exhaustive-deps -- only another passage scrolls the page
  }, [key]);

  const isShown = draft !== null || (open !== null && anchor !== null);
  usePageShows('sheet', isShown);
  if (!isShown) return null;
  const at = open?.index ?? 0;
  const isNote = open !== null && notes[at]?.annotation.id === open.thread.annotation.id;
  const previous = notes[at - 1];
  const next = notes[isNote ? at + 1 : at];
  const go = (thread: Thread | undefined) => thread && choose(thread.annotation.id, { focus: true });
  const close = () => {
    if (draft !== null) setDraft(null);
    else if (open !== null) leaveThread(text(), open.thread.annotation.id, choose);
  };

  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    drag.current = event.clientY;
    event.currentTarget.setPointerCapture(event.pointerId);
  };
  const onPointerMove = (event: PointerEvent<HTMLElement>) => {
    if (drag.current === null || sheet.current === null) return;
    sheet.current.style.translate = `0 ${Math.max(0, event.clientY - drag.current)}px`;
  };
  const onPointerUp = (event: PointerEvent<HTMLElement>) => {
    if (drag.current === null || sheet.current === null) return;
    const far = event.clientY - drag.current > CLOSING_DRAG_PX;
    drag.current = null;
    sheet.current.style.translate = '';
    if (far) close();
  };

  return (
    <section className="sheet" role="dialog" aria-label={draft === null ? 'Thread' : 'New note'} ref={sheet}>
      <div
        className="grab-area"
        onPointerDown={onPointerDown}
        onPointerMove={onPointerMove}
        onPointerUp={onPointerUp}
        onPointerCancel={onPointerUp}
      >
        <div className="grab" />
      </div>
      <div className="sheet-head">
        <span className="caption">
          {isNote && draft === null ? (
            <>
              <span className="num">{at + 1}</span> of <span className="num">{notes.length}</span>
            </>
          ) : null}
        </span>
        <span className="sheet-nav">
          {draft === null ? (
            <>
              <IconButton icon={ChevronUp} label="Previous note" disabled={!previous} onClick={() => go(previous)} />
              <IconButton icon={ChevronDown} label="Next note" disabled={!next} onClick={() => go(next)} />
            </>
          ) : null}
          <IconButton icon={X} label="Close" onClick={close} />
        </span>
      </div>
      {draft !== null ? (
        <DraftSlip draft={draft} className="note is-pop" />
      ) : open !== null ? (
        <ThreadView
          key={open.thread.annotation.id}
          thread={open.thread}
          gone={open.gone}
          closes={false}
          className="note is-pop"
        />
      ) : null}
    </section>
  );
}
