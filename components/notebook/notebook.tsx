'use client';

import { ArrowLeft, Search, X } from 'lucide-react';
import Link from 'next/link';
import { useMemo, useRef, useState } from 'react';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { Button } from '#components/ui/button.tsx';
import { IconButton } from '#components/ui/icon-button.tsx';
import { Icon } from '#components/ui/icon.tsx';
import { distinctNames } from '#shared/records/distinct-names.ts';
import type { Book } from '#shared/records/book.ts';
import type { MemberId } from '#shared/records/ids.ts';
import type { Member } from '#shared/records/member.ts';
import type { Room } from '#shared/records/room.ts';
import type { EntryGroup } from './entry.ts';
import { EntryView } from './entry-view.tsx';
import { countEntries, everything, filtered } from './filter.ts';
import { linesSaying, PadHits } from './pad-hits.tsx';
import { Filters } from './filters.tsx';
import { TakeHome } from './take-home.tsx';
import { useOtherPads } from './use-other-pads.ts';
import { useFoundWords } from './use-found-words.ts';

export interface NotebookProps {
  room: Room;
  book: Book;
  books: Book[];
  groups: EntryGroup[];
  /** What the pad of the book says, line by line: it is searched along. */
  padLines: string[];
  members: Member[];
  you: MemberId;
}

/** Every note of a book: found, filtered, read in the order of the text, and taken home. */
export function Notebook({ room, book, books, groups, padLines, members, you }: NotebookProps) {
  const [filter, setFilter] = useState(everything);
  const entries = useRef<HTMLElement>(null);
  const shown = useMemo(() => filtered(groups, filter, you), [groups, filter, you]);
  const people = useMemo(() => new Map(members.map((member) => [member.id, member])), [members]);
  const names = useMemo(() => distinctNames(members), [members]);
  const total = countEntries(groups);
  const count = countEntries(shown);
  const inPad = useMemo(() => linesSaying(padLines, filter.words), [padLines, filter.words]);
  const elsewhere = useOtherPads(room.id, book.id, filter.words, books.length < 2);
  const inOtherPads = elsewhere.reduce((sum, pad) => sum + pad.count, 0);
  const found = useMemo(() => [shown, elsewhere], [shown, elsewhere]);
  useFoundWords(entries, filter.words, found);
  return (
    <div className="notebookpage">
      <header className="roomhead wide">
        <div>
          <p className="sc quiet">
            <Link className="back bare" href={`/rooms/${room.id}`} aria-label={`Back to ${room.title}`}>
              <Icon of={ArrowLeft} />
            </Link>{' '}
            <bdi>{book.title}</bdi>
          </p>
          <h1>Notebook</h1>
        </div>
        <div className="roomhead-right">
          <label className="search">
            <span className="vh">Search the notes</span>
            <Icon of={Search} />
            <input
              className="input ui"
              type="text"
              inputMode="search"
              placeholder="Search the notes"
              value={filter.words}
              onChange={(event) => setFilter({ ...filter, words: event.target.value })}
            />
            <span className="caption num" role="status">
              {[
                count === total ? '' : `${count} of ${total}`,
                inPad.length === 0 ? '' : `${inPad.length} in the pad`,
                inOtherPads === 0 ? '' : `${inOtherPads} in other pads`,
              ]
                .filter(Boolean)
                .join(', ')}
            </span>
            {filter.words === '' ? null : (
              <IconButton icon={X} label="Clear" small onClick={() => setFilter({ ...filter, words: '' })} />
            )}
          </label>
        </div>
      </header>
      <main className="nb wide">
        <Filters filter={filter} onChange={setFilter} groups={groups} people={people} names={names} you={you} />
        <section className="entries" ref={entries} aria-label="Notes">
          {books.length > 1 ? (
            <nav className="entries-bar" aria-label="Books">
              {books.map((one) => (
                <Link
                  key={one.id}
                  className={one.id === book.id ? 'btn small primary' : 'btn small'}
                  aria-current={one.id === book.id ? 'page' : undefined}
                  href={`/rooms/${room.id}/notebook?book=${one.id}`}
                >
                  <bdi>{one.title}</bdi>
                </Link>
              ))}
            </nav>
          ) : null}
          <PadHits room={room.id} book={book.id} lines={inPad} />
          {elsewhere.map((pad) => (
            <PadHits
              key={pad.book}
              room={room.id}
              book={pad.book}
              lines={pad.lines}
              count={pad.count}
              title={books.find((one) => one.id === pad.book)?.title ?? ''}
            />
          ))}
          {shown.map((group) => (
            <section key={group.chapter} aria-labelledby={`chapter-${group.chapter}`}>
              <h2 className="group" id={`chapter-${group.chapter}`}>
                <span className="num">{group.number}.</span> <bdi>{group.title}</bdi>{' '}
                <span className="caption num">{group.entries.length}</span>
              </h2>
              {group.entries.map((entry) => (
                <EntryView
                  key={entry.annotation.id}
                  entry={entry}
                  room={room.id}
                  people={people}
                  names={names}
                  you={you}
                />
              ))}
            </section>
          ))}
          {shown.length > 0 || inPad.length > 0 || elsewhere.length > 0 ? null : total === 0 ? (
            <EmptyState level={2} title="Nothing is written in this book yet">
              Select some words while you read: what is marked and said comes together here.
            </EmptyState>
          ) : (
            <EmptyState
              level={2}
              title={filter.words ? `No note says ‘${filter.words}’` : 'No note is like that'}
              actions={<Button onClick={() => setFilter(everything)}>Show all {total}</Button>}
            >
              {filter.words ? 'Perhaps in other words, or among those that the filters leave out.' : null}
            </EmptyState>
          )}
        </section>
        <TakeHome room={room.id} book={book} />
      </main>
    </div>
  );
}
