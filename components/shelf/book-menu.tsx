'use client';

import { ArrowLeft, ArrowRight, Ellipsis, Trash2, Type } from 'lucide-react';
import { useState } from 'react';
import { useRoomState } from '#components/room/room-provider.tsx';
import { useAct } from '#components/room/use-act.ts';
import { IconButton } from '#components/ui/icon-button.tsx';
import { Menu, MenuItem } from '#components/ui/menu.tsx';
import type { Book } from '#shared/records/book.ts';
import { RemoveBookDialog } from './remove-book-dialog.tsx';
import { RenameBookDialog } from './rename-book-dialog.tsx';

/** What a host or co-host can do about a book. */
export function BookMenu({ book, small = false }: { book: Book; small?: boolean }) {
  const { books } = useRoomState();
  const act = useAct();
  const [removing, setRemoving] = useState(false);
  const [renaming, setRenaming] = useState(false);
  const at = books.findIndex((one) => one.id === book.id);
  const moveBefore = (before: Book | undefined) =>
    void act({ kind: 'book.move', book: book.id, before: before?.id ?? null });
  return (
    <>
      <Menu align="start" trigger={<IconButton icon={Ellipsis} small={small} label={`${book.title}: more`} />}>
        <MenuItem icon={Type} onClick={() => setRenaming(true)}>
          Title and author…
        </MenuItem>
        {books.length > 1 ? (
          <>
            <MenuItem icon={ArrowLeft} disabled={at <= 0} onClick={() => moveBefore(books[at - 1])}>
              Read it earlier
            </MenuItem>
            <MenuItem icon={ArrowRight} disabled={at === books.length - 1} onClick={() => moveBefore(books[at + 2])}>
              Read it later
            </MenuItem>
          </>
        ) : null}
        <MenuItem icon={Trash2} calls onClick={() => setRemoving(true)}>
          Take it off the shelf…
        </MenuItem>
      </Menu>
      <RenameBookDialog book={book} open={renaming} onOpenChange={setRenaming} />
      <RemoveBookDialog book={book} open={removing} onOpenChange={setRemoving} />
    </>
  );
}
