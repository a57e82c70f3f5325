import type { Annotation, Colour, Reactions, Reply } from '#shared/records/annotation.ts';
import { colourMeanings } from '#shared/records/colours.ts';
import type { Chapter } from '#shared/records/book.ts';
import { distinctNames } from '#shared/records/distinct-names.ts';
import type { MemberId } from '#shared/records/ids.ts';
import type { Role } from '#shared/records/member.ts';
import type { ExportChapter, ExportInput } from './exporter.ts';
import { oneLine } from './one-line.ts';

/** A person as an export names them; two of one name are told apart. */
export interface ExportPerson {
  id: MemberId;
  name: string;
  role: Role | null;
}

export interface ExportReaction {
  emoji: string;
  by: ExportPerson[];
}

/** What a note and a reply have in common. `author` is null where it was deleted: nothing of it remains but its place. */
export interface ExportWords {
  author: ExportPerson | null;
  body: string;
  createdAt: number;
  editedAt: number | null;
  reactions: ExportReaction[];
}

export interface ExportReply extends ExportWords {
  reply: Reply;
}

/** One note with its thread. `ink` is null in the chapter-wide talk, which marks nothing. */
export interface ExportEntry extends ExportWords {
  annotation: Annotation;
  deleted: boolean;
  onlyMe: boolean;
  ink: { name: Colour; meaning: string } | null;
  /** The address of the passage in the room. */
  link: string;
  replies: ExportReply[];
}

export interface ExportSection {
  chapter: Chapter;
  /** Notes to passages, in reading order. */
  passages: ExportEntry[];
  /** The thread that belongs to no passage, in time order. */
  talk: ExportEntry[];
}

/** Where a chapter is read in the room; the `source` of annotations. */
export const chapterAddress = (input: ExportInput, chapter: Chapter): string =>
  `${input.origin}/rooms/${input.room.id}/read/${chapter.id}`;

/**
 * What every format writes, decided once: which notes and replies, in which order, and under whose names. Hidden ones
 * never come, nor threads under a hidden note; deleted ones come only as the place that replies hang on; another
 * member's private note is dropped even if the caller let it in. `mine` is the asker's notes with their whole threads,
 * and the notes they replied to with their own replies. One ink is the passages marked in it, without the talk.
 */
export function exportSections(input: ExportInput): ExportSection[] {
  const people = peopleOf(input);
  return input.chapters.map((chapter) => exportSection(input, chapter, people));
}

type People = (id: MemberId) => ExportPerson;

function peopleOf(input: ExportInput): People {
  const names = distinctNames(input.members);
  const roles = new Map(input.members.map((member) => [member.id, member.role]));
  return (id) => ({ id, name: oneLine(names.get(id) ?? '') || 'someone', role: roles.get(id) ?? null });
}

function exportSection(
  input: ExportInput,
  { chapter, annotations, replies, reactions }: ExportChapter,
  people: People,
) {
  const threads = Map.groupBy(
    replies.filter((reply) => !reply.hidden && !reply.deleted),
    (reply) => reply.annotation,
  );
  const entries: ExportEntry[] = [];
  for (const annotation of annotations) {
    if (annotation.hidden) continue;
    if (annotation.visibility === 'private' && annotation.author !== input.asker) continue;
    const thread = repliesInScope(input, annotation, threads.get(annotation.id) ?? []);
    if (thread === null || (annotation.deleted && thread.length === 0)) continue;
    entries.push({
      annotation,
      ...wordsOf(annotation, reactions.get(annotation.id), people),
      deleted: annotation.deleted,
      onlyMe: annotation.visibility === 'private',
      ink: annotation.anchor && { name: annotation.colour, meaning: colourMeanings[annotation.colour] },
      link: `${chapterAddress(input, chapter)}#note-${annotation.id}`,
      replies: thread
        .toSorted(byTime)
        .map((reply) => Object.assign(wordsOf(reply, reactions.get(reply.id), people), { reply })),
    });
  }
  const placeOf = new Map(chapter.blocks.map((block, index) => [block.id, index]));
  const inReadingOrder = (a: ExportEntry, b: ExportEntry): number => {
    const [one, other] = [a.annotation.anchor, b.annotation.anchor];
    if (one === null || other === null) return 0;
    // A passage of another revision names blocks of that one: such notes come last, in the order that they had there.
    const lost = Number(one.hash !== chapter.hash) - Number(other.hash !== chapter.hash);
    const place = (block: (typeof one)['start']['block']) => placeOf.get(block) ?? chapter.blocks.length;
    return (
      lost ||
      place(one.start.block) - place(other.start.block) ||
      one.start.offset - other.start.offset ||
      place(one.end.block) - place(other.end.block) ||
      one.end.offset - other.end.offset ||
      byTime(a.annotation, b.annotation)
    );
  };
  return {
    chapter,
    passages: entries.filter((entry) => entry.annotation.anchor !== null).toSorted(inReadingOrder),
    talk: entries
      .filter((entry) => entry.annotation.anchor === null)
      .toSorted((a, b) => byTime(a.annotation, b.annotation)),
  };
}

/** The replies to show under a note, or null where the note itself is out of scope. */
function repliesInScope({ scope, asker }: ExportInput, annotation: Annotation, thread: Reply[]): Reply[] | null {
  if (scope === 'all') return thread;
  if (scope !== 'mine') return annotation.anchor !== null && annotation.colour === scope ? thread : null;
  if (annotation.author === asker) return thread;
  const own = thread.filter((reply) => reply.author === asker);
  return own.length > 0 ? own : null;
}

function wordsOf(record: Annotation | Reply, reactions: Reactions | undefined, people: People): ExportWords {
  if (record.deleted) {
    return { author: null, body: '', createdAt: record.createdAt, editedAt: null, reactions: [] };
  }
  return {
    author: people(record.author),
    body: record.body.replace(/\r\n?/gu, '\n'),
    createdAt: record.createdAt,
    editedAt: record.editedAt,
    reactions: Object.entries(reactions ?? {})
      .filter(([, members]) => members.length > 0)
      .map(([emoji, members]) => ({ emoji: oneLine(emoji), by: members.map(people) })),
  };
}

const byTime = (a: Annotation | Reply, b: Annotation | Reply): number =>
  a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1);

/** ISO 8601 in UTC to the second, such as `2026-11-20T19:03:12Z`; also an `xsd:dateTime`. Takes epoch milliseconds. */
export const isoTime = (time: number): string => new Date(time).toISOString().replace(/\.\d{3}Z$/u, 'Z');

/** Who reacted, in the order in which they did. */
export const namesOf = (people: ExportPerson[]): string => people.map((person) => person.name).join(', ');

export const roleNames: Record<Role, string> = {
  host: 'host',
  cohost: 'co-host',
  reader: 'reader',
  listener: 'listener',
};

export const scopeNames: Record<ExportInput['scope'], string> = {
  all: 'all notes',
  mine: 'one’s own notes',
  saffron: 'saffron',
  verdigris: 'verdigris',
  woad: 'woad',
  heather: 'heather',
  clay: 'clay',
};
