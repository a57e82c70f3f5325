import { Pencil } from 'lucide-react';
import Link from 'next/link';
import { NoteBody } from '#components/margin/note-body.tsx';
import { chapterPath } from '#components/session/chapter-path.ts';
import { inkProperty } from '#components/room/member-face.tsx';
import { classNames } from '#components/ui/class-names.ts';
import { whoStyle } from '#components/ui/face.tsx';
import { Icon } from '#components/ui/icon.tsx';
import { Manicule } from '#components/ui/ornaments.tsx';
import { Time } from '#components/ui/time.tsx';
import type { Reply } from '#shared/records/annotation.ts';
import { colourMeanings } from '#shared/records/colours.ts';
import type { MemberId, RoomId } from '#shared/records/ids.ts';
import type { Member } from '#shared/records/member.ts';
import type { Entry } from './entry.ts';

interface EntryViewProps {
  entry: Entry;
  room: RoomId;
  people: ReadonlyMap<MemberId, Member>;
  names: ReadonlyMap<MemberId, string>;
  you: MemberId;
}

/** A quotation in its ink, and under it what was said, each in its person's ink. */
export function EntryView({ entry, room, people, names, you }: EntryViewProps) {
  const { annotation, replies, reactions, fresh } = entry;
  const author = people.get(annotation.author);
  const pencil = annotation.visibility === 'private';
  const signs = Object.entries(reactions).filter(([, members]) => members.length > 0);
  const by = (id: MemberId) => (
    <b className="who" style={whoStyle(inkProperty(people.get(id)?.ink ?? 'ink'))}>
      <bdi>{names.get(id) ?? 'somebody'}</bdi>
    </b>
  );
  return (
    <article
      className={classNames('entry', pencil && 'mine', author?.role === 'host' && 'host')}
      style={whoStyle(inkProperty(author?.ink ?? 'ink'))}
    >
      {annotation.anchor ? (
        <blockquote className="read" dir="auto">
          <mark className={classNames('hl', pencil ? 'graphite' : annotation.colour)}>
            {annotation.anchor.quote.exact}
          </mark>
        </blockquote>
      ) : (
        <p className="caption">On the whole chapter</p>
      )}
      <div className="entry-body">
        <header>
          {author?.role === 'host' ? <Manicule /> : null}
          {by(annotation.author)} <Time at={annotation.createdAt} />
          {annotation.editedAt === null ? null : <span className="caption">edited</span>}
          {pencil || annotation.anchor === null ? null : (
            <span className={classNames('ink', annotation.colour)}>{colourMeanings[annotation.colour]}</span>
          )}
          {fresh && annotation.author !== you ? <span className="newmark">new</span> : null}
        </header>
        <Words record={annotation} />
        {replies.map((reply) => (
          <div key={reply.id} className="entry-reply">
            {by(reply.author)} <Time at={reply.createdAt} />
            <Words record={reply} />
          </div>
        ))}
        <footer className="caption">
          {pencil ? (
            <span>
              <Icon of={Pencil} /> only you
            </span>
          ) : null}
          {signs.map(([emoji, members]) => (
            <span key={emoji}>
              {emoji} <span className="num">{members.length}</span>
            </span>
          ))}
          <Link className="link" href={`${chapterPath(room, annotation.chapter)}#note-${annotation.id}`}>
            {annotation.anchor && !annotation.anchor.lost ? 'Go to the passage' : 'Go to the chapter'}
          </Link>
        </footer>
      </div>
    </article>
  );
}

function Words({ record }: { record: Pick<Reply, 'body' | 'deleted' | 'hidden'> }) {
  if (record.deleted) return <p className="caption">deleted</p>;
  if (record.hidden && record.body === '') return <p className="caption">hidden by a host</p>;
  return record.body === '' ? null : <NoteBody source={record.body} />;
}
