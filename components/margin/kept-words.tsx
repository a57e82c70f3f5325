'use client';

import { useState } from 'react';
import { copyText } from '#components/ui/copy-text.ts';
import { useReading } from '#components/reader/reading-context.tsx';
import { useRoom } from '#components/room/room-provider.tsx';
import { useToast } from '#components/ui/toast.tsx';
import type { Annotation, Visibility } from '#shared/records/annotation.ts';
import { type AnnotationId, newId } from '#shared/records/ids.ts';
import { type DraftKey, keepDraft, readDraft } from './draft-storage.ts';
import { NoteBody } from './note-body.tsx';
import { usePeople, whyNotWriting } from './people.tsx';

interface KeptWordsProps {
  draftKey: DraftKey;
  /** Where the words belonged. */
  annotation: Annotation;
  /** Why they cannot go there any more. */
  children: string;
}

/** Words that were being written when the place for them went away: still here, with all that can become of them. */
export function KeptWords({ draftKey, annotation, children }: KeptWordsProps) {
  const client = useRoom();
  const people = usePeople();
  const { chapter, choose } = useReading();
  const say = useToast();
  const [words, setWords] = useState(() => readDraft(people.room.id, draftKey));
  const discard = () => {
    keepDraft(people.room.id, draftKey, '');
    setWords('');
  };
  const keepAs = (visibility: Visibility) => {
    const { anchor, colour } = annotation;
    const id = newId<AnnotationId>();
    const passage = anchor?.hash === chapter.hash ? { start: anchor.start, end: anchor.end } : null;
    void client.send({
      kind: 'annotation.create',
      annotation: id,
      chapter: chapter.id,
      passage,
      colour,
      body: words,
      visibility,
    });
    discard();
    choose(id);
  };
  const copy = async () => {
    const copied = await copyText(words);
    say(copied ? { says: 'Copied.' } : { says: 'This browser would not copy. Select the words instead.', calls: true });
  };
  return (
    <div className="composer cannot">
      <p role="status">
        {children} {words === '' ? null : 'What you wrote is kept:'}
      </p>
      {words === '' ? null : (
        <>
          <NoteBody source={words} />
          <footer>
            {whyNotWriting(people) === null ? (
              <button type="button" className="link" onClick={() => keepAs('room')}>
                Make it a note of its own
              </button>
            ) : null}
            <button type="button" className="link" onClick={() => keepAs('private')}>
              Keep it in pencil
            </button>
            <button type="button" className="link" onClick={() => void copy()}>
              Copy
            </button>
            <button type="button" className="link" onClick={discard}>
              Discard
            </button>
          </footer>
        </>
      )}
    </div>
  );
}
