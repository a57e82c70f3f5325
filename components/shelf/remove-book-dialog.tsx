'use client';

import { Button } from '#components/ui/button.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import type { Book } from '#shared/records/book.ts';
import { useAct } from '#components/room/use-act.ts';

interface RemoveBookDialogProps {
  book: Book;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

export function RemoveBookDialog({ book, open, onOpenChange }: RemoveBookDialogProps) {
  const act = useAct();
  return (
    <Dialog title="Take it off the shelf?" open={open} onOpenChange={onOpenChange}>
      <p>
        <i className="read">{book.title}</i> leaves the room for everybody, with all that was written in it. Take the
        notes home first if anybody wants them: it cannot be undone.
      </p>
      <div className="acts">
        <Button onClick={() => onOpenChange(false)}>Leave it there</Button>
        <Button
          kind="lectern"
          onClick={() => {
            onOpenChange(false);
            void act({ kind: 'book.remove', book: book.id });
          }}
        >
          Take it off
        </Button>
      </div>
    </Dialog>
  );
}
