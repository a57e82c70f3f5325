'use client';

import { useReading } from '#components/reader/reading-context.tsx';
import { useRoom } from '#components/room/room-provider.tsx';
import { type AnnotationId, newId } from '#shared/records/ids.ts';
import { Composer, ToEveryone } from './composer.tsx';
import { NoteCard } from './note-card.tsx';
import { usePeople, whyNotWriting } from './people.tsx';
import { ThreadView, WritingLine } from './thread-view.tsx';
import { useOpenThread } from './use-open-thread.ts';
import { useThreads } from './use-threads.ts';

/** The threads that belong to no passage, and where one begins another. */
export function TalkWords() {
  const { choose, chosen } = useReading();
  const threads = useThreads();
  const open = useOpenThread(threads);
  const openId = open?.thread.annotation.anchor === null ? chosen : null;
  return (
    <>
      {threads.talk.length === 0 ? (
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
      <TalkComposer />
    </>
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
