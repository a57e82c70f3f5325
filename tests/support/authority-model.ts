import type { Command } from '#shared/protocol/command.ts';
import type { Annotation, Reply } from '#shared/records/annotation.ts';
import type { BookId, ChapterId, MemberId } from '#shared/records/ids.ts';
import type { Role } from '#shared/records/member.ts';

interface Person {
  role: Role;
  muted: boolean;
  removed: boolean;
  /** Whether they have a connection: only who is here can stand at the lectern. */
  here: boolean;
}

/** A note or reply as far as it matters who may do what with it. */
export interface ModelRecord {
  author: MemberId;
  body: string;
  /** Of a note: its chapter, whether only its author has it, whether it is about a passage. Of a reply: its note. */
  chapter: ChapterId;
  private: boolean;
  wordless: boolean;
  answers: string | null;
  deleted: boolean;
  hidden: boolean;
}

interface Gathering {
  lectern: MemberId;
  chapter: ChapterId;
}

/**
 * Who may do what, told again from SPEC.md and without a line of `server/rules`: what a room allows is laid beside this.
 * It knows yes and no, and what a yes changes; the codes of a no are the business of other tests.
 */
export class AuthorityModel {
  readonly people = new Map<MemberId, Person>();
  readonly records = new Map<string, ModelRecord>();
  readonly shelf = new Map<BookId, ChapterId[]>();
  readonly reactions = new Map<string, Set<string>>();
  #locked = false;
  #session: Gathering | null = null;

  /** Whether this member may do this now. When they may, it is done. */
  take(by: MemberId, command: Command): boolean {
    const person = this.people.get(by);
    if (!person || person.removed) return false;
    return this.#decide(by, person, command);
  }

  /** Whether somebody new may come in. */
  get admits(): boolean {
    return !this.#locked;
  }

  /** RM5: whoever moderates replaces a link, and the one that makes co-hosts is for the host. */
  mayRotate(by: MemberId, role: Role): boolean {
    const person = this.people.get(by);
    if (!person || person.removed || !moderates(person)) return false;
    return role !== 'cohost' || person.role === 'host';
  }

  /** Ids of what this member is shown of a chapter; null for who is not in the room. */
  sight(by: MemberId, chapter: ChapterId): Set<string> | null {
    if (this.people.get(by)?.removed !== false) return null;
    const seen = new Set<string>();
    for (const [id, record] of this.records) {
      if (record.chapter !== chapter || (record.private && record.author !== by)) continue;
      if (!record.deleted || (record.answers === null && this.#isAnswered(id))) seen.add(id);
    }
    return seen;
  }

  #decide(by: MemberId, person: Person, command: Command): boolean {
    switch (command.kind) {
      case 'annotation.create': {
        if (command.visibility === 'room' && !this.#mayWrite(person)) return false;
        if (!this.#isOnShelf(command.chapter) || this.records.has(command.annotation)) return false;
        if (command.passage === null && command.body === '') return false;
        this.records.set(command.annotation, {
          author: by,
          body: command.body,
          chapter: command.chapter,
          private: command.visibility === 'private',
          wordless: command.passage !== null,
          answers: null,
          deleted: false,
          hidden: false,
        });
        return true;
      }
      case 'reply.create': {
        const note = this.records.get(command.annotation);
        if (!this.#mayWrite(person) || !note || note.answers !== null || note.private || note.hidden) return false;
        if (note.deleted && !this.#isAnswered(command.annotation)) return false;
        if (this.records.has(command.reply) || command.body === '') return false;
        this.records.set(command.reply, {
          author: by,
          body: command.body,
          chapter: note.chapter,
          private: false,
          wordless: false,
          answers: command.annotation,
          deleted: false,
          hidden: false,
        });
        return true;
      }
      case 'annotation.edit':
        return this.#edit(by, person, this.#note(command.annotation), command.body);
      case 'reply.edit':
        return this.#edit(by, person, this.#reply(command.reply), command.body);
      case 'annotation.reattach':
        // No text is revised here, so every note stands at its words.
        return false;
      case 'annotation.delete':
        return this.#takeBack(by, this.#note(command.annotation));
      case 'reply.delete':
        return this.#takeBack(by, this.#reply(command.reply));
      case 'annotation.undelete':
        return this.#bringBack(by, person, this.#note(command.annotation));
      case 'reply.undelete':
        return this.#bringBack(by, person, this.#reply(command.reply));
      case 'reaction.toggle': {
        const target = this.records.get(command.target);
        if (this.#isSilenced(person) || !target || target.private || target.deleted || target.hidden) return false;
        const reactions = this.reactions.get(command.target) ?? new Set();
        this.reactions.set(command.target, reactions);
        if (command.on) reactions.add(`${by} ${command.emoji}`);
        else reactions.delete(`${by} ${command.emoji}`);
        return true;
      }
      case 'record.hide':
      case 'record.restore': {
        const target = this.records.get(command.target);
        if (!moderates(person) || !target || target.private || target.deleted) return false;
        target.hidden = command.kind === 'record.hide';
        return true;
      }
      case 'member.mute':
      case 'member.role':
      case 'member.remove':
      case 'member.readmit':
        return this.#actOn(person, command);
      case 'room.lock':
        if (!moderates(person)) return false;
        this.#locked = command.locked;
        return true;
      case 'self.describe':
        return !person.muted;
      case 'self.place':
        return this.#isOnShelf(command.chapter);
      case 'hand.raise':
        return this.#session !== null && !(command.raised && person.muted);
      case 'hand.lower':
        return this.#session !== null && moderates(person);
      case 'book.rename':
        return moderates(person) && this.shelf.has(command.book);
      case 'book.move':
        return (
          moderates(person) &&
          this.shelf.has(command.book) &&
          (command.before === null || this.shelf.has(command.before))
        );
      case 'book.remove':
        return this.#removeBook(person, command.book);
      default:
        return this.#lead(by, person, command);
    }
  }

  #lead(by: MemberId, person: Person, command: Extract<Command, { kind: `session.${string}` }>): boolean {
    const session = this.#session;
    if (command.kind === 'session.start') {
      if (!moderates(person) || session !== null || !this.#isOnShelf(command.chapter)) return false;
      this.#session = { lectern: by, chapter: command.chapter };
      return true;
    }
    if (session === null) return false;
    const holds = session.lectern === by && moderates(person);
    switch (command.kind) {
      case 'session.end':
        if (!holds && person.role !== 'host') return false;
        this.#session = null;
        return true;
      case 'session.hand-over': {
        const next = this.people.get(command.member);
        if (!holds || !next || next.removed || !moderates(next)) return false;
        session.lectern = command.member;
        return true;
      }
      case 'session.take': {
        if (!moderates(person)) return false;
        if (session.lectern !== by && person.role !== 'host' && !this.#isEmpty(session)) return false;
        session.lectern = by;
        return true;
      }
      case 'session.spotlight':
      case 'session.summon':
        return holds;
      default:
        return false;
    }
  }

  /** Nobody acts on the host, and only the host acts on a co-host or makes one. */
  #actOn(
    person: Person,
    command: Extract<Command, { kind: 'member.mute' | 'member.role' | 'member.remove' | 'member.readmit' }>,
  ): boolean {
    const subject = this.people.get(command.member);
    if (!moderates(person) || !subject || subject.role === 'host') return false;
    const isHost = person.role === 'host';
    if (subject.role === 'cohost' && !isHost) return false;
    switch (command.kind) {
      case 'member.mute':
        subject.muted = command.muted;
        return true;
      case 'member.role':
        if (command.role === 'cohost' && !isHost) return false;
        subject.role = command.role;
        return true;
      case 'member.remove':
        subject.removed = true;
        subject.here = false;
        return true;
      default:
        subject.removed = false;
        return true;
    }
  }

  #removeBook(person: Person, book: BookId): boolean {
    const chapters = this.shelf.get(book);
    if (!moderates(person) || !chapters) return false;
    if (this.#session !== null && chapters.includes(this.#session.chapter)) return false;
    this.shelf.delete(book);
    for (const [id, { chapter }] of this.records) if (chapters.includes(chapter)) this.records.delete(id);
    return true;
  }

  #edit(by: MemberId, person: Person, record: ModelRecord | undefined, body: string): boolean {
    if (record?.author !== by || record.deleted || record.hidden) return false;
    if (!record.private && !this.#mayWrite(person)) return false;
    if (body === '' && !record.wordless) return false;
    record.body = body;
    return true;
  }

  #takeBack(by: MemberId, record: ModelRecord | undefined): boolean {
    if (record?.author !== by) return false;
    record.deleted = true;
    return true;
  }

  #bringBack(by: MemberId, person: Person, record: ModelRecord | undefined): boolean {
    if (record?.author !== by || record.hidden) return false;
    if (!record.private && !this.#mayWrite(person)) return false;
    record.deleted = false;
    return true;
  }

  #note(id: string): ModelRecord | undefined {
    const record = this.records.get(id);
    return record?.answers === null ? record : undefined;
  }

  #reply(id: string): ModelRecord | undefined {
    const record = this.records.get(id);
    return record?.answers === null ? undefined : record;
  }

  #isAnswered(note: string): boolean {
    return [...this.records.values()].some(({ answers, deleted }) => answers === note && !deleted);
  }

  #isOnShelf(chapter: ChapterId): boolean {
    return [...this.shelf.values()].some((chapters) => chapters.includes(chapter));
  }

  #isEmpty({ lectern }: Gathering): boolean {
    const holder = this.people.get(lectern);
    return !holder || holder.removed || !holder.here || !moderates(holder);
  }

  #isSilenced(person: Person): boolean {
    return person.muted || (this.#locked && !moderates(person));
  }

  #mayWrite(person: Person): boolean {
    return person.role !== 'listener' && !this.#isSilenced(person);
  }
}

const moderates = ({ role }: Person): boolean => role === 'host' || role === 'cohost';

/** A record of the store in the model's terms, beside its id. */
export function inModelTerms(record: Annotation | Reply, chapter: ChapterId): [string, ModelRecord] {
  const { id, author, body, deleted, hidden } = record;
  const isReply = 'annotation' in record;
  return [
    id,
    {
      author,
      body,
      chapter,
      private: !isReply && record.visibility === 'private',
      wordless: !isReply && record.anchor !== null,
      answers: isReply ? record.annotation : null,
      deleted,
      hidden,
    },
  ];
}
