import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { marginMaps } from '#shared/records/margin-document.ts';
import { COMMAND_BURST_MAX } from '#shared/protocol/limits.ts';
import type { Book, Chapter } from '#shared/records/book.ts';
import { newId } from '#shared/records/ids.ts';
import type { AnnotationId, MemberId } from '#shared/records/ids.ts';
import type { SharedDocument } from '#server/rooms/rooms.ts';
import { command, hear, ReadingGroup } from '#tests/support/reading-group.ts';

let group: ReadingGroup;
beforeEach(async () => {
  group = await ReadingGroup.gather();
});
afterEach(() => group.disband());

const all = new Uint8Array();
const docOf = (document: SharedDocument): Y.Doc => {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, document.diff(all));
  return doc;
};
const contentsOf = (doc: Y.Doc) => {
  const { annotations, replies, reactions } = marginMaps(doc);
  return { annotations: annotations.toJSON(), replies: replies.toJSON(), reactions: reactions.toJSON() };
};
const holds = (bytes: Uint8Array, words: string): boolean => Buffer.from(bytes).includes(words);

describe('one room', () => {
  it('RM1 two who open a room at once get the same one, and an unknown one is null', async () => {
    await group.restart();
    const rooms = await Promise.all([group.rooms.open(group.room.id), group.rooms.open(group.room.id)]);
    expect(rooms[0]).toBe(rooms[1]);
    expect(await group.rooms.open(newId())).toBeNull();
  });

  it('RM2 a load that failed refuses, and the next one is tried afresh', async () => {
    await group.rooms.close();
    await group.store.close();
    await group.openStore();
    group.unreadable = true;
    await expect(group.rooms.open(group.room.id)).rejects.toThrow('no disk');
    group.unreadable = false;
    expect(await group.rooms.open(group.room.id)).not.toBeNull();
  });

  it('RM3 people are told apart by ink, and the first letter or digit of their name stands on their face', async () => {
    const names = [
      'Ana María Ruiz',
      '李 小龍',
      'ß',
      '«élan»',
      'e\u0301va',
      '👩‍👩‍👧 trio',
      '🎈7️⃣ 9 lives',
      '👩‍👩‍👧!',
      '!?',
      'क्षमा',
    ];
    const joined = [];
    for (const name of names) joined.push(await group.join(name));
    expect(joined.map(({ initials }) => initials)).toEqual(['A', '李', 'S', 'É', 'E\u0301', 'T', '9', '👩‍👩‍👧', '!', 'क्ष']);
    const inks = [group.host, ...joined].map(({ ink }) => ink);
    expect(new Set(inks.slice(0, 10)).size).toBe(10);
    expect(inks[10]).toBe(inks[0]);
  });

  it('RM4 a locked room admits nobody', async () => {
    await group.ask(group.host, { kind: 'room.lock', locked: true });
    expect(await group.room.admit('reader', 'Late')).toMatchObject({ ok: false, code: 'room-locked' });
  });

  it('RM5 a link that was replaced is dead at once, and only the host replaces the one that makes co-hosts', async () => {
    const cohost = await group.join('Bo', 'cohost');
    const reader = await group.join('Ada');
    const before = await group.room.invites();
    expect(before.reader).toMatch(/^[\w-]{32}$/u);
    expect(await group.room.rotateInvite(reader.id, 'reader')).toMatchObject({ code: 'moderators-only' });
    expect(await group.room.rotateInvite(cohost.id, 'cohost')).toMatchObject({ code: 'host-only' });
    const rotated = await group.room.rotateInvite(cohost.id, 'reader');
    expect(rotated).toMatchObject({ ok: true, invites: { cohost: before.cohost } });
    expect(await group.store.inviteByToken(before.reader)).toBeNull();
    const { reader: now } = await group.room.invites();
    expect(await group.store.inviteByToken(now)).toEqual({ room: group.room.id, role: 'reader' });
  });

  it('RM6 what changed is told to everyone: people, room, shelf', async () => {
    const heard = hear(group.room);
    const reader = await group.join('Ada');
    await group.ask(reader, { kind: 'self.describe', name: 'Ada L', initials: 'AL', ink: 'plum' });
    await group.ask(group.host, { kind: 'room.lock', locked: true });
    await group.ask(group.host, { kind: 'book.remove', book: group.book.id });
    expect(heard.events.map(({ name }) => name)).toEqual([
      'member.changed',
      'member.changed',
      'room.changed',
      'book.removed',
    ]);
    expect(group.room.member(reader.id)).toMatchObject({ name: 'Ada L', ink: 'plum' });
    expect(await group.room.chapter(group.chapter.id)).toBeNull();
    expect(await group.room.marginDocument(group.chapter.id)).toBeNull();
  });

  it('RM27 a moved book stands where it was moved to for everyone, also after a restart', async () => {
    const only: Chapter = { ...group.chapter, id: newId(), bookId: newId(), index: 0 };
    const { blocks, bookId, language: _language, direction: _direction, ...entry } = only;
    const second: Book = { ...group.book, id: bookId, chapters: [{ ...entry, blocks: blocks.length }] };
    await group.room.addBook(group.host.id, second, [only]);
    const order = () => group.room.books().map(({ id }) => id);
    expect(order()).toEqual([group.book.id, second.id]);
    const heard = hear(group.room);
    await group.ask(group.host, { kind: 'book.move', book: second.id, before: group.book.id });
    expect(heard.events.map(({ name }) => name)).toEqual(['book.added']);
    expect(order()).toEqual([second.id, group.book.id]);
    await group.restart();
    expect(order()).toEqual([second.id, group.book.id]);
  });

  it('RM26 a book gets its title and author, and its only chapter the same title, also after a restart', async () => {
    const only: Chapter = { ...group.chapter, id: newId(), bookId: newId(), index: 0, title: 'scan-0042' };
    const { blocks, bookId, language, direction, ...entry } = only;
    const unnamed: Book = {
      ...group.book,
      id: bookId,
      title: only.title,
      language,
      direction,
      chapters: [{ ...entry, blocks: blocks.length }],
    };
    expect(await group.room.addBook(group.host.id, unnamed, [only])).toMatchObject({ ok: true });
    expect(await group.room.chapter(only.id)).toMatchObject({ title: 'scan-0042' });
    await group.ask(group.host, { kind: 'book.rename', book: unnamed.id, title: 'The Lock', author: 'Ilse Vane' });
    await group.ask(group.host, { kind: 'book.rename', book: group.book.id, title: 'Two Chapters', author: null });
    const isRenamed = async () => {
      const books = group.room.books();
      expect(books.find(({ id }) => id === unnamed.id)).toMatchObject({
        title: 'The Lock',
        author: 'Ilse Vane',
        chapters: [{ title: 'The Lock' }],
      });
      expect(books.find(({ id }) => id === group.book.id)).toMatchObject({
        title: 'Two Chapters',
        chapters: group.book.chapters,
      });
      expect(await group.room.chapter(only.id)).toMatchObject({ title: 'The Lock', blocks });
    };
    await isRenamed();
    await group.restart();
    await isRenamed();
  });

  it('RM7 a removed member is told goodbye, put out, and refused from then on', async () => {
    const reader = await group.join('Ada');
    const heard = hear(group.room);
    const expelled: string[] = [];
    group.room.onExpelled((member, code) => expelled.push(`${member} ${code}`));
    group.room.enter(reader.id, 'tab');
    await group.ask(group.host, { kind: 'member.remove', member: reader.id });
    expect(heard.named('goodbye')).toEqual([
      { name: 'goodbye', payload: { code: 'removed' }, to: { member: reader.id } },
    ]);
    expect(expelled).toEqual([`${reader.id} removed`]);
    expect(group.room.here()).toEqual([]);
    expect(await group.ask(reader, { kind: 'session.take' })).toMatchObject({ code: 'removed' });
    expect(await group.room.marginFor(reader.id, group.chapter.id)).toMatchObject({ code: 'removed' });
    expect(group.room.enter(reader.id, 'tab').here).toEqual([]);
  });

  it('RM8 a role is asked for at each command, not at the door', async () => {
    const reader = await group.join('Ada');
    await group.note(reader, 'one');
    await group.ask(group.host, { kind: 'member.role', member: reader.id, role: 'listener' });
    await expect(group.note(reader, 'two')).rejects.toThrow('listeners-cannot-write');
    await group.note(reader, 'for me', { visibility: 'private' });
  });

  it('IM216 who may not bring a book in leaves no picture of it in the store', async () => {
    const listener = await group.join('Bo', 'listener');
    const picture = {
      hash: 'a'.repeat(64),
      type: 'image/webp' as const,
      width: 1,
      height: 1,
      bytes: new Uint8Array([1]),
    };
    const bring = (by: MemberId) => group.room.addBook(by, { ...group.book, id: newId(), chapters: [] }, [], [picture]);
    expect(await bring(listener.id)).toMatchObject({ ok: false });
    expect(await group.store.picture(group.room.id, picture.hash)).toBeNull();
    expect(await bring(group.host.id)).toMatchObject({ ok: true });
    expect(await group.store.picture(group.room.id, picture.hash)).not.toBeNull();
  });

  it('RM9 the room as one sees it: counts of notes, places of ones own', async () => {
    const reader = await group.join('Ada');
    const id = await group.note(reader, 'one');
    await group.note(reader, '');
    await group.note(reader, 'hush', { visibility: 'private' });
    await group.reply(group.host, id, 'indeed');
    const place = { chapter: group.chapter.id, position: { block: 'b2', offset: 4 }, progress: 0.4, seenAt: 9 };
    expect(await group.ask(reader, { kind: 'self.place', ...place })).toMatchObject({ ok: true });
    const before = await group.room.stateFor(reader.id);
    expect(before).toMatchObject({ counts: [{ notes: 2 }], places: [place], you: reader.id, session: null });
    expect((await group.room.stateFor(group.host.id)).places).toEqual([]);
    await group.ask(reader, { kind: 'self.place', ...place, progress: 0.2, seenAt: 5 });
    expect((await group.room.stateFor(reader.id)).places).toMatchObject([{ progress: 0.2, seenAt: 9 }]);
    const after = await group.room.stateFor(reader.id);
    await group.restart();
    expect(await group.room.stateFor(reader.id)).toEqual(after);
  });
});

describe('commands', () => {
  it('CM3 a command sent twice is one record with one answer, and another under its id is refused', async () => {
    const reader = await group.join('Ada');
    const sent = command({
      kind: 'annotation.create',
      annotation: newId(),
      chapter: group.chapter.id,
      passage: null,
      colour: 'woad',
      body: 'once',
      visibility: 'room',
    });
    const [first, second] = await Promise.all([group.room.submit(reader.id, sent), group.room.submit(reader.id, sent)]);
    expect(first).toMatchObject({ ok: true });
    expect(second).toEqual(first);
    await group.restart();
    expect(await group.room.submit(reader.id, sent)).toEqual(first);
    const other = { ...sent, body: 'twice' };
    expect(await group.room.submit(reader.id, other)).toMatchObject({ ok: false, code: 'id-taken' });
    expect((await group.view(reader)).annotations).toHaveLength(1);
  });

  it('CM4 commands are carried out in the order in which they came, each with the next number', async () => {
    const reader = await group.join('Ada');
    const acks = await Promise.all(
      ['a', 'b', 'c', 'd'].map((body) =>
        group.ask(reader, {
          kind: 'annotation.create',
          annotation: newId(),
          chapter: group.chapter.id,
          passage: null,
          colour: 'clay',
          body,
          visibility: 'room',
        }),
      ),
    );
    const seqs = acks.map((ack) => (ack.ok ? ack.seq : 0));
    expect(seqs).toEqual(seqs.map((_, index) => (seqs[0] ?? 0) + index));
    const { annotations } = await group.view(reader);
    expect(annotations.map(({ body }) => body)).toEqual(['a', 'b', 'c', 'd']);
    const times = annotations.map(({ createdAt }) => createdAt);
    expect(new Set(times).size).toBe(4);
  });

  it('CM5 one who sends too much at once is told so, and others go on', async () => {
    const [fast, calm] = [await group.join('Ada'), await group.join('Bo')];
    group.now = () => group.clock;
    await group.restart();
    const wish = { kind: 'self.describe', name: 'Ada', initials: 'A', ink: 'plum' } as const;
    const acks = await Promise.all(Array.from({ length: COMMAND_BURST_MAX + 1 }, () => group.ask(fast, wish)));
    expect(acks.filter(({ ok }) => ok)).toHaveLength(COMMAND_BURST_MAX);
    expect(acks.at(-1)).toMatchObject({ code: 'too-fast' });
    expect(await group.ask(calm, wish)).toMatchObject({ ok: true });
    group.clock += 1_000;
    expect(await group.ask(fast, wish)).toMatchObject({ ok: true });
  });

  it('CM6 somebody who was never in the room is signed out', async () => {
    expect(await group.room.submit(newId(), command({ kind: 'session.end' }))).toMatchObject({ code: 'signed-out' });
  });

  it('CM7 while the store fails commands are refused and nobody sees anything; then the room goes on', async () => {
    const reader = await group.join('Ada');
    await group.note(reader, 'before');
    const document = await group.marginDocument();
    const heard: Uint8Array[] = [];
    document.subscribe((update) => heard.push(update));
    const before = document.diff(all);
    group.fault = () => Promise.reject(new Error('the disk is full'));
    const wish = {
      kind: 'annotation.create',
      annotation: newId<AnnotationId>(),
      chapter: group.chapter.id,
      passage: null,
      colour: 'clay',
      body: 'meanwhile',
      visibility: 'room',
    } as const;
    const sent = command(wish);
    expect(await group.room.submit(reader.id, sent)).toMatchObject({ ok: false, code: 'unavailable' });
    expect(document.diff(all)).toEqual(before);
    expect(heard).toEqual([]);
    group.fault = null;
    expect((await group.view(reader)).annotations.map(({ body }) => body)).toEqual(['before']);
    expect(await group.room.submit(reader.id, sent)).toMatchObject({ ok: true });
    expect(heard).toHaveLength(1);
    expect(Object.keys(contentsOf(docOf(document)).annotations)).toHaveLength(2);
  });

  it('CM8 a commit that went through although the store said no is found again, and is there once', async () => {
    const reader = await group.join('Ada');
    const document = await group.marginDocument();
    const client = docOf(document);
    document.subscribe((update) => Y.applyUpdate(client, update));
    group.fault = async (write) => {
      await write();
      throw new Error('the answer was lost');
    };
    const sent = command({
      kind: 'annotation.create',
      annotation: newId(),
      chapter: group.chapter.id,
      passage: null,
      colour: 'clay',
      body: 'perhaps',
      visibility: 'room',
    });
    expect(await group.room.submit(reader.id, sent)).toMatchObject({ code: 'unavailable' });
    group.fault = null;
    expect(await group.room.submit(reader.id, sent)).toMatchObject({ ok: true });
    await group.note(reader, 'and on');
    expect(contentsOf(client)).toEqual(contentsOf(docOf(document)));
    expect(Object.values(contentsOf(client).annotations)).toHaveLength(2);
  });

  it('CM9 a store that is closed is `unavailable`, not a crash', async () => {
    const reader = await group.join('Ada');
    await group.store.close();
    expect(await group.ask(reader, { kind: 'session.end' })).toMatchObject({ code: 'unavailable' });
    await group.openStore();
    await group.reopen();
    expect(await group.ask(reader, { kind: 'session.end' })).toMatchObject({ code: 'no-session' });
  });
});

describe('what members see', () => {
  it('RM18 what is acked is in the margin document, stamped by the server', async () => {
    const reader = await group.join('Ada');
    const id = await group.note(reader, 'so it begins');
    expect(contentsOf(docOf(await group.marginDocument())).annotations[id]).toMatchObject({
      author: reader.id,
      body: 'so it begins',
      anchor: { hash: 'hash-0', quote: { exact: 'The', prefix: '' } },
    });
  });

  it('RM19 a private note is in its author’s document alone, and in nobody else’s view, the host’s included', async () => {
    const [ada, bo] = [await group.join('Ada'), await group.join('Bo')];
    const id = await group.note(ada, 'only for me', { visibility: 'private' });
    const margin = await group.marginDocument();
    expect(holds(margin.diff(all), 'only for me') || holds(margin.diff(all), id)).toBe(false);
    expect(holds((await group.notesDocument(bo.id)).diff(all), id)).toBe(false);
    expect(contentsOf(docOf(await group.notesDocument(ada.id))).annotations[id]).toMatchObject({ body: 'only for me' });
    expect((await group.view(bo)).annotations).toEqual([]);
    expect((await group.view(group.host, true)).annotations).toEqual([]);
    expect((await group.view(ada)).annotations).toHaveLength(1);
    await group.ask(ada, { kind: 'annotation.delete', annotation: id });
    expect(contentsOf(docOf(await group.notesDocument(ada.id))).annotations).toEqual({});
  });

  it('RM20 hidden words leave the document, and come back with a restore', async () => {
    const ada = await group.join('Ada');
    const id = await group.note(ada, 'most unkind words');
    const answer = await group.reply(ada, id, 'more of the same');
    await group.ask(ada, { kind: 'reaction.toggle', target: id, emoji: '👋', on: true });
    const document = await group.marginDocument();
    const whole = contentsOf(docOf(document));
    await group.ask(group.host, { kind: 'record.hide', target: id });
    await group.ask(group.host, { kind: 'record.hide', target: answer });
    for (const words of ['most unkind words', 'more of the same']) expect(holds(document.diff(all), words)).toBe(false);
    expect(contentsOf(docOf(document))).toMatchObject({
      annotations: { [id]: { hidden: true, body: '' } },
      replies: { [answer]: { hidden: true, body: '' } },
      reactions: {},
    });
    expect((await group.view(ada, true)).annotations).toMatchObject([{ hidden: true, body: '' }]);
    expect((await group.view(group.host)).annotations).toMatchObject([{ hidden: true, body: '' }]);
    const moderating = await group.view(group.host, true);
    expect(moderating.annotations).toMatchObject([{ hidden: true, body: 'most unkind words' }]);
    expect(moderating.replies).toMatchObject([{ hidden: true, body: 'more of the same' }]);
    await group.ask(group.host, { kind: 'record.restore', target: id });
    await group.ask(group.host, { kind: 'record.restore', target: answer });
    expect(contentsOf(docOf(document))).toEqual(whole);
  });

  it('RM21 a deleted note goes, but stays as deleted while replies hang on it, and can be brought back', async () => {
    const ada = await group.join('Ada');
    const id = await group.note(ada, 'a first thought');
    const document = await group.marginDocument();
    const remove = { kind: 'annotation.delete', annotation: id } as const;
    await group.ask(ada, remove);
    expect(contentsOf(docOf(document)).annotations).toEqual({});
    await group.ask(ada, { kind: 'annotation.undelete', annotation: id });
    const answer = await group.reply(group.host, id, 'an answer');
    await group.ask(ada, remove);
    expect(contentsOf(docOf(document)).annotations[id]).toMatchObject({ deleted: true, body: '' });
    expect(holds(document.diff(all), 'a first thought')).toBe(false);
    expect((await group.view(ada)).annotations).toMatchObject([{ deleted: true, body: '' }]);
    await group.ask(group.host, { kind: 'reply.delete', reply: answer });
    expect(contentsOf(docOf(document))).toEqual({ annotations: {}, replies: {}, reactions: {} });
    await group.ask(group.host, { kind: 'reply.undelete', reply: answer });
    expect(contentsOf(docOf(document))).toMatchObject({
      annotations: { [id]: { deleted: true, body: '' } },
      replies: { [answer]: { body: 'an answer' } },
    });
  });

  it('RM22 reactions name who reacted in order, and go when the last is taken off', async () => {
    const [ada, bo] = [await group.join('Ada'), await group.join('Bo', 'listener')];
    const id = await group.note(ada, 'hm');
    const react = (who: typeof ada, on: boolean) =>
      group.ask(who, { kind: 'reaction.toggle', target: id, emoji: '🎈', on });
    await react(bo, true);
    await react(ada, true);
    const document = await group.marginDocument();
    expect(contentsOf(docOf(document)).reactions).toEqual({ [id]: { '🎈': [bo.id, ada.id] } });
    await react(bo, false);
    await react(ada, false);
    expect(contentsOf(docOf(document)).reactions).toEqual({});
  });
});

describe('documents', () => {
  it('RM10 after a restart documents are equal, of one lineage, and a client catches up without loss', async () => {
    const ada = await group.join('Ada');
    const id = await group.note(ada, 'early');
    await group.note(ada, 'mine', { visibility: 'private' });
    const before = await group.marginDocument();
    const client = docOf(before);
    await group.ask(ada, { kind: 'annotation.edit', annotation: id, body: 'later', colour: 'heather' });
    const state = before.diff(all);
    await group.restart();
    const after = await group.marginDocument();
    expect(after.lineage).toBe(before.lineage);
    expect(after.diff(all)).toEqual(state);
    await group.note(ada, 'after the restart');
    Y.applyUpdate(client, after.diff(Y.encodeStateVector(client)));
    expect(contentsOf(client)).toEqual(contentsOf(docOf(after)));
    expect(Object.values(contentsOf(client).annotations)).toHaveLength(2);
    expect(Object.values(contentsOf(docOf(await group.notesDocument(ada.id))).annotations)).toHaveLength(1);
  });

  it('RM11 a document that cannot be read is built anew from the rows, under another lineage', async () => {
    const ada = await group.join('Ada');
    await group.note(ada, 'kept');
    const before = await group.marginDocument();
    const contents = contentsOf(docOf(before));
    await group.store.replaceDocument(`margin:${group.chapter.id}`, before.lineage, new Uint8Array([9, 9, 9]));
    await group.restart();
    const after = await group.marginDocument();
    expect(after.lineage).not.toBe(before.lineage);
    expect(contentsOf(docOf(after))).toEqual(contents);
  });

  it('RM12 a document that fell behind its rows is brought up to date under its own lineage', async () => {
    const ada = await group.join('Ada');
    await group.note(ada, 'one');
    const before = await group.marginDocument();
    const old = before.diff(all);
    await group.note(ada, 'two');
    const contents = contentsOf(docOf(before));
    await group.store.replaceDocument(`margin:${group.chapter.id}`, before.lineage, old);
    await group.restart();
    const after = await group.marginDocument();
    expect(after.lineage).toBe(before.lineage);
    expect(contentsOf(docOf(after))).toEqual(contents);
  });

  it('RM13 a long log is folded into its snapshot, and says the same as before', async () => {
    const ada = await group.join('Ada');
    const id = await group.note(ada, '0');
    group.now = () => (group.clock += 200);
    const name = `margin:${group.chapter.id}`;
    // As long as somebody reads it the document stays in memory, and only its length is a reason to fold it.
    (await group.marginDocument()).subscribe(() => undefined);
    for (let turn = 1; turn <= 520; turn += 1) {
      await group.ask(ada, { kind: 'annotation.edit', annotation: id, body: String(turn), colour: 'clay' });
    }
    const stored = await group.store.document(name);
    expect(stored?.updates.length).toBeLessThan(40);
    const before = await group.marginDocument();
    const state = before.diff(all);
    await group.restart();
    const after = await group.marginDocument();
    expect([after.lineage, after.diff(all)]).toEqual([before.lineage, state]);
  });

  it('RM14 a new chapter has an empty document whose lineage lasts', async () => {
    const before = await group.marginDocument();
    expect(marginMaps(docOf(before)).meta.get('lineage')).toBe(before.lineage);
    await group.restart();
    expect((await group.marginDocument()).lineage).toBe(before.lineage);
    expect(await group.room.marginDocument(newId())).toBeNull();
    expect(await group.room.notesDocument(group.chapter.id, newId())).toBeNull();
  });
});
