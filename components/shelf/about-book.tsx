import { safeHref } from '#shared/text/link.ts';
import type { BookAbout } from '#shared/records/book.ts';

/** A summary up to this long is read at a glance; a longer text waits until it is asked for. */
const GLANCE_MAX_CHARS = 400;

/** What a publication says of itself: its summary, its author's or publisher's notes, where it comes from. */
export function AboutBook({ about }: { about: BookAbout | undefined }) {
  const { summary = null, notes = null, publisher = null, identifier = null } = about ?? {};
  const source = safeHref(identifier ?? '');
  const isShort = summary !== null && summary.length <= GLANCE_MAX_CHARS;
  const hasMore = notes !== null || publisher !== null || source !== null || (summary !== null && !isShort);
  return (
    <>
      {isShort ? <Paragraphs className="about-book read" text={summary} /> : null}
      {hasMore ? (
        <details className="about-book">
          <summary className="link">About this book</summary>
          {summary === null || isShort ? null : <Paragraphs className="read" text={summary} />}
          {notes === null ? null : <Paragraphs className="read" text={notes} />}
          {publisher === null && source === null ? null : (
            <p className="caption">
              {publisher}
              {publisher !== null && source !== null ? ', ' : null}
              {source === null ? null : (
                <a className="link" href={source} rel="noreferrer">
                  {new URL(source).host}
                </a>
              )}
            </p>
          )}
        </details>
      ) : null}
    </>
  );
}

function Paragraphs({ text, className }: { text: string; className: string }) {
  return (
    <div className={className}>
      {text
        .split('\n')
        .filter((line) => line.trim() !== '')
        .map((line, index) => (
          // A text that never changes.
          // oxlint-disable-next-line react/no-array-index-key
          <p key={index} dir="auto">
            {line}
          </p>
        ))}
    </div>
  );
}
