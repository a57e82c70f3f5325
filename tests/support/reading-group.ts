import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command } from '#shared/protocol/command.ts';
import type { InviteRole } from '#shared/protocol/http.ts';
import { annotationSchema } from '#shared/records/annotation.ts';
import type { Book, Chapter } from '#shared/records/book.ts';
import { newId } from '#shared/records/ids.ts';
import type { AnnotationId, CommandId, MemberId, ReplyId } from '#shared/records/ids.ts';
import type { Member } from '#shared/records/member.ts';
import { createRooms } from '#server/rooms/create-rooms.ts';
import type { LiveRoom, RoomEvent, Rooms } from '#server/rooms/rooms.ts';
import { openSqliteStore } from '#server/storage/sqlite/open-sqlite-store.ts';
import type { Store } from '#server/storage/store.ts';
import { connectionTo } from './open-databases.ts';

export const lines = [
  'The ferry left at four.',
  'Nobody had told Ines that it would be the last one. 👩‍👩‍👧 They waved.',
  'הים היה שקט.',
  '海很安静。',
] as const;

export function chapterOf(book: Book['id'], index = 0): Chapter {
  return {
    id: newId(),
    bookId: book,
    index,
    title: `Chapter ${index + 1}`,
    words: 20,
    hash: `hash-${index}`,
    language: 'en',
    direction: 'ltr',
    blocks: lines.map((text, at) => ({ id: `b${at + 1}`, type: 'paragraph', text, marks: [], quoteDepth: 0 })),
  };
}

/** A command as it comes out of the schema, with a fresh id unless one is given. */
export type Wish = Command extends infer One
  ? One extends Command
    ? Omit<One, 'id'> & { id?: CommandId }
    : never
  : never;
export const command = (wish: Wish): Command => ({ id: newId(), ...wish });

/** A room on a real SQLite file with a host, a book of two chapters, and whoever else comes in. */
export class ReadingGroup {
  file: string;
  readonly #folder: string;
  store!: Store;
  rooms!: Rooms;
  room!: LiveRoom;
  host!: Member;
  book!: Book;
  chapters: Chapter[] = [];
  /** What goes wrong with commits, for as long as it is set: the real store, behind a fault. */
  fault: ((write: () => Promise<number>) => Promise<number>) | null = null;
  /** Runs much faster, and is as good against kills: what was written is the system's, on the disk or not. */
  unsynced = false;
  /** Whether rooms cannot be read. */
  unreadable = false;
  /** The room's clock. Every reading is 200 ms after the one before, so that nobody is too fast. */
  clock = 1_700_000_000_000;

  private constructor(folder: string) {
    this.#folder = folder;
    this.file = join(folder, 'rooms.sqlite');
  }

  static async gather(): Promise<ReadingGroup> {
    const group = new ReadingGroup(mkdtempSync(join(tmpdir(), 'lectern-rooms-')));
    await group.openStore();
    const { room, host } = await group.rooms.create('Harbour readers', 'Vera Holt');
    group.room = room;
    group.host = host;
    const id = newId<Book['id']>();
    group.chapters = [chapterOf(id, 0), chapterOf(id, 1)];
    const added = await room.addBook(
      host.id,
      {
        id,
        title: 'The Last Ferry',
        author: null,
        language: 'en',
        direction: 'ltr',
        format: 'text',
        addedBy: host.id,
        addedAt: 0,
        chapters: group.chapters.map(({ id: chapter, index, title, words, hash, blocks }) => ({
          id: chapter,
          index,
          title,
          words,
          hash,
          blocks: blocks.length,
        })),
      },
      group.chapters,
    );
    if (!added.ok) throw new Error(added.code);
    group.book = added.book;
    return group;
  }

  now = (): number => {
    this.clock += 200;
    return this.clock;
  };

  async openStore(): Promise<void> {
    this.store = await openSqliteStore(this.file);
    const { store } = this;
    if (this.unsynced) connectionTo(this.file).exec('pragma synchronous = off');
    const commit: Store['commit'] = (...given) => this.fault?.(() => store.commit(...given)) ?? store.commit(...given);
    const room: Store['room'] = (id) => (this.unreadable ? Promise.reject(new Error('no disk')) : store.room(id));
    this.rooms = createRooms({ store: { ...store, commit, room }, now: this.now });
  }

  /** As a new process finds it. */
  async restart(): Promise<void> {
    await this.rooms.close();
    await this.store.close();
    await this.openStore();
    await this.reopen();
  }

  /** As a new process finds it that is given another file: this one's store is let go. */
  async continueFrom(file: string): Promise<void> {
    await this.rooms.close();
    await this.store.close();
    this.file = file;
    await this.openStore();
    await this.reopen();
  }

  /** A folder of its own beside the store, removed with it. */
  folder(name: string): string {
    return join(this.#folder, name);
  }

  async reopen(): Promise<void> {
    const room = await this.rooms.open(this.room.id);
    if (!room) throw new Error('the room is gone');
    this.room = room;
  }

  async join(name: string, role: InviteRole = 'reader'): Promise<Member> {
    const admitted = await this.room.admit(role, name);
    if (!admitted.ok) throw new Error(admitted.code);
    return admitted.member;
  }

  get chapter(): Chapter {
    const [first] = this.chapters;
    if (!first) throw new Error('no chapter');
    return first;
  }

  ask(by: Member, wish: Wish) {
    return this.room.submit(by.id, command(wish));
  }

  /** Marks the first word of the chapter, unless told otherwise. */
  async note(
    by: Member,
    body: string,
    more: { visibility?: 'room' | 'private'; annotation?: AnnotationId } = {},
  ): Promise<AnnotationId> {
    const { visibility = 'room', annotation = newId<AnnotationId>() } = more;
    const passage = { start: { block: 'b1', offset: 0 }, end: { block: 'b1', offset: 3 } };
    const wish = { kind: 'annotation.create', chapter: this.chapter.id, colour: 'saffron' } as const;
    const ack = await this.ask(by, { ...wish, annotation, passage, body, visibility });
    if (!ack.ok) throw new Error(ack.code);
    return annotation;
  }

  async reply(by: Member, annotation: AnnotationId, body: string): Promise<ReplyId> {
    const reply = newId<ReplyId>();
    const ack = await this.ask(by, { kind: 'reply.create', reply, annotation, body });
    if (!ack.ok) throw new Error(ack.code);
    return reply;
  }

  async view(member: Member, moderating = false) {
    const view = await this.room.marginFor(member.id, this.chapter.id, moderating);
    if ('ok' in view) throw new Error(view.code);
    for (const annotation of view.annotations) annotationSchema.parse(annotation);
    return view;
  }

  async marginDocument() {
    const document = await this.room.marginDocument(this.chapter.id);
    if (!document) throw new Error('no margin');
    return document;
  }

  async notesDocument(member: MemberId) {
    const document = await this.room.notesDocument(this.chapter.id, member);
    if (!document) throw new Error('no notes');
    return document;
  }

  async disband(): Promise<void> {
    await this.rooms.close();
    await this.store.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** Everything a room says from now on, and a way to wait for a certain event. */
export function hear(room: LiveRoom) {
  const events: RoomEvent[] = [];
  const waiting = new Set<() => void>();
  room.listen((event) => {
    events.push(event);
    for (const check of waiting) check();
  });
  return {
    events,
    named: <Name extends RoomEvent['name']>(name: Name) =>
      events.filter((event): event is Extract<RoomEvent, { name: Name }> => event.name === name),
    until: (wanted: (event: RoomEvent) => boolean): Promise<RoomEvent> =>
      new Promise((resolve) => {
        const check = (): void => {
          const found = events.find(wanted);
          if (!found) return;
          waiting.delete(check);
          resolve(found);
        };
        waiting.add(check);
        check();
      }),
  };
}
