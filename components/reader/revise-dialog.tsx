'use client';

import { Undo2, Upload } from 'lucide-react';
import { type ChangeEvent, useMemo, useRef, useState } from 'react';
import { isRefusal } from '#components/http/ask.ts';
import { guessFormat } from '#components/shelf/guess-format.ts';
import { useNames, useRoomState } from '#components/room/room-provider.tsx';
import { Button } from '#components/ui/button.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { Icon } from '#components/ui/icon.tsx';
import { Progress } from '#components/ui/progress.tsx';
import { TextArea } from '#components/ui/text-area.tsx';
import { useToast } from '#components/ui/toast.tsx';
import type { ChapterRevised, FateCounts, RevisionPreview, UnsureNote } from '#shared/records/revision.ts';
import { asMarkdown } from './as-markdown.ts';
import { useReading } from './reading-context.tsx';
import { undoRevision, useRevision } from './use-revision.ts';

interface ReviseDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** A new text for the chapter: brought, looked at with what it would move, and published, by the host or a co-host. */
export function ReviseDialog({ open, onOpenChange }: ReviseDialogProps) {
  return (
    <Dialog title="Revise the text" wide open={open} onOpenChange={onOpenChange}>
      <Revising onDone={() => onOpenChange(false)} />
    </Dialog>
  );
}

function Revising({ onDone }: { onDone: () => void }) {
  const { room } = useRoomState();
  const { chapter } = useReading();
  const revision = useRevision(room.id, chapter.id);
  // Here, so that it is still there to be changed after it was looked at, or could not be read.
  const [written, setWritten] = useState<Written>({ text: '', mends: false });
  const say = useToast();
  const { now } = revision;

  const takeBack = async () => {
    const undone = await undoRevision(room.id, chapter.id);
    if (isRefusal(undone)) say({ says: undone.message, calls: true });
    else say({ says: 'The former text stands again.' });
  };
  const publish = async () => {
    const published = await revision.publish();
    if (published === null) return;
    onDone();
    say({ says: told(published), undo: () => void takeBack() });
  };

  if (now.step === 'reading') {
    return (
      <div className="revise-reading" role="status">
        <p>Reading the new text, and finding out what it would move…</p>
        <Progress label="Reading the new text" value={now.progress} />
      </div>
    );
  }
  if (now.step === 'ready' && now.draft.preview !== null) {
    return (
      <>
        <Preview preview={now.draft.preview} />
        <div className="acts">
          <Button onClick={revision.startAgain}>Change it</Button>
          <Button kind="primary" pending={now.publishing} onClick={() => void publish()}>
            {now.publishing ? 'Publishing…' : 'Publish it'}
          </Button>
        </div>
      </>
    );
  }
  return (
    <BringText
      wrong={now.step === 'none' ? now.wrong : null}
      written={written}
      onWrite={setWritten}
      onBring={revision.bring}
      onTakeBack={() => {
        onDone();
        void takeBack();
      }}
    />
  );
}

function told({ fates }: ChapterRevised): string {
  const unsure = fates.uncertain + fates.orphaned;
  const found = fates.kept + fates.moved;
  if (found + unsure === 0) return 'The new text stands.';
  if (unsure === 0) return `The new text stands, and ${notes(found)} with it.`;
  return `The new text stands. ${notes(found)} went along, ${unsure} did not surely find ${unsure === 1 ? 'its' : 'their'} words.`;
}

const notes = (count: number): string => (count === 1 ? '1 note' : `${count} notes`);

/** What is being written; `mends` when it began as the text that stands there, and is therefore Markdown. */
interface Written {
  text: string;
  mends: boolean;
}

interface BringTextProps {
  written: Written;
  onWrite: (written: Written) => void;
  wrong: string | null;
  onBring: ReturnType<typeof useRevision>['bring'];
  onTakeBack: () => void;
}

function BringText({ wrong, written, onWrite, onBring, onTakeBack }: BringTextProps) {
  const { text, mends } = written;
  const { chapter } = useReading();
  const standing = useMemo(() => asMarkdown(chapter.blocks), [chapter.blocks]);
  const file = useRef<HTMLInputElement>(null);
  const onFile = (event: ChangeEvent<HTMLInputElement>) => {
    const [chosen] = event.target.files ?? [];
    if (chosen) onBring({ file: chosen });
  };
  return (
    <form
      className="revise-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (text.trim() !== '') onBring({ text, format: mends ? 'markdown' : guessFormat(text) });
      }}
    >
      <p className="quiet">
        Paste the whole chapter as it shall stand, or choose its file. Nothing changes before you have seen what would
        move.
        {standing === null || text !== '' ? null : (
          <>
            {' '}
            <button type="button" className="link" onClick={() => onWrite({ text: standing, mends: true })}>
              Mend the text that stands there
            </button>
          </>
        )}
      </p>
      <TextArea
        label="The new text of the chapter"
        placeholder="The new text of the chapter"
        className="boxed read"
        value={text}
        onChange={(event) => onWrite({ text: event.target.value, mends: mends && event.target.value !== '' })}
      />
      {wrong === null ? null : (
        <p className="rubric" role="alert">
          {wrong}
        </p>
      )}
      <input ref={file} type="file" hidden tabIndex={-1} aria-hidden="true" onChange={onFile} />
      <div className="acts">
        <Button kind="plain" className="take-back" onClick={onTakeBack}>
          <Icon of={Undo2} /> Put the former text back
        </Button>
        <Button onClick={() => file.current?.click()}>
          <Icon of={Upload} /> Choose a file
        </Button>
        <Button type="submit" kind="primary" aria-disabled={text.trim() === ''}>
          See what would move
        </Button>
      </div>
    </form>
  );
}

const fateWords: Record<keyof FateCounts, { name: string; says: string }> = {
  kept: { name: 'kept', says: 'at the same words' },
  moved: { name: 'moved', says: 'found in another place, or with words changed' },
  uncertain: { name: 'uncertain', says: 'with a suggestion to confirm' },
  orphaned: { name: 'without words', says: 'kept on a shelf under the chapter' },
};

/** What publishing would do: how much of the text changes, and what becomes of the notes. */
function Preview({ preview }: { preview: RevisionPreview }) {
  const { fates, changed, blocks, words, unsure } = preview;
  const places = changed === 1 ? '1 paragraph' : `${changed} paragraphs`;
  return (
    <div className="revise-preview">
      <p>
        {changed === 0 ? 'No paragraph holds new words' : `${places} of ${blocks} would hold other words`};{' '}
        {words.toLocaleString()} words in all.
      </p>
      <dl className="fates">
        {(Object.keys(fateWords) as (keyof FateCounts)[]).map((fate) => (
          <div key={fate} className={fates[fate] === 0 ? 'is-none' : undefined} data-fate={fate}>
            <dt>
              <b className="num">{fates[fate]}</b> {fateWords[fate].name}
            </dt>
            <dd className="quiet">{fateWords[fate].says}</dd>
          </div>
        ))}
      </dl>
      {unsure.length === 0 ? null : <UnsureNotes unsure={unsure} />}
      <p className="caption">Private notes are carried along too; only their authors see where.</p>
    </div>
  );
}

const SHOWN_AT_FIRST = 20;

function UnsureNotes({ unsure }: { unsure: readonly UnsureNote[] }) {
  const names = useNames();
  const [all, setAll] = useState(false);
  const shown = all ? unsure : unsure.slice(0, SHOWN_AT_FIRST);
  return (
    <>
      <h3 className="sc">Notes that do not surely find their words</h3>
      <ol className="unsure">
        {shown.map(({ annotation, author, quote, suggestion }) => (
          <li key={annotation}>
            <q className="read">{shortened(quote)}</q>
            <span className="meta">
              {' '}
              <bdi>{names.get(author) ?? 'somebody'}</bdi>
            </span>
            <p className="quiet">
              {suggestion === null ? (
                'Nothing like it is there any more.'
              ) : (
                <>
                  Perhaps: <q className="read">{shortened(suggestion)}</q>
                </>
              )}
            </p>
          </li>
        ))}
      </ol>
      {shown.length === unsure.length ? null : (
        <button type="button" className="link" onClick={() => setAll(true)}>
          {unsure.length - shown.length} more
        </button>
      )}
    </>
  );
}

const QUOTE_SHOWN_CHARS = 140;
const shortened = (words: string): string =>
  words.length > QUOTE_SHOWN_CHARS ? `${words.slice(0, QUOTE_SHOWN_CHARS).trimEnd()}…` : words;
