'use client';

import { X } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useRef, useState } from 'react';
import { useReading } from '#components/reader/reading-context.tsx';
import { usePresence, useRoom, useSlice } from '#components/room/room-provider.tsx';
import { whoStyle } from '#components/ui/face.tsx';
import { IconButton } from '#components/ui/icon-button.tsx';
import type { Reply } from '#shared/records/annotation.ts';
import type { Present } from '#shared/protocol/presence.ts';
import { newId, type ReplyId } from '#shared/records/ids.ts';
import { Composer, ToEveryone } from './composer.tsx';
import { useDesk, useUnsaved } from './desk.tsx';
import { KeptWords } from './kept-words.tsx';
import { leaveThread } from './leave-thread.ts';
import { type People, usePeople, whyNotWriting } from './people.tsx';
import { asNote, asReply } from './records.ts';
import { counted, writingSentence } from './sentences.ts';
import { ThreadEntry } from './thread-entry.tsx';
import type { Thread } from './threads.ts';

const REPLIES_SHOWN = 3;
const REPLIES_MORE = 50;

interface ThreadViewProps {
  thread: Thread;
  /** Where its own close button has no place (the sheet has one already). */
  closes?: boolean;
  /** It was taken back while one wrote under it: it stands only for the words that were being written. */
  gone?: boolean;
  className: string;
}

/** An open thread: the note, its replies, who is writing, and where one answers. */
export function ThreadView({ thread, closes = true, gone = false, className }: ThreadViewProps) {
  const people = usePeople();
  const { text, choose } = useReading();
  const { annotation, replies } = thread;
  const composer = useRef<HTMLTextAreaElement | null>(null);
  const author = people.member(annotation.author);
  const isWaiting = useUnsaved(annotation.id) !== null;

  const close = () => leaveThread(text(), annotation.id, choose);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target instanceof Element && event.target.matches('textarea, input')) return;
    if (event.key === 'Escape') close();
    else if (event.key === 'r' && !event.ctrlKey && !event.metaKey && !event.altKey && composer.current !== null)
      composer.current.focus();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- shortcuts of the thread, for what has the focus inside
    <article
      className={`${className} ${annotation.visibility === 'private' ? 'graphite-note' : annotation.colour}`}
      id={`note-${annotation.id}`}
      data-entry={annotation.id}
      tabIndex={-1}
      aria-label={threadLabel(thread, people)}
      style={author === null ? undefined : whoStyle(`--p-${author.ink}`)}
      onKeyDown={onKeyDown}
    >
      <div className="thread">
        <ThreadEntry
          note={asNote(annotation)}
          tools={closes ? <IconButton icon={X} label="Close the thread" small onClick={close} /> : null}
        />
        <Replies replies={replies} />
        {annotation.visibility === 'room' ? <WritingLine thread={annotation.id} /> : null}
      </div>
      {gone ? (
        <KeptWords draftKey={`reply:${annotation.id}`} annotation={annotation}>
          {`${people.name(annotation.author)} took this note back while you were writing.`}
        </KeptWords>
      ) : annotation.visibility === 'room' && !annotation.hidden ? (
        <ReplyComposer thread={thread} waiting={isWaiting} field={composer} />
      ) : null}
    </article>
  );
}

export function threadLabel({ annotation }: Thread, people: People): string {
  const quote = annotation.anchor?.quote.exact ?? '';
  const about = quote === '' ? '' : ` on “${quote.length > 60 ? `${quote.slice(0, 57)}…` : quote}”`;
  const what = annotation.visibility === 'private' ? 'Your pencil note' : `Note by ${people.name(annotation.author)}`;
  return what + about;
}

/** The last few at first, earlier ones on request. What arrives while one types waits behind a line, so nothing moves. */
function Replies({ replies }: { replies: readonly Reply[] }) {
  const { me } = usePeople();
  const [most, setMost] = useState(REPLIES_SHOWN);
  const typing = useSlice(useDesk().typing);
  const [before, setBefore] = useState<ReadonlySet<ReplyId> | null>(null);
  const now = () => new Set(replies.map(({ id }) => id));
  if (typing !== (before !== null)) setBefore(typing ? now() : null);
  const standing = before === null ? replies : replies.filter(({ id, author }) => before.has(id) || author === me.id);
  const held = replies.length - standing.length;
  // A line that says '1 earlier reply' saves nothing.
  const shown = standing.length > most + 1 ? standing.slice(-most) : standing;
  const earlier = standing.length - shown.length;
  return (
    <>
      {earlier > 0 ? (
        <div className="earlier">
          <button type="button" className="link" onClick={() => setMost(most + REPLIES_MORE)}>
            {counted(earlier, 'earlier reply', 'earlier replies')}
          </button>
        </div>
      ) : null}
      {shown.length > 0 ? (
        <ol className="replies" aria-label="Replies">
          {shown.map((reply) => (
            <ReplyItem key={reply.id} reply={reply} />
          ))}
        </ol>
      ) : null}
      {held > 0 ? (
        <div className="writing">
          <button
            type="button"
            className="link"
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => setBefore(now())}
          >
            {counted(held, 'new reply', 'new replies')}
          </button>
        </div>
      ) : null}
    </>
  );
}

function ReplyItem({ reply }: { reply: Reply }) {
  const people = usePeople();
  const author = people.member(reply.author);
  return (
    <li className="reply" style={author === null ? undefined : whoStyle(`--p-${author.ink}`)}>
      <article aria-label={`Reply by ${people.name(reply.author)}`}>
        <ThreadEntry note={asReply(reply)} />
      </article>
    </li>
  );
}

/** Who else writes here now; the line keeps its height, so that its coming and going moves nothing. */
export function WritingLine({ thread }: { thread: NonNullable<Present['writingIn']> }): ReactNode {
  const people = usePeople();
  const names: string[] = [];
  for (const present of usePresence().values()) {
    if (present.writingIn === thread && present.member !== people.me.id) names.push(people.name(present.member));
  }
  return <div className="writing who-writes">{writingSentence(names)}</div>;
}

interface ReplyComposerProps {
  thread: Thread;
  /** The note itself is still on its way: an answer would be sent after it, and could be refused with it. */
  waiting: boolean;
  field: { current: HTMLTextAreaElement | null };
}

function ReplyComposer({ thread: { annotation }, waiting, field }: ReplyComposerProps) {
  const room = useRoom();
  const people = usePeople();
  const why = whyNotWriting(people);
  if (why !== null) {
    return (
      <KeptWords draftKey={`reply:${annotation.id}`} annotation={annotation}>
        {why}
      </KeptWords>
    );
  }
  if (waiting) return null;
  const name = annotation.author === people.me.id ? null : people.name(annotation.author);
  return (
    <Composer
      ref={field}
      draftKey={`reply:${annotation.id}`}
      label={name === null ? 'Reply' : `Reply to ${name}`}
      action="Reply"
      writingIn={annotation.id}
      onSend={(body) =>
        void room.send({ kind: 'reply.create', reply: newId<ReplyId>(), annotation: annotation.id, body })
      }
    >
      <ToEveryone />
    </Composer>
  );
}
