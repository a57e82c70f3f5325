'use client';

import { type ReactElement, useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { Segmented } from '#components/ui/segmented.tsx';
import { TextArea } from '#components/ui/text-area.tsx';
import { TextField } from '#components/ui/text-field.tsx';
import type { Format } from '#shared/records/book.ts';
import { guessFormat } from './guess-format.ts';
import type { Bringing } from './use-imports.ts';

const choices = [
  { value: 'auto', label: 'As it looks' },
  { value: 'text', label: 'Plain text' },
  { value: 'markdown', label: 'Markdown' },
  { value: 'html', label: 'HTML' },
] as const satisfies readonly { value: Format | 'auto'; label: string }[];

/** Text from the clipboard as a chapter or book. */
export function PasteDialog({ trigger, onBring }: { trigger: ReactElement; onBring: (bringing: Bringing) => void }) {
  const [open, setOpen] = useState(false);
  const [text, setText] = useState('');
  const [title, setTitle] = useState('');
  const [format, setFormat] = useState<Format | 'auto'>('auto');
  const [wrong, setWrong] = useState(false);
  const bring = () => {
    setWrong(text.trim() === '');
    if (text.trim() === '') return;
    onBring({ text, title: title.trim(), format: format === 'auto' ? guessFormat(text) : format });
    setOpen(false);
    setText('');
    setTitle('');
  };
  return (
    <Dialog title="Paste text" wide trigger={trigger} open={open} onOpenChange={setOpen}>
      <form
        className="paste-form"
        onSubmit={(event) => {
          event.preventDefault();
          bring();
        }}
      >
        <TextField
          label="Its title, if the text does not say"
          plain
          autoComplete="off"
          value={title}
          onChange={(event) => setTitle(event.target.value)}
        />
        <TextArea
          label="The text"
          className="boxed read"
          value={text}
          onChange={(event) => setText(event.target.value)}
          aria-invalid={wrong || undefined}
        />
        {wrong ? (
          <p className="rubric" role="alert">
            There is nothing written yet.
          </p>
        ) : null}
        <Segmented label="What it is written in" value={format} options={choices} onChange={setFormat} />
        <div className="acts">
          <Button type="submit" kind="primary">
            Bring it in
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
