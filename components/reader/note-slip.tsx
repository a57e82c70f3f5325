'use client';

import { useEffect, useState } from 'react';
import { usePageWidth } from '#components/margin/use-page-width.ts';
import { AnchoredPopover } from '#components/ui/anchored-popover.tsx';
import { Drawer } from '#components/ui/drawer.tsx';
import type { Block, NoteId } from '#shared/text/block.ts';
import { sayJump } from './jumps.ts';
import { type FootNote, footNotesOf } from './notes-list.tsx';
import { useReading } from './reading-context.tsx';
import { RunList } from './run-list.tsx';
import { segmentsOf } from './segments.ts';

/** A note of the book beside its reference: a slip where there is room, a sheet on a phone. The list has it too. */
export function NoteSlip() {
  const { text, chapter } = useReading();
  const width = usePageWidth();
  const [open, setOpen] = useState<{ note: FootNote; anchor: HTMLElement } | null>(null);

  useEffect(() => {
    const onClick = (event: MouseEvent) => {
      if (!(event.target instanceof Element) || event.metaKey || event.ctrlKey || event.shiftKey) return;
      const back = event.target.closest<HTMLElement>('[data-back]');
      if (back !== null) return goBack(event, text(), back.dataset['back'] ?? '');
      const anchor = event.target.closest<HTMLElement>('[data-noteref]');
      const note = footNotesOf(chapter.blocks).find((one) => one.note === anchor?.dataset['noteref']);
      if (anchor === null || note === undefined) return;
      event.preventDefault();
      setOpen({ note, anchor });
    };
    // In the slip itself, too: notes refer to notes.
    document.addEventListener('click', onClick);
    return () => document.removeEventListener('click', onClick);
  }, [text, chapter]);

  if (open === null) return null;
  const { note, anchor } = open;
  const label = `Note ${note.label}`;
  const close = () => setOpen(null);
  const content = (
    <div className="note-slip">
      <NoteText note={note} />
      <p className="caption">
        <a className="link" href={`#foot-${note.note}`} onClick={() => goToNote(close)}>
          Among the notes
        </a>
      </p>
    </div>
  );
  return width === 'small' ? (
    <Drawer label={label} open onOpenChange={close}>
      {content}
    </Drawer>
  ) : (
    <AnchoredPopover label={label} anchor={anchor} onClose={close}>
      {content}
    </AnchoredPopover>
  );
}

function goToNote(close: () => void): void {
  sayJump();
  close();
}

/** To the reference itself rather than to the paragraph it stands in. */
function goBack(event: Event, root: HTMLElement | null, note: NoteId): void {
  const reference = root?.querySelector<HTMLElement>(`[data-noteref="${note}"]`);
  if (reference === null || reference === undefined) return;
  event.preventDefault();
  sayJump();
  reference.scrollIntoView({ block: 'center' });
  reference.focus({ preventScroll: true });
}

function NoteText({ note }: { note: FootNote }) {
  return (
    <div className="prose">
      {note.blocks.map((block) => (
        <NoteBlock key={block.id} block={block} />
      ))}
    </div>
  );
}

function NoteBlock({ block }: { block: Block }) {
  const segments = segmentsOf(block.text.length, block.marks, []);
  return (
    <p className={block.type === 'verse' ? 'verse' : undefined} lang={block.language} dir={block.direction}>
      <RunList text={block.text} segments={segments} marks={block.marks} chosen={null} />
    </p>
  );
}
