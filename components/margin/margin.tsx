'use client';

import './margin.css';
import { useReading } from '#components/reader/reading-context.tsx';
import { comesLater } from '#components/ui/comes-later.tsx';
import { TypedAhead } from '#components/ui/typed-ahead.tsx';
import { DeskProvider } from './desk-provider.tsx';
import { useOpenThread } from './use-open-thread.ts';
import { usePageWidth } from './use-page-width.ts';
import { useThreads } from './use-threads.ts';

const MarginColumn = comesLater(async () => (await import('./margin-column.tsx')).MarginColumn, <DraftAhead />);
const MarginRail = comesLater(async () => (await import('./margin-rail.tsx')).MarginRail, <DraftAhead />);
const ThreadSheet = comesLater(async () => (await import('./thread-sheet.tsx')).ThreadSheet);

/**
 * The conversation beside the text, as the page has room for it: a column of notes, a rail of counts with slips under the
 * passages, or counts with a sheet from the bottom. It stands in the opening grid, after the text; the chosen thread and
 * the note being begun come from the reading page's context.
 */
export function Margin() {
  return (
    <DeskProvider>
      <AsWide />
    </DeskProvider>
  );
}

function AsWide() {
  const width = usePageWidth();
  const threads = useThreads();
  const open = useOpenThread(threads);
  if (width === null) return null;
  const placed = open?.thread.annotation.anchor === null ? null : open;
  if (width === 'wide') return <MarginColumn notes={threads.notes} open={placed} />;
  return (
    <>
      <MarginRail notes={threads.notes} open={placed} pops={width === 'medium'} />
      {width === 'small' ? <ThreadSheet notes={threads.notes} open={placed} /> : null}
    </>
  );
}

/** A note may be begun before there is a place to write it. */
function DraftAhead() {
  return useReading().draft === null ? null : <TypedAhead />;
}
