import { describe, expect, it } from 'vitest';
import type { Ack, Command, CommandKind } from '#shared/protocol/command.ts';
import { inviteRoleSchema } from '#shared/protocol/http.ts';
import type { Annotation, Reply } from '#shared/records/annotation.ts';
import type { Book, Chapter } from '#shared/records/book.ts';
import type { ChapterId, MemberId, RoomId } from '#shared/records/ids.ts';
import { newId } from '#shared/records/ids.ts';
import type { Role } from '#shared/records/member.ts';
import type { Store } from '#server/storage/store.ts';
import { AuthorityModel, inModelTerms, type ModelRecord } from '#tests/support/authority-model.ts';
import { kindsOfWishes, Wishes } from '#tests/support/authority-wishes.ts';
import { Bell } from '#tests/support/bell.ts';
import { putBook } from '#tests/support/bring.ts';
import { contentsOf, docOf } from '#tests/support/document-by-rows.ts';
import { DocumentLink } from '#tests/support/document-link.ts';
import { chapterOf, ReadingGroup } from '#tests/support/reading-group.ts';
import { firstSeed, Seeded } from '#tests/support/seeded.ts';
import { startTestServer } from '#tests/support/test-server.ts';
import { command, type EventSocket, heard, join, makeRoom, Visitor } from '#tests/support/visitor.ts';

/*
 * Members of every role ask for everything there is to ask, most of it none of their business, and what the room allows
 * is laid beside a model of who may do what.
 *
 *   FUZZ_SEED=1234 FUZZ_RUNS=1 npx vitest run tests/fuzz/authority.test.ts      the run that a failure names
 */
const DEFAULT_RUNS = 30;
const RUNS = Number(process.env.FUZZ_RUNS ?? DEFAULT_RUNS);
/** Dearer by far. Four of them, which is what the guards are tried with, meet each guard of the list. */
const SOCKET_RUNS = Math.ceil(RUNS / 5);
const COMMANDS = 150;
const SOCKET_COMMANDS = 120;
/** At once, so that one is decided upon what the one before has changed. */
const AT_ONCE = 5;
/** Between two readings of the clock, so that nobody is too fast. */
const PAUSE_MS = 10_000;
const FIRST_SEED = firstSeed();
const seeds = (runs: number): number[] => Array.from({ length: runs }, (_run, index) => FIRST_SEED + index);

/** Beside the host; the first two are leaders too. */
const LEADERS = 3;
const company: readonly Exclude<Role, 'host'>[] = ['cohost', 'cohost', 'reader', 'reader', 'reader', 'listener'];

/** Asserts that the rows are the model's records: none that its author could not write, none gone that nobody removed. */
async function judgeRows(store: Store, room: RoomId, model: AuthorityModel): Promise<void> {
  const found = new Map<string, ModelRecord>();
  for (const chapter of [...model.shelf.values()].flat()) {
    const { annotations, replies } = await store.margin(room, chapter);
    for (const row of [...annotations, ...replies]) found.set(...inModelTerms(row, chapter));
  }
  expect(found).toEqual(model.records);
}

const idsOf = (records: { annotations: Iterable<Annotation>; replies: Iterable<Reply> }): Set<string> =>
  new Set([...records.annotations, ...records.replies].map(({ id }) => id));

/** Kinds of commands by what became of them, so that a fuzz in which nothing happens cannot pass. */
const tally = { allowed: new Set<CommandKind>(), refused: new Set<CommandKind>() };
function count(kind: CommandKind, may: boolean): void {
  tally[may ? 'allowed' : 'refused'].add(kind);
}

describe('who may do what, beside a model of it', () => {
  it.each(seeds(RUNS))('FT20 in a live room (FUZZ_SEED=%i FUZZ_RUNS=1)', async (seed) => {
    const seeded = new Seeded(seed);
    const group = await ReadingGroup.gather();
    group.now = () => (group.clock += PAUSE_MS);
    await group.restart();
    const model = new AuthorityModel();
    const members = [group.host];
    for (const role of company) members.push(await group.join(`A ${role}`, role));
    for (const [index, { id, role }] of members.entries()) {
      // One co-host is never in the room: at the lectern they are as good as nobody.
      const here = index !== 2;
      if (here) group.room.enter(id, 'tab');
      model.people.set(id, { role, muted: false, removed: false, here });
    }
    const second = await addBook(group);
    for (const { id, chapters } of [group.book, second])
      model.shelf.set(
        id,
        chapters.map((chapter) => chapter.id),
      );
    const wishes = new Wishes(seeded, {
      leaders: members.slice(0, LEADERS).map(({ id }) => id),
      members: members.map(({ id }) => id),
      chapters: [...model.shelf.values()].flat(),
      books: [...model.shelf.keys()],
      block: 'b1',
    });

    for (let asked = 0; asked < COMMANDS;) {
      const batch = Array.from({ length: seeded.between(1, AT_ONCE) }, () => wishes.next());
      const acks = batch.map(({ by, wish }) => group.room.submit(by, wish));
      for (const [index, { by, wish }] of batch.entries()) {
        const ack = (await acks[index]) as Ack;
        const may = model.take(by, wish);
        expect({ ok: ack.ok, by, wish, ack }).toEqual({ ok: may, by, wish, ack });
        count(wish.kind, may);
        asked += 1;
      }
      const [came, mayCome] = await tryTheDoors(group, model, seeded.pick(members).id, seeded);
      expect(came).toBe(mayCome);
    }
    await judgeRows(group.store, group.room.id, model);
    for (const chapter of [...model.shelf.values()].flat()) {
      for (const { id } of members) {
        const view = await group.room.marginFor(id, chapter);
        expect('ok' in view ? null : idsOf(view)).toEqual(model.sight(id, chapter));
        const notes = await group.room.notesDocument(chapter, id);
        const own = contentsOf(docOf(notes?.diff(new Uint8Array()) ?? Uint8Array.of(0, 0))).annotations;
        expect(Object.values(own).filter(({ author }) => author !== id)).toEqual([]);
      }
    }
    await group.disband();
  });

  it.each(seeds(SOCKET_RUNS))(
    'FT21 over real sockets (FUZZ_SEED=%i FUZZ_RUNS=1)',
    async (seed) => {
      const seeded = new Seeded(seed);
      let clock = 1_700_000_000_000;
      const server = await startTestServer({ now: () => (clock += PAUSE_MS) });
      const host = new Visitor(server.origin);
      const { room, member, invites } = await makeRoom(host);
      const model = new AuthorityModel();
      const people = [{ visitor: host, id: member.id, role: member.role, socket: await host.enter(room.id) }];
      for (const role of company) {
        const visitor = new Visitor(server.origin);
        const { id } = await join(visitor, invites[inviteRoleSchema.parse(role)], `A ${role}`);
        people.push({ visitor, id, role, socket: await visitor.enter(room.id) });
      }
      for (const { id, role } of people) model.people.set(id, { role, muted: false, removed: false, here: true });
      const live = await server.services.rooms.open(room.id);
      const books: Book[] = [];
      for (const words of ['One ferry.', 'Another.']) books.push(await putBook(server, room.id, member.id, [words]));
      for (const { id, chapters } of books)
        model.shelf.set(
          id,
          chapters.map((chapter) => chapter.id),
        );
      const chapters = [...model.shelf.values()].flat();
      const wishes = new Wishes(seeded, {
        leaders: people.slice(0, LEADERS).map(({ id }) => id),
        members: people.map(({ id }) => id),
        chapters,
        books: books.map(({ id }) => id),
        block: (await live?.chapter(chapters[0] as ChapterId))?.blocks[0]?.id ?? '',
      });

      const privateWords: { author: MemberId; words: string }[] = [];
      for (let asked = 0; asked < SOCKET_COMMANDS; asked += 1) {
        const { by, wish } = wishes.next();
        const person = people.find(({ id }) => id === by) as (typeof people)[number];
        const ok = await asks(person, room.id, wish, model);
        const may = model.take(person.id, wish);
        expect({ ok, by: person.id, wish }).toEqual({ ok: may, by: person.id, wish });
        count(wish.kind, may);
        if (may && wish.kind === 'annotation.create' && wish.visibility === 'private' && wish.body !== '') {
          privateWords.push({ author: person.id, words: wish.body });
        }
      }
      await judgeRows(server.services.store, room.id, model);
      const bell = new Bell();
      for (const { visitor, id } of people) {
        const documents = [...model.shelf.values()]
          .flat()
          .flatMap((chapter) => ['margin', 'notes'].map((kind) => `/sync/${room.id}/${kind}/${chapter}`))
          .map((path) => new DocumentLink(path, bell));
        const opened = await Promise.all(documents.map((one) => one.connect((path) => visitor.sync(path))));
        expect(new Set(opened)).toEqual(new Set([model.people.get(id)?.removed === false]));
        const sent = Buffer.concat(documents.flatMap(({ frames }) => frames)).toString();
        const others = privateWords.filter(({ author }) => author !== id);
        expect(others.filter(({ words }) => sent.includes(words))).toEqual([]);
        for (const one of documents) one.drop('close');
        visitor.leave();
      }
      await server.close();
    },
    120_000,
  );

  it('FT20 every kind of command was allowed to somebody and refused to somebody', () => {
    const kinds = RUNS >= DEFAULT_RUNS ? Object.keys(kindsOfWishes) : [];
    const never = kinds.filter((kind) => !tally.allowed.has(kind as CommandKind));
    expect(never).toEqual(kinds.filter((kind) => kind === 'annotation.reattach'));
    expect(kinds.filter((kind) => !tally.refused.has(kind as CommandKind))).toEqual([]);
  });
});

/**
 * Asks, from a new connection where the old one was closed. Whoever is not let in is refused; nobody is put out over what
 * they ask for themselves.
 */
async function asks(
  person: { visitor: Visitor; id: MemberId; socket: EventSocket },
  room: RoomId,
  wish: Command,
  model: AuthorityModel,
): Promise<boolean | 'put out'> {
  if (model.people.get(person.id)?.removed === false && person.socket.connected) {
    const putOut = new Promise<'put out'>((resolve) => person.socket.once('disconnect', () => resolve('put out')));
    return Promise.race([command(person.socket, { ...wish }).then(({ ok }) => ok), putOut]);
  }
  if (person.socket.connected) await new Promise((resolve) => person.socket.once('disconnect', resolve));
  const socket = person.visitor.events(room);
  const entered = heard(socket, 'presence').then(() => true);
  const refused = new Promise<false>((resolve) => socket.once('connect_error', () => resolve(false)));
  socket.connect();
  if (!(await Promise.race([entered, refused]))) return false;
  person.socket = socket;
  const known = model.people.get(person.id);
  if (known) known.here = true;
  return (await command(socket, { ...wish })).ok;
}

/** The doors that are not commands: whether somebody came in, or a link was replaced, beside whether they may. */
async function tryTheDoors(group: ReadingGroup, model: AuthorityModel, by: MemberId, seeded: Seeded) {
  if (seeded.chance(0.1)) return [(await group.room.admit('reader', 'Who came late')).ok, model.admits];
  if (!seeded.chance(0.1)) return [true, true];
  const role = seeded.pick(['cohost', 'reader', 'listener'] as const);
  return [(await group.room.rotateInvite(by, role)).ok, model.mayRotate(by, role)];
}

/** A second book, of one chapter. */
async function addBook(group: ReadingGroup): Promise<Book> {
  const id = newId<Book['id']>();
  const chapter: Chapter = chapterOf(id, 0);
  const { index, title, words, hash, blocks } = chapter;
  const chapters = [{ id: chapter.id, index, title, words, hash, blocks: blocks.length }];
  const added = await group.room.addBook(group.host.id, { ...group.book, id, chapters }, [chapter]);
  if (!added.ok) throw new Error(added.code);
  return added.book;
}
