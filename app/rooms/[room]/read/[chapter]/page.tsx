import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { ClosedDoor } from '#components/join/closed-door.tsx';
import { ChapterTalk } from '#components/margin/chapter-talk.tsx';
import { ConnectionLine } from '#components/margin/connection-line.tsx';
import { HomelessWords } from '#components/margin/homeless-words.tsx';
import { LostNotes } from '#components/margin/lost-notes.tsx';
import { Margin } from '#components/margin/margin.tsx';
import { ReadingPage } from '#components/reader/reading-page.tsx';
import { Foot } from '#components/session/foot.tsx';
import { Here } from '#components/session/here.tsx';
import { HostLine } from '#components/session/host-line.tsx';
import { Lane } from '#components/session/lane.tsx';
import { Spotlight } from '#components/session/spotlight.tsx';
import type { Chapter } from '#shared/records/book.ts';
import { chapterIdSchema } from '#shared/records/id-schemas.ts';
import type { RoomId } from '#shared/records/ids.ts';
import { services } from '../../../../services.ts';
import { visit, type Visit } from '../../../../visit.ts';
import './reading.css';
import './book-parts.css';
import './search.css';

interface ReadProps {
  params: Promise<{ room: string; chapter: string }>;
}

async function chapterFor({ room, state }: Visit, address: string): Promise<Chapter> {
  const id = chapterIdSchema.safeParse(address);
  const chapter = id.success ? await services().chapter(room, state.you, id.data) : null;
  return chapter ?? notFound();
}

export async function generateMetadata({ params }: ReadProps): Promise<Metadata> {
  const { room, chapter } = await params;
  const visited = await visit(room);
  return { title: 'ok' in visited ? 'A closed door' : (await chapterFor(visited, chapter)).title };
}

export default async function Read({ params }: ReadProps) {
  const { room, chapter: address } = await params;
  const visited = await visit(room);
  if ('ok' in visited) return <ClosedDoor refusal={visited} room={room as RoomId} />;
  const chapter = await chapterFor(visited, address);
  const book = visited.state.books.find(({ id }) => id === chapter.bookId) ?? notFound();
  return (
    <ReadingPage
      key={chapter.id}
      state={visited.state}
      book={book}
      chapter={chapter}
      lane={<Lane />}
      people={<Here />}
      margin={<Margin />}
      talk={
        <>
          <LostNotes />
          <ChapterTalk />
        </>
      }
      foot={
        <>
          <Foot />
          <ConnectionLine />
          <HomelessWords />
        </>
      }
      overText={
        <>
          <HostLine />
          <Spotlight />
        </>
      }
    />
  );
}
