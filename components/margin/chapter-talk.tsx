'use client';

import { useReading } from '#components/reader/reading-context.tsx';
import { useRoom } from '#components/room/room-provider.tsx';
import { type AnnotationId, newId } from '#shared/records/ids.ts';
import { Composer, ToEveryone } from './composer.tsx';
import { DeskProvider } from './desk-provider.tsx';
import { NoteCard } from './note-card.tsx';
import { usePeople, whyNotWriting } from './people.tsx';
import { ThreadView, WritingLine } from './thread-view.tsx';
import { useOpenThread } from './use-open-thread.ts';
import { usePageWidth } from './use-page-width.ts';
import { useThreads } from './use-threads.ts';

/** What the room says about the whole chapter, under its end: threads that belong to no passage. */
export function ChapterTalk() {
  return (
    <DeskProvider>
      <Talk />
    </DeskProvider>
  );
}

function Talk() {
  const { choose, chosen } = useReading();
  const threads = useThreads();
  const open = useOpenThread(threads);
  const inBrowser = usePageWidth() !== null;
  const openId = open?.thread.annotation.anchor === null ? chosen : null;
  return (
    <section className="talk" aria-labelledby="talk-title" id="talk">
      <h2 id="talk-title" className="sc">
        About the whole chapter
      </h2>
      {threads.talk.length === 0 && inBrowser ? (
        <p className="quiet talk-empty">Nothing has been said about the chapter as a whole.</p>
      ) : null}
      <ol className="talk-notes">
        {threads.talk.map((thread) => (
          <li key={thread.annotation.id}>
            {thread.annotation.id === openId ? (
              <ThreadView thread={thread} gone={open?.gone ?? false} className="note is-open" />
            ) : (
              <NoteCard thread={thread} onOpen={({ annotation }, focus) => choose(annotation.id, { focus })} />
            )}
          </li>
        ))}
        {open?.gone === true && openId !== null ? (
          <li>
            <ThreadView thread={open.thread} gone className="note is-open" />
          </li>
        ) : null}
      </ol>
      {inBrowser ? <TalkComposer /> : null}
    </section>
  );
}

function TalkComposer() {
  const room = useRoom();
  const people = usePeople();
  const { chapter } = useReading();
  const why = whyNotWriting(people);
  if (why !== null) return <p className="composer cannot">{why}</p>;
  return (
    <>
      <WritingLine thread="chapter" />
      <Composer
        draftKey={`new:${chapter.id}:talk`}
        label="Say something about the whole chapter"
        action="Say it"
        writingIn="chapter"
        onSend={(body) =>
          void room.send({
            kind: 'annotation.create',
            annotation: newId<AnnotationId>(),
            chapter: chapter.id,
            passage: null,
            colour: 'saffron',
            body,
            visibility: 'room',
          })
        }
      >
        <ToEveryone />
      </Composer>
    </>
  );
}
