'use client';

import { ClosedDoor } from '#components/join/closed-door.tsx';
import { useConnection, useMe, useRoomState } from '#components/room/room-provider.tsx';
import { useWordsNotTaken, WordsNotTaken } from '#components/room/words-not-taken.tsx';
import { ToastProvider } from '#components/ui/toast.tsx';
import type { InviteRole } from '#shared/protocol/http.ts';
import { refuse } from '#shared/protocol/refusal.ts';
import { canModerate } from '#shared/records/roles.ts';
import { BringIn } from './bring-in.tsx';
import { bookBeingRead } from './book-being-read.ts';
import { CurrentBook } from './current-book.tsx';
import { EmptyShelf } from './empty-shelf.tsx';
import { OtherBooks } from './other-books.tsx';
import { PreviewDialog } from './preview-dialog.tsx';
import { RoomHead } from './room-head.tsx';
import { SessionStrip } from './session-strip.tsx';
import { useImports } from './use-imports.ts';

// Whatever was not taken is shown here too: its chapter may be gone.
const nowhere = (): boolean => false;

/** The room's own page: who is here, the session if one is running, the books, and what may be brought in. */
export function Shelf({ invites }: { invites: Partial<Record<InviteRole, string>> | null }) {
  return (
    <ToastProvider>
      <ShelfPage invites={invites} />
    </ToastProvider>
  );
}

function ShelfPage({ invites }: { invites: Partial<Record<InviteRole, string>> | null }) {
  const state = useRoomState();
  const connection = useConnection();
  const me = useMe();
  const mayBring = canModerate(me.role);
  const imports = useImports(state.room.id, mayBring);
  const notTaken = useWordsNotTaken(nowhere);
  if (connection.state === 'gone' && (connection.code === 'removed' || connection.code === 'signed-out'))
    return <ClosedDoor refusal={refuse(connection.code)} room={state.room.id} />;
  const current = bookBeingRead(state);
  const others = state.books.filter((book) => book.id !== current?.id);
  return (
    <div className="shelfpage">
      <RoomHead invites={invites} />
      <main className="wide">
        {connection.state === 'offline' ? (
          <p className="strip" role="status">
            No connection. What stands here may be older than it looks.
          </p>
        ) : null}
        {connection.state === 'gone' ? (
          <p className="strip" role="status">
            <span>
              {connection.code === 'outdated'
                ? 'A newer version of this room is running. Reload to go on.'
                : 'This room is open in too many tabs. Close some, then reload this one.'}
            </span>
            <button type="button" className="link" onClick={() => location.reload()}>
              Reload
            </button>
          </p>
        ) : null}
        {notTaken.length > 0 ? <WordsNotTaken kept={notTaken} /> : null}
        <SessionStrip />
        {current ? (
          <div className="shelf-grid">
            <CurrentBook book={current} />
            <section className="others">
              <OtherBooks books={others} />
              {mayBring ? <BringIn imports={imports} /> : null}
            </section>
          </div>
        ) : (
          <EmptyShelf imports={mayBring ? imports : null} />
        )}
      </main>
      {mayBring ? <PreviewDialog imports={imports} /> : null}
    </div>
  );
}
