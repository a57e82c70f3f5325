'use client';

import { LocateFixed, TextSelect } from 'lucide-react';
import { useReading } from '#components/reader/reading-context.tsx';
import { useMargin } from '#components/room/margin-provider.tsx';
import { useAct } from '#components/room/use-act.ts';
import { Button } from '#components/ui/button.tsx';
import { whoStyle } from '#components/ui/face.tsx';
import { Icon } from '#components/ui/icon.tsx';
import type { Passage } from '#shared/anchoring/anchor.ts';
import { passageText } from '#shared/anchoring/quote.ts';
import type { Annotation } from '#shared/records/annotation.ts';
import { usePeople } from './people.tsx';
import { asNote, asReply } from './records.ts';
import { ThreadEntry } from './thread-entry.tsx';

/** Those notes, for who may see them. */
export function LostShelf() {
  const { lost } = useMargin();
  const people = usePeople();
  const seen = [...lost.values()]
    .filter(({ deleted, hidden, author }) => !deleted && (!hidden || people.moderates || author === people.me.id))
    .sort((a, b) => a.createdAt - b.createdAt);
  if (seen.length === 0) return null;
  return (
    <section className="lost-notes" aria-labelledby="lost-title" id="lost-notes">
      <h2 id="lost-title" className="sc">
        Notes whose words are gone
      </h2>
      <p className="quiet">The text was revised, and these notes did not surely find their words in it.</p>
      <ol className="talk-notes">
        {seen.map((annotation) => (
          <li key={annotation.id}>
            <LostNote annotation={annotation} />
          </li>
        ))}
      </ol>
    </section>
  );
}

function LostNote({ annotation }: { annotation: Annotation }) {
  const people = usePeople();
  const { replies } = useMargin();
  const author = people.member(annotation.author);
  const answers = [...replies.values()]
    .filter((reply) => reply.annotation === annotation.id && !reply.deleted)
    .sort((a, b) => a.createdAt - b.createdAt);
  const mayPlace = people.moderates || annotation.author === people.me.id;
  return (
    <article
      className={`note is-lost ${annotation.visibility === 'private' ? 'graphite-note' : annotation.colour}`}
      id={`note-${annotation.id}`}
      style={author === null ? undefined : whoStyle(`--p-${author.ink}`)}
    >
      <blockquote className="lost-quote read">
        <span className="vh">It was on: </span>
        <bdi>{shortened(annotation.anchor?.quote.exact ?? '')}</bdi>
      </blockquote>
      <div className="thread">
        <ThreadEntry note={asNote(annotation)} />
        {answers.length === 0 ? null : (
          <ol className="replies" aria-label="Replies">
            {answers.map((reply) => (
              <li className="reply" key={reply.id}>
                <ThreadEntry note={asReply(reply)} />
              </li>
            ))}
          </ol>
        )}
      </div>
      {mayPlace ? <WaysBack annotation={annotation} /> : null}
    </article>
  );
}

/** The suggestion to confirm, where there is one, and the choice of words by hand. */
function WaysBack({ annotation }: { annotation: Annotation }) {
  const { chapter, goTo, setPlacing, placing } = useReading();
  const act = useAct();
  const suggestion = annotation.anchor?.lost?.suggestion ?? null;
  const put = (passage: Passage) =>
    void act({
      kind: 'annotation.reattach',
      annotation: annotation.id,
      chapter: chapter.id,
      passage,
      hash: chapter.hash,
    });
  return (
    <footer className="ways-back">
      {suggestion === null ? null : (
        <p>
          <span className="quiet">Perhaps it belongs to </span>
          <button type="button" className="link read" title="Show these words" onClick={() => goTo(suggestion)}>
            “<bdi>{shortened(passageText(chapter.blocks, suggestion))}</bdi>”
          </button>
        </p>
      )}
      <div className="acts">
        {suggestion === null ? null : (
          <Button size="small" kind="primary" onClick={() => put(suggestion)}>
            <Icon of={LocateFixed} /> Put it there
          </Button>
        )}
        <Button size="small" aria-pressed={placing === annotation.id} onClick={() => setPlacing(annotation.id)}>
          <Icon of={TextSelect} /> Choose other words
        </Button>
      </div>
    </footer>
  );
}

const QUOTE_SHOWN_CHARS = 160;
const shortened = (words: string): string =>
  words.length > QUOTE_SHOWN_CHARS ? `${words.slice(0, QUOTE_SHOWN_CHARS).trimEnd()}…` : words;
