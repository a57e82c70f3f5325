import { join } from 'node:path';
import { mkdtemp, rm } from 'node:fs/promises';
import { DatabaseSync } from 'node:sqlite';
import { tmpdir } from 'node:os';
import { afterEach, describe, expect, it } from 'vitest';
import { refusals } from '#shared/protocol/refusal.ts';
import type { AnnotationId, CommandId, ReplyId } from '#shared/records/ids.ts';
import { newId } from '#shared/records/ids.ts';
import { marginMaps } from '#shared/records/margin-document.ts';
import type { Command } from '#shared/protocol/command.ts';
import { Bell } from '#tests/support/bell.ts';
import { bringText } from '#tests/support/bring.ts';
import { DocumentLink } from '#tests/support/document-link.ts';
import { type Group, openGroup } from '#tests/support/open-group.ts';
import type { RoomVisitor } from '#tests/support/room-visitor.ts';
import { startTestServer, type TestServer } from '#tests/support/test-server.ts';

const DAY_MS = 86_400_000;

let server: TestServer;
let group: Group;
let bell: Bell;
const dirs: string[] = [];

afterEach(async () => {
  for (const visitor of group.visitors) {
    for (const link of ['events', 'margin', 'notes'] as const) visitor.drop(link, 'close');
  }
  await server.close();
  for (const dir of dirs.splice(0)) await rm(dir, { recursive: true, force: true });
});

async function open(options: Parameters<typeof startTestServer>[0] = {}): Promise<[RoomVisitor, RoomVisitor]> {
  server = await startTestServer(options);
  bell = new Bell();
  group = await openGroup(server, ['reader'], bell);
  return group.visitors as [RoomVisitor, RoomVisitor];
}

/** Stops the server and starts another one at the same address on what it left. */
async function restart(options: Parameters<typeof startTestServer>[0], between = () => {}): Promise<void> {
  const { port } = new URL(server.origin);
  await server.close();
  between();
  server = await startTestServer({ ...options, env: { PORT: port } });
}

type Wish = Command extends infer C ? (C extends Command ? Omit<C, 'id'> : never) : never;
const wish = (fields: Wish): Command => ({ id: newId<CommandId>(), ...fields });
const note = (body: string, annotation = newId<AnnotationId>()) =>
  ({
    kind: 'annotation.create',
    annotation,
    chapter: group.chapter.id,
    passage: null,
    colour: 'woad',
    body,
    visibility: 'room',
  }) as const;
const reply = (body: string, annotation: AnnotationId) =>
  ({ kind: 'reply.create', reply: newId<ReplyId>(), annotation, body }) as const;
const done = async (visitor: RoomVisitor, fields: Wish) =>
  expect(await visitor.send(wish(fields))).toMatchObject({ ok: true });
const refusedOf = (visitor: RoomVisitor) =>
  visitor.outbox.entries.get().flatMap((entry) => {
    if (entry.state !== 'refused') return [];
    return [{ body: 'body' in entry.command ? entry.command.body : '', ...entry.refusal }];
  });

const says = (body: string) => ({ body, ok: false, code: 'not-found', message: refusals['not-found'].words });

describe('who was away for a week', () => {
  it('GD50 with hundreds of commands sends them in order, however fast the room takes them; nothing is lost', async () => {
    // A clock that the test moves on whenever it has heard that it was too fast: no more is let through than there may be.
    let now = Date.now();
    const [host, away] = await open({ now: () => now });
    await host.connect('margin');
    const count = 300;
    away.outbox.entries.subscribe(() => {
      if (away.answers.at(-1)?.ack.ok === false) now += 30_000;
    });
    const written = Array.from({ length: count }, (_, index) => `${index} of the week`);
    for (const body of written.slice(0, count / 2)) away.outbox.add(wish(note(body)));
    await away.connect('events');
    // And on it is written while the first of them are under way.
    for (const body of written.slice(count / 2)) away.outbox.add(wish(note(body)));
    await bell.until(() => away.unsettled === 0);
    expect(refusedOf(away)).toEqual([]);
    await bell.until(() => marginMaps(host.margin.doc).annotations.size === count);
    const tooFast = away.answers.filter(({ ack }) => !ack.ok && ack.code === 'too-fast');
    expect(tooFast.length).toBeGreaterThan(0);
    const stood = [...marginMaps(host.margin.doc).annotations.values()].toSorted((a, b) => a.createdAt - b.createdAt);
    expect(stood.map((annotation) => annotation.body)).toEqual(written);
  });

  it('GD51 keeps each command that is refused by now with its words and its sentence; the rest goes through', async () => {
    const [host, away] = await open();
    await host.connect('events');
    await host.connect('margin');
    const deleted = newId<AnnotationId>();
    const hidden = newId<AnnotationId>();
    await done(host, note('will be deleted', deleted));
    await done(host, note('will be hidden', hidden));
    const other = await bringText(host.browser(), group.room, 'Another chapter.\n\nIt will be gone.');
    const gone = other.chapters[0]?.id ?? group.chapter.id;

    const first = newId<AnnotationId>();
    for (const fields of [
      note('stays', first),
      reply('to a note that was deleted', deleted),
      { ...note('in a chapter that was removed'), chapter: gone },
      reply('to a note that was hidden', hidden),
      reply('to my own', first),
      { kind: 'annotation.edit', annotation: first, body: 'stays, changed', colour: 'clay' },
      { kind: 'reaction.toggle', target: deleted, emoji: '👍', on: true },
    ] satisfies Wish[]) {
      away.outbox.add(wish(fields));
    }
    await done(host, { kind: 'annotation.delete', annotation: deleted });
    await done(host, { kind: 'record.hide', target: hidden });
    await done(host, { kind: 'book.remove', book: other.id });
    await away.connect('events');
    await bell.until(() => away.unsettled === 0);
    expect(refusedOf(away)).toEqual([
      says('to a note that was deleted'),
      says('in a chapter that was removed'),
      says('to a note that was hidden'),
      says(''),
    ]);
    const { annotations, replies } = marginMaps(host.margin.doc);
    await bell.until(() => annotations.get(first)?.body === 'stays, changed');
    expect([...replies.values()].map(({ body }) => body)).toEqual(['to my own']);
  });

  it.each([
    ['made a listener', { kind: 'member.role', role: 'listener' }, 'listeners-cannot-write'],
    ['muted', { kind: 'member.mute', muted: true }, 'muted'],
    ['locked out of writing', { kind: 'room.lock', locked: true }, 'room-locked'],
  ] as const)(
    'GD52 and was %s meanwhile keeps every word, and what only they see goes through',
    async (_how, act, code) => {
      const [host, away] = await open();
      await host.connect('events');
      const bodies = ['one', 'two', 'three'];
      for (const body of bodies) away.outbox.add(wish(note(body)));
      away.outbox.add(wish({ ...note('for me alone'), visibility: 'private' }));
      await done(host, { member: away.id, ...act } as Wish);
      await away.connect('events');
      await bell.until(() => away.unsettled === 0);
      expect(refusedOf(away)).toEqual(bodies.map((body) => ({ body, ok: false, code, message: refusals[code].words })));
      await away.connect('notes');
      expect([...marginMaps(away.notes.doc).annotations.values()].map(({ body }) => body)).toEqual(['for me alone']);
    },
  );

  it('GD52 and was signed out meanwhile keeps every word, and sends them when the device is let in again', async () => {
    const [host, away] = await open();
    await host.connect('events');
    for (const body of ['one', 'two']) away.outbox.add(wish(note(body)));
    const browser = away.browser();
    const devices = `/api/rooms/${away.person.room}/devices`;
    const link = await browser.ask<{ token: string }>('POST', `${devices}/link`);
    const own = await browser.ask<{ devices: { id: string }[] }>('GET', devices);
    await browser.ask('DELETE', `${devices}/${own.body.devices[0]?.id}`);
    expect(await away.connect('events')).toBe(false);
    expect(away.outbox.entries.get()).toMatchObject([
      { state: 'waiting', command: { body: 'one' } },
      { state: 'waiting', command: { body: 'two' } },
    ]);
    await host.connect('margin');
    expect(marginMaps(host.margin.doc).annotations.size).toBe(0);
    await browser.ask('POST', '/api/devices/redeem', { token: link.body.token });
    expect(await away.connect('events')).toBe(true);
    await bell.until(() => away.unsettled === 0);
    expect(refusedOf(away)).toEqual([]);
    await bell.until(() => marginMaps(host.margin.doc).annotations.size === 2);
  });

  it('GD53 and was removed meanwhile does not come in, and every word waits in the outbox', async () => {
    const [host, away] = await open();
    await host.connect('events');
    away.outbox.add(wish(note('still mine')));
    await done(host, { kind: 'member.remove', member: away.id });
    expect(await away.connect('events')).toBe(false);
    expect(away.outbox.entries.get()).toMatchObject([{ state: 'waiting', command: { body: 'still mine' } }]);
    // Let in again, it goes through as if nothing had been.
    await done(host, { kind: 'member.readmit', member: away.id });
    await away.connect('events');
    await bell.until(() => away.unsettled === 0);
    expect(refusedOf(away)).toEqual([]);
  });

  it('GD54 sends again what was acked but not heard: a week later it is still one record with one answer', async () => {
    const started = Date.now();
    let passed = 0;
    const now = () => started + passed;
    const dataDir = await mkdtemp(join(tmpdir(), 'lectern-week-'));
    dirs.push(dataDir);
    const [, away] = await open({ dataDir, now });
    await away.connect('events');
    const command = wish(note('once'));
    const first = await away.send(command);
    expect(first).toMatchObject({ ok: true });
    away.drop('events', 'cut');

    passed = 8 * DAY_MS;
    await restart({ dataDir, now });
    await away.connect('events');
    expect(await away.send(command)).toEqual(first);
    await away.connect('margin');
    expect(marginMaps(away.margin.doc).annotations.size).toBe(1);
  });
});

describe('a document that was rebuilt meanwhile', () => {
  it('GD55 is refused to a copy of its old lineage, fetched anew whole, and nothing in the outbox is lost', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'lectern-rebuilt-'));
    dirs.push(dataDir);
    const [, away] = await open({ dataDir });
    await away.connect('events');
    await done(away, note('before'));
    await away.connect('margin');
    const before = marginMaps(away.margin.doc).meta.get('lineage');
    for (const link of ['events', 'margin'] as const) away.drop(link, 'cut');
    away.outbox.add(wish(note('written in the tunnel')));

    await restart({ dataDir }, () => {
      const file = new DatabaseSync(join(dataDir, 'lectern.sqlite'));
      file.exec("update documents set snapshot = x'0102030405'");
      file.close();
    });

    expect(await away.connect('margin')).toBe(false);
    expect(away.margin.finalCloses).toEqual([4409]);
    const anew = new DocumentLink(`/sync/${group.room}/margin/${group.chapter.id}`, bell);
    expect(await anew.connect((path) => away.browser().sync(path))).toBe(true);
    const { annotations, meta } = marginMaps(anew.doc);
    expect(meta.get('lineage')).not.toBe(before);
    expect([...annotations.values()].map(({ body }) => body)).toEqual(['before']);
    await away.connect('events');
    await bell.until(() => away.unsettled === 0 && annotations.size === 2);
    expect([...annotations.values()].map(({ body }) => body).toSorted()).toEqual(['before', 'written in the tunnel']);
    anew.drop('close');
  });
});
