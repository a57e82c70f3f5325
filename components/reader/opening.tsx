'use client';

import { type ReactNode, type RefObject, useCallback, useMemo, useRef, useState } from 'react';
import { comesLater } from '#components/ui/comes-later.tsx';
import { useRoomState } from '#components/room/room-provider.tsx';
import type { Book } from '#shared/records/book.ts';
import { BlockView } from './block-view.tsx';
import { openSearch, useBookSearch } from './book-search.ts';
import { ChapterEnd } from './chapter-end.tsx';
import { ChapterTitle, headingOf } from './chapter-title.tsx';
import { NoteSlip } from './note-slip.tsx';
import { Prose } from './prose.tsx';
import type { WritableSlice } from '#components/room/slice.ts';
import { type Reading, ReadingContext, type ReadingPlace } from './reading-context.tsx';
import { ReadingHead } from './reading-head.tsx';
import { type SheetName, Sheets } from './sheets.tsx';
import { useAddress } from './use-address.ts';
import { useAnnotateButtons } from './use-annotate-buttons.ts';
import { useCarriedWords } from './use-carried-words.ts';
import { useFrozenBlocks } from './use-frozen-blocks.ts';
import { useKeepPlace, usePlaceBefore, useReturn } from './use-kept-place.ts';
import { useMarks } from './use-marks.ts';
import { useNewNotes } from './use-new-notes.ts';
import { usePageMarks } from './use-page-marks.ts';
import { usePending } from './use-pending.ts';
import { usePlace } from './use-place.ts';
import { useReadingKeys } from './use-reading-keys.ts';
import { useReadingValue } from './use-reading-value.ts';
import { useReceding } from './use-receding.ts';
import { useSelected } from './use-selected.ts';
import { useSelectionActions } from './use-selection-actions.ts';
import type { StandingText } from './standing-text.ts';
import { useSteadyPage } from './use-steady-page.ts';
import { useSteadyText } from './use-steady-text.ts';

const SelectionToolbar = comesLater(async () => (await import('./selection-toolbar.tsx')).SelectionToolbar);
const RevisedSlip = comesLater(async () => (await import('./revised-slip.tsx')).RevisedSlip);
const PlacingBar = comesLater(async () => (await import('./placing-bar.tsx')).PlacingBar);

/** What others put around the text: people left of it, talk right of it, the running foot, lines drawn over it. */
export interface Slots {
  lane?: ReactNode;
  margin?: ReactNode;
  foot?: ReactNode;
  people?: ReactNode;
  overText?: ReactNode;
  /** The talk about the whole chapter, under its end. */
  talk?: ReactNode;
}

interface OpeningProps extends Slots {
  book: Book;
  standing: StandingText;
}

/** A page and its margin, with all that reading shares with the parts around it. */
export function Opening({ book, standing, ...slots }: OpeningProps) {
  const { reading, article, place } = useReadingValue(book, standing.chapter);
  return (
    <ReadingContext value={reading}>
      <OpenPage reading={reading} standing={standing} article={article} place={place} {...slots} />
    </ReadingContext>
  );
}

interface OpenPageProps extends Slots {
  reading: Reading;
  standing: StandingText;
  article: RefObject<HTMLElement | null>;
  place: WritableSlice<ReadingPlace | null>;
}

function OpenPage({ reading, standing, article, place, lane, margin, foot, people, overText, talk }: OpenPageProps) {
  const { room } = useRoomState();
  const { book, chapter, text } = reading;
  const page = useRef<HTMLDivElement>(null);
  const [sheet, setSheet] = useState<SheetName | null>(null);
  const [heard, announce] = useState('');
  const searching = useBookSearch().book === book.id;

  const marks = usePageMarks(reading);
  useFrozenBlocks(text, chapter.blocks, marks);
  const selected = useSelected(text, chapter.blocks);
  const actions = useSelectionActions();
  const markHandlers = useMarks(reading);
  const before = usePlaceBefore(chapter);
  const returned = useReturn(text, before);
  usePlace(text, chapter, place);
  useKeepPlace(chapter, place, before);
  useSteadyText(reading, standing, place);
  useSteadyPage(reading);
  useAddress(reading);
  useCarriedWords(reading);
  usePending(reading);
  useReceding(page);
  const onAnnotate = useAnnotateButtons(reading);
  const { count, goToNext } = useNewNotes(reading, before, announce);

  const acts = useMemo(
    () => ({
      openContents: () => setSheet('contents'),
      openSearch: () => openSearch(book.id),
      openSettings: () => setSheet((open) => (open === 'settings' ? null : 'settings')),
      openKeys: () => setSheet('keys'),
      openRevise: () => setSheet('revise'),
      nextNew: goToNext,
      newCount: count,
    }),
    [book.id, goToNext, count],
  );
  const keys = useMemo(
    () => ({ reading, selected, actions, marks, announce, ...acts }),
    [reading, selected, actions, marks, announce, acts],
  );
  useReadingKeys(keys);

  const { above, title } = useMemo(() => headingOf(book, chapter), [book, chapter]);
  const set = typeof title === 'string' ? above : [...above, title];
  const blocks = useMemo(() => chapter.blocks.slice(set.length), [chapter, set.length]);
  const closeSheet = useCallback(() => setSheet(null), []);

  return (
    <div className={sheet === 'settings' ? 'reading is-being-set' : 'reading'} ref={page}>
      <a className="skip" href={`#${blocks[0]?.id ?? ''}`}>
        To the text
      </a>
      <ReadingHead acts={acts} people={people} />
      <main className="opening opening-grid">
        {lane}
        {/* Marks in the text answer to clicks and keys here; the keyboard's own way in is each mark's tab stop. */}
        <article
          ref={article}
          className="text"
          lang={chapter.language === 'und' ? undefined : chapter.language}
          dir={chapter.direction}
          {...markHandlers}
          onClickCapture={onAnnotate}
        >
          <ChapterTitle book={book} chapter={chapter}>
            {set.map((block) => (
              <BlockView key={block.id} block={block} marks={marks} isTitle={block === title} />
            ))}
            {typeof title === 'string' ? <h1>{title}</h1> : null}
          </ChapterTitle>
          <Prose blocks={blocks} marks={marks} />
          <ChapterEnd room={room.id} book={book} chapter={chapter} />
          {overText}
        </article>
        {margin}
        <div className="after-text">{talk}</div>
      </main>
      <NoteSlip />
      {reading.placing === null ? (
        <SelectionToolbar selected={selected} actions={actions} />
      ) : (
        <PlacingBar selected={selected} placing={reading.placing} />
      )}
      {standing.change === null ? null : <RevisedSlip change={standing.change} />}
      {foot}
      <Sheets sheet={sheet} searching={searching} onClose={closeSheet} />
      {returned ? <p className="you-were-here caption">You were here</p> : null}
      <p className="vh" role="status" aria-live="polite">
        {heard}
      </p>
    </div>
  );
}
