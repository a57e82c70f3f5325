import type { Metadata } from 'next';
import { headers } from 'next/headers';
import Link from 'next/link';
import { redirect } from 'next/navigation';
import { ClosedDoor } from '#components/join/closed-door.tsx';
import { JoinForm } from '#components/join/join-form.tsx';
import { roleWords } from '#components/join/role-words.ts';
import { Faces } from '#components/ui/face.tsx';
import { refuse } from '#shared/protocol/refusal.ts';
import { tokenSchema } from '#shared/protocol/http.ts';
import { services } from '../../services.ts';

interface JoinProps {
  params: Promise<{ token: string }>;
  searchParams: Promise<{ to?: string | string[] }>;
}

const FACES_SHOWN_MAX = 8;

async function invitation(params: JoinProps['params']) {
  const token = tokenSchema.safeParse((await params).token);
  return token.success ? services().invite(token.data) : refuse('link-replaced');
}

export async function generateMetadata({ params }: JoinProps): Promise<Metadata> {
  const invite = await invitation(params);
  // The token in the address must not travel on with the first link that is clicked.
  return { title: 'ok' in invite ? 'A link that no longer opens' : invite.room.title, referrer: 'no-referrer' };
}

/** Only a page of the room one was invited to: an invitation cannot be made to lead anywhere else. */
function pageOfRoom(to: string | string[] | undefined, room: string): string | null {
  if (typeof to !== 'string') return null;
  const url = URL.parse(to, 'http://room.invalid');
  if (url === null || url.host !== 'room.invalid') return null;
  return url.pathname === `/rooms/${room}` || url.pathname.startsWith(`/rooms/${room}/`)
    ? url.pathname + url.search + url.hash
    : null;
}

export default async function Join({ params, searchParams }: JoinProps) {
  const invite = await invitation(params);
  if ('ok' in invite) return <ClosedDoor refusal={invite} />;
  const { room, role, book, here } = invite;
  const to = pageOfRoom((await searchParams).to, room.id);
  const asked = await headers();
  const member = await services().memberFromCookie(asked.get('cookie'), room.id);
  if (member !== null) redirect(to ?? `/rooms/${room.id}`);
  const { token } = await params;
  const hereNow = here.length === 1 ? 'One is here now' : `${here.length} are here now`;

  return (
    <div className="joinpage">
      <main className="titlepage">
        <p className="sc quiet">You are asked to read with</p>
        <h1>
          <bdi>{room.title}</bdi>
        </h1>
        {book ? (
          <p className="by read">
            {book.title}
            {book.author ? `, by ${book.author}` : null}
          </p>
        ) : null}
        {here.length > 0 ? (
          <div className="here">
            <Faces
              most={FACES_SHOWN_MAX}
              faces={here.map((one) => ({
                key: one.id,
                initials: one.initials,
                ink: `--p-${one.ink}`,
                name: one.name,
                ring: one.role === 'host',
              }))}
            />
            <span className="caption">{hereNow}</span>
          </div>
        ) : null}
        {room.locked ? (
          <p className="ticket">
            The room is locked and takes nobody new. Ask its host to open it, then come back to this page.
          </p>
        ) : (
          <>
            <JoinForm token={token} to={to} />
            <p className="caption small-print">
              You come in as a <b>{roleWords[role].name}</b>: {roleWords[role].may}. No account is made; this browser
              keeps your seat.
            </p>
          </>
        )}
      </main>
      <footer className="colophon caption">
        <Link className="wordmark small" href="/">
          Lectern
        </Link>{' '}
        on {asked.get('host')}
      </footer>
    </div>
  );
}
