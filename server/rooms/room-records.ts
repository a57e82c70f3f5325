import type { Invites } from '#shared/protocol/http.ts';
import type { Book, Chapter, ChapterEntry } from '#shared/records/book.ts';
import type { BookId, ChapterId, MemberId, RoomId } from '#shared/records/ids.ts';
import type { Member } from '#shared/records/member.ts';
import type { Room } from '#shared/records/room.ts';
import type { Change, Store, StoredInvite, StoredSession } from '#server/storage/store.ts';
import { invitesByRole } from './new-invite.ts';
import type { RoomEvent } from './rooms.ts';

/** The rows of a room that are few: itself, its people, its shelf, its links. Always as they are on disk. */
export class RoomRecords {
  room: Room;
  /** The latest time that anything in it was stamped with, as it was read. */
  readonly stampedAt: number;
  readonly members = new Map<MemberId, Member>();
  readonly books = new Map<BookId, Book>();
  readonly #bookOf = new Map<ChapterId, BookId>();
  readonly #counts = new Map<ChapterId, number>();
  #invites: StoredInvite[] = [];

  private constructor(room: Room, stampedAt: number) {
    this.room = room;
    this.stampedAt = stampedAt;
  }

  /** Null when there is no such room. The open session, if any, is read along with it. */
  static async read(store: Store, id: RoomId): Promise<{ records: RoomRecords; session: StoredSession | null } | null> {
    const room = await store.room(id);
    if (!room) return null;
    const [members, books, invites, counts, session, stampedAt] = await Promise.all([
      store.members(id),
      store.books(id),
      store.invites(id),
      store.marginCounts(id),
      store.openSession(id),
      store.lastStamp(id),
    ]);
    const records = new RoomRecords(room, stampedAt);
    for (const member of members) records.members.set(member.id, member);
    for (const book of books) records.#shelve(book);
    for (const { chapter, notes } of counts) records.#counts.set(chapter, notes);
    records.#invites = invites;
    return { records, session };
  }

  bookOf(chapter: ChapterId): Book | null {
    const book = this.#bookOf.get(chapter);
    return (book === undefined ? undefined : this.books.get(book)) ?? null;
  }

  counts(): { chapter: ChapterId; notes: number }[] {
    return [...this.#counts].map(([chapter, notes]) => ({ chapter, notes }));
  }

  setCount(chapter: ChapterId, notes: number): void {
    this.#counts.set(chapter, notes);
  }

  invites(): Invites {
    return invitesByRole(this.#invites);
  }

  /** Takes in a committed change and says what everybody is told of it. Margin, place and session rows are not kept here. */
  apply(change: Change): RoomEvent[] {
    switch (change.table) {
      case 'room':
        this.room = change.row;
        return [{ name: 'room.changed', payload: change.row, to: 'all' }];
      case 'member':
        this.members.set(change.row.id, change.row);
        return [{ name: 'member.changed', payload: change.row, to: 'all' }];
      case 'book':
        this.#shelve(change.row);
        return [{ name: 'book.added', payload: change.row, to: 'all' }];
      case 'revision':
        return this.#revise(change.chapter);
      case 'book-removed':
        this.#unshelve(change.book);
        return [{ name: 'book.removed', payload: change.book, to: 'all' }];
      case 'invite':
        this.#invites = [...this.#invites.filter(({ role }) => role !== change.row.role), change.row];
        return [];
      default:
        return [];
    }
  }

  chaptersOf(book: BookId): ChapterId[] {
    return (this.books.get(book)?.chapters ?? []).map((entry: ChapterEntry) => entry.id);
  }

  #revise({ id, title, words, hash, blocks }: Chapter): RoomEvent[] {
    const book = this.bookOf(id);
    if (!book) return [];
    const chapters = book.chapters.map((entry) =>
      entry.id === id ? { ...entry, title, words, hash, blocks: blocks.length } : entry,
    );
    const row = { ...book, chapters };
    this.#shelve(row);
    return [{ name: 'book.added', payload: row, to: 'all' }];
  }

  #shelve(book: Book): void {
    this.books.set(book.id, book);
    for (const { id } of book.chapters) this.#bookOf.set(id, book.id);
  }

  #unshelve(id: BookId): void {
    for (const chapter of this.chaptersOf(id)) {
      this.#bookOf.delete(chapter);
      this.#counts.delete(chapter);
    }
    this.books.delete(id);
  }
}
