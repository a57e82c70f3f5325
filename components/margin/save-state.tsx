'use client';

import { Check, CircleAlert, CloudOff } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { copyText } from '#components/ui/copy-text.ts';
import { useReading } from '#components/reader/reading-context.tsx';
import { wordsOf } from '#components/room/words-of.ts';
import type { Unsaved } from '#components/room/margin-provider.tsx';
import { useRoom } from '#components/room/room-provider.tsx';
import { Icon } from '#components/ui/icon.tsx';
import { useToast } from '#components/ui/toast.tsx';
import { type AnnotationId, newId } from '#shared/records/ids.ts';
import { useDesk, useUnsaved } from './desk.tsx';
import type { RecordId } from './records.ts';

const SAVED_SHOWN_MS = 2_500;

/** What stands between a record and 'saved', and for a moment, that it is. */
export function useSaveState(id: RecordId): Unsaved | 'saved' | null {
  const unsaved = useUnsaved(id);
  const before = useRef<Unsaved | null>(null);
  const [saved, setSaved] = useState(false);
  useEffect(() => {
    const was = before.current;
    before.current = unsaved;
    if (unsaved !== null || was === null || was.state === 'refused') return undefined;
    setSaved(true);
    const timer = setTimeout(() => setSaved(false), SAVED_SHOWN_MS);
    return () => clearTimeout(timer);
  }, [unsaved]);
  return unsaved ?? (saved ? 'saved' : null);
}

export function SaveState({ state }: { state: Unsaved | 'saved' }) {
  if (state === 'saved') {
    return (
      <span className="meta saystate">
        <Icon of={Check} />
        saved
      </span>
    );
  }
  if (state.state === 'sending') return <span className="meta saystate">sending…</span>;
  if (state.state === 'waiting') {
    return (
      <span className="meta saystate">
        <Icon of={CloudOff} />
        waiting for connection
      </span>
    );
  }
  return (
    <span className="meta saystate calls">
      <Icon of={CircleAlert} />
      not taken
    </span>
  );
}

/** Why something was not taken, and what can be done with it: nobody's words are thrown away for them. */
export function NotTaken({ unsaved }: { unsaved: Extract<Unsaved, { state: 'refused' }> }) {
  const room = useRoom();
  const { chapter } = useReading();
  const { margin } = useDesk();
  const say = useToast();
  const { command, refusal } = unsaved;
  const words = wordsOf(command);

  const isRoomNote = command.kind !== 'annotation.create' || command.visibility === 'room';
  const keepInPencil = () => {
    const parent = 'annotation' in command ? margin.get().annotations.get(command.annotation) : undefined;
    const passage =
      command.kind === 'annotation.create'
        ? // Chosen in a text that stands here no more, it would mark other words.
          (command.hash ?? chapter.hash) === chapter.hash && command.passage
        : parent?.anchor && { start: parent.anchor.start, end: parent.anchor.end };
    void room.send({
      kind: 'annotation.create',
      annotation: newId<AnnotationId>(),
      chapter: chapter.id,
      passage: passage || null,
      colour: command.kind === 'annotation.create' ? command.colour : (parent?.colour ?? 'saffron'),
      body: words,
      visibility: 'private',
    });
    room.outbox.dismiss(command.id);
  };
  const copy = async () => {
    const copied = await copyText(words);
    say(copied ? { says: 'Copied.' } : { says: 'This browser would not copy. Select the words instead.', calls: true });
  };

  return (
    <>
      <p className="rubric caption not-taken" role="alert">
        {refusal.message}
      </p>
      <footer>
        {isRoomNote ? (
          <button type="button" className="link" onClick={keepInPencil}>
            Keep it in pencil
          </button>
        ) : null}
        {words === '' ? null : (
          <button type="button" className="link" onClick={() => void copy()}>
            Copy
          </button>
        )}
        <button type="button" className="link" onClick={() => room.outbox.dismiss(command.id)}>
          Discard
        </button>
      </footer>
    </>
  );
}
