import type { Metadata } from 'next';
import { ClosedDoor } from '#components/join/closed-door.tsx';
import { StatePage } from '#components/join/state-page.tsx';
import { WayBack } from '#components/join/way-back.tsx';
import type { EntryGroup } from '#components/notebook/entry.ts';
import { Notebook } from '#components/notebook/notebook.tsx';
import { bookBeingRead } from '#components/shelf/book-being-read.ts';
import type { ChapterEntry } from '#shared/records/book.ts';
import { padText } from '#shared/records/pad-block.ts';
import type { RoomId } from '#shared/records/ids.ts';
import type { RoomState } from '#shared/records/room.ts';
import { services } from '../../../services.ts';
import { visit } from '../../../visit.ts';
import { entriesOf } from './entries-of.ts';

interface NotebookProps {
  params: Promise<{ room: string }>;
  searchParams: Promise<{ book?: string | string[] }>;
}

export const metadata: Metadata = { title: 'Notebook' };

export default async function NotebookPage({ params, searchParams }: NotebookProps) {
  const visited = await visit((await params).room);
  if ('ok' in visited) return <ClosedDoor refusal={visited} room={(await params).room as RoomId} />;
  const { room, state } = visited;
  const asked = (await searchParams).book;
  const book = state.books.find((one) => one.id === asked) ?? bookBeingRead(state);
  if (book === undefined)
    return (
      <StatePage title="Nothing to take home yet" actions={<WayBack href={`/rooms/${room}`}>To the shelf</WayBack>}>
        The notebook gathers what is written in the books of the room, and there is no book yet.
      </StatePage>
    );
  const groups = await Promise.all(book.chapters.map((chapter) => groupOf(chapter, state)));
  // A pad that cannot be read is no reason to withhold the notes; its own page says that it cannot.
  const pad =
    (await services()
      .pad(room, state.you, book.id)
      .catch(() => null)) ?? [];
  return (
    <Notebook
      key={book.id}
      room={state.room}
      book={book}
      books={state.books}
      groups={groups.filter((group) => group.entries.length > 0)}
      padLines={padText(pad).split('\n')}
      members={state.members}
      you={state.you}
    />
  );
}

async function groupOf(chapter: ChapterEntry, state: RoomState): Promise<EntryGroup> {
  const margin = await services().marginFor(state.room.id, state.you, chapter.id);
  const seenAt = state.places.find((place) => place.chapter === chapter.id)?.seenAt ?? 0;
  return {
    chapter: chapter.id,
    number: chapter.index + 1,
    title: chapter.title,
    entries: 'ok' in margin ? [] : entriesOf(margin, state.you, seenAt),
  };
}
