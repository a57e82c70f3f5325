'use client';

import { useState } from 'react';
import { useAct } from '#components/room/use-act.ts';
import { Button } from '#components/ui/button.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { TextField } from '#components/ui/text-field.tsx';
import type { Book } from '#shared/records/book.ts';
import { titleSchema } from '#shared/records/title.ts';

interface RenameBookDialogProps {
  book: Book;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** For texts that did not say what they are called. */
export function RenameBookDialog({ book, open, onOpenChange }: RenameBookDialogProps) {
  return (
    <Dialog title="Title and author" open={open} onOpenChange={onOpenChange}>
      <RenameForm book={book} onDone={() => onOpenChange(false)} />
    </Dialog>
  );
}

function RenameForm({ book, onDone }: { book: Book; onDone: () => void }) {
  const act = useAct();
  const [title, setTitle] = useState(book.title);
  const [author, setAuthor] = useState(book.author ?? '');
  const [wrong, setWrong] = useState<{ title: boolean; author: boolean }>({ title: false, author: false });

  const keep = async () => {
    const parsedTitle = titleSchema.safeParse(title);
    const parsedAuthor = titleSchema.nullable().safeParse(author.trim() === '' ? null : author);
    setWrong({ title: !parsedTitle.success, author: !parsedAuthor.success });
    if (!parsedTitle.success || !parsedAuthor.success) return;
    const done = await act({ kind: 'book.rename', book: book.id, title: parsedTitle.data, author: parsedAuthor.data });
    if (done) onDone();
  };

  return (
    <form
      className="grid gap-4"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void keep();
      }}
    >
      <TextField
        label="Title"
        value={title}
        bad={wrong.title}
        say={wrong.title ? 'A title has 1 to 240 characters.' : undefined}
        onChange={(event) => setTitle(event.target.value)}
      />
      <TextField
        label="Author, if known"
        value={author}
        bad={wrong.author}
        say={wrong.author ? 'A name has up to 240 characters.' : undefined}
        onChange={(event) => setAuthor(event.target.value)}
      />
      <div className="acts">
        <Button kind="primary" type="submit">
          Keep
        </Button>
        <Button onClick={onDone}>Cancel</Button>
      </div>
    </form>
  );
}
