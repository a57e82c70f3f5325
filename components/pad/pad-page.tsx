'use client';

import { ArrowLeft, History, NotebookPen } from 'lucide-react';
import dynamic from 'next/dynamic';
import Link from 'next/link';
import { useState } from 'react';
import { ClosedDoor } from '#components/join/closed-door.tsx';
import { copyText } from '#components/ui/copy-text.ts';
import { faceOf } from '#components/room/member-face.tsx';
import {
  RoomProvider,
  useConnection,
  useMembers,
  useNames,
  useRoomState,
  useSlice,
} from '#components/room/room-provider.tsx';
import { createSlice } from '#components/room/slice.ts';
import { Button } from '#components/ui/button.tsx';
import { Faces } from '#components/ui/face.tsx';
import { IconButton } from '#components/ui/icon-button.tsx';
import { Icon } from '#components/ui/icon.tsx';
import { ToastProvider, useToast } from '#components/ui/toast.tsx';
import { refuse } from '#shared/protocol/refusal.ts';
import type { Book } from '#shared/records/book.ts';
import type { MemberId } from '#shared/records/ids.ts';
import type { PadBlock } from '#shared/records/pad-block.ts';
import type { RoomState } from '#shared/records/room.ts';
import { PadBlocks } from './pad-blocks.tsx';
import { PadHistory } from './pad-history.tsx';
import type { PadCopy, PadSaving, PadSession } from './pad-session.ts';
import { SavingLine } from './saving-line.tsx';
import { usePadSession } from './use-pad-session.ts';
import { useWhyNot } from './why-not.ts';

const PadEditor = dynamic(() => import('./pad-editor.tsx'), { ssr: false });

interface PadPageProps {
  state: RoomState;
  book: Book;
  /** What the pad said when the page was made: read before any script has run. */
  blocks: PadBlock[];
}

/** The room's club notes on a book, written together. */
export function PadPage({ state, book, blocks }: PadPageProps) {
  return (
    <RoomProvider state={state}>
      <ToastProvider>
        <Pad book={book} blocks={blocks} />
      </ToastProvider>
    </RoomProvider>
  );
}

const opening = createSlice<PadSaving>({ state: 'opening' });
const noCopy = createSlice<PadCopy | null>(null);
const nobody = createSlice<readonly MemberId[]>([]);
const nothing = createSlice('');

function Pad({ book, blocks }: Omit<PadPageProps, 'state'>) {
  const { room } = useRoomState();
  const connection = useConnection();
  const whyNot = useWhyNot();
  const session = usePadSession(book.id, whyNot === null);
  const saving = useSlice(session?.saving ?? opening);
  const copy = useSlice(session?.copy ?? noCopy);
  const [looking, setLooking] = useState(false);
  if (connection.state === 'gone' && (connection.code === 'removed' || connection.code === 'signed-out'))
    return <ClosedDoor refusal={refuse(connection.code)} room={room.id} />;
  const mayWrite = whyNot === null && saving.state !== 'closed';
  return (
    <div className="padpage">
      <header className="roomhead wide">
        <div>
          <p className="sc quiet">
            <Link className="back bare" href={`/rooms/${room.id}`} aria-label={`Back to ${room.title}`}>
              <Icon of={ArrowLeft} />
            </Link>{' '}
            <bdi>{book.title}</bdi>
          </p>
          <h1>The pad</h1>
        </div>
        <div className="roomhead-right">
          <Others session={session} />
          <SavingLine saving={saving} readOnly={whyNot !== null} />
          <Link
            className="icon-btn"
            href={`/rooms/${room.id}/notebook?book=${book.id}`}
            title="Notebook"
            aria-label="Notebook"
          >
            <Icon of={NotebookPen} />
          </Link>
          <IconButton icon={History} label="Versions" onClick={() => setLooking(true)} />
        </div>
      </header>
      <main className="pad-sheet">
        {whyNot === null ? null : (
          <p className="strip" role="status">
            {whyNot}
          </p>
        )}
        {session ? <KeptLines session={session} /> : null}
        {copy === null ? (
          <div className="pad-text">
            <PadBlocks room={room.id} blocks={blocks} />
          </div>
        ) : (
          <PadEditor key={copy.doc.guid} copy={copy} mayWrite={mayWrite} label={`The pad of ${book.title}`} />
        )}
      </main>
      {looking ? <PadHistory book={book} mayWrite={mayWrite} onClose={() => setLooking(false)} /> : null}
    </div>
  );
}

function Others({ session }: { session: PadSession | null }) {
  const others = useSlice(session?.others ?? nobody);
  const members = useMembers();
  const names = useNames();
  const faces = others.flatMap((id) => {
    const member = members.get(id);
    return member ? [faceOf(member, names.get(id) ?? member.name)] : [];
  });
  if (faces.length === 0) return null;
  return (
    <span role="group" aria-label="Also in the pad">
      <Faces faces={faces} />
    </span>
  );
}

/** Lines of a copy that was given up and that the pad does not have: here to be copied. */
function KeptLines({ session }: { session: PadSession }) {
  const kept = useSlice(session.kept ?? nothing);
  const say = useToast();
  if (kept === '') return null;
  const copy = async () => {
    const done = await copyText(kept);
    say(done ? { says: 'Copied.' } : { says: 'This browser would not copy.', calls: true });
  };
  return (
    <section className="strip calls pad-kept" aria-label="Not in the pad">
      <div>
        <p>
          These lines stood in this browser’s copy, and the pad does not have them. They are kept here until you let
          them go.
        </p>
        <pre>{kept}</pre>
        <div className="acts">
          <Button size="small" onClick={() => void copy()}>
            Copy
          </Button>
          <Button size="small" kind="plain" onClick={() => session.forgetKept()}>
            Let them go
          </Button>
        </div>
      </div>
    </section>
  );
}
