import { headers } from 'next/headers';
import Link from 'next/link';
import { LinkDialog } from '#components/landing/link-dialog.tsx';
import { OpenRoomForm } from '#components/landing/open-room-form.tsx';
import { Picture } from '#components/landing/picture.tsx';
import { ThemeMenu } from '#components/landing/theme-menu.tsx';
import { services } from './services.ts';

/** Rooms listed at most; who is in more finds them by their links. */
const ROOMS_SHOWN_MAX = 6;

export default async function Landing() {
  const rooms = await services().roomsOf((await headers()).get('cookie'));
  return (
    <main className="front">
      <header className="front-head">
        <span className="wordmark">Lectern</span>
        <nav aria-label="Elsewhere">
          <LinkDialog />
          <ThemeMenu />
        </nav>
      </header>
      <section className="front-say">
        <h1>Read the same page, together.</h1>
        <p className="deck">
          Open a chapter, send one link, and everybody is in the margin: marking lines, writing beside them, following
          whoever stands at the lectern.
        </p>
        <OpenRoomForm />
        <p className="caption">
          No account,<sup>1</sup> on your own machine,<sup>2</sup> and what is written stays there.<sup>3</sup>
        </p>
        {rooms.length > 0 ? (
          <nav className="your-rooms" aria-label="Your rooms">
            <span className="caption">Your rooms</span>
            {rooms.slice(0, ROOMS_SHOWN_MAX).map(({ room, title }) => (
              <Link key={room} className="link" href={`/rooms/${room}`} prefetch={false}>
                <bdi>{title}</bdi>
              </Link>
            ))}
          </nav>
        ) : null}
      </section>
      <Picture />
      <section className="front-for" aria-label="Who it is for">
        <div>
          <h2 className="sc">Book clubs</h2>
          <p>One evening, one chapter, every face beside the line it is reading.</p>
        </div>
        <div>
          <h2 className="sc">Authors</h2>
          <p>Read your own pages aloud; each reader’s screen follows, sentence by sentence.</p>
        </div>
        <div>
          <h2 className="sc">Keepers of notes</h2>
          <p>Take the whole margin home, threads and all, in a form your tools can open.</p>
        </div>
      </section>
      <footer className="footnotes">
        <p>
          <sup>1</sup> A link and a name are enough. Come back in the same browser and you are the same person.
        </p>
        <p>
          <sup>2</sup> One command, one folder of data, no other service. Nothing is loaded from anyone else: no fonts,
          no trackers.
        </p>
        <p>
          <sup>3</sup> Markdown, a printed page, a spreadsheet, W3C Web Annotations, whenever you like. Private notes
          leave with their writer alone.
        </p>
      </footer>
    </main>
  );
}
