import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Member } from '#shared/records/member.ts';
import { hear, ReadingGroup } from '#tests/support/reading-group.ts';

let group: ReadingGroup;
let cohost: Member;
let reader: Member;
beforeEach(async () => {
  group = await ReadingGroup.gather();
  cohost = await group.join('Bo', 'cohost');
  reader = await group.join('Ada');
  group.room.enter(group.host.id, 'desk');
  group.room.enter(cohost.id, 'couch');
  group.room.enter(reader.id, 'train');
});
afterEach(() => group.disband());

const place = { start: { block: 'b1', offset: 0 }, end: { block: 'b1', offset: 23 } };
const further = { start: { block: 'b2', offset: 0 }, end: { block: 'b2', offset: 6 } };
const start = (by: Member) => group.ask(by, { kind: 'session.start', chapter: group.chapter.id, place });
const current = async () => (await group.room.stateFor(reader.id)).session;

describe('a session', () => {
  it('SE6 starts, is led, summons all but who calls, and ends with a recap', async () => {
    const heard = hear(group.room);
    await start(group.host);
    await group.note(reader, 'while it ran');
    await group.note(reader, 'quietly', { visibility: 'private' });
    group.room.moveSession(reader.id, { chapter: group.chapter.id, place: further });
    group.room.moveSession(group.host.id, { chapter: group.chapter.id, place: further });
    await heard.until(({ name }) => name === 'session.place');
    expect(heard.named('session.place')).toEqual([
      {
        name: 'session.place',
        payload: { chapter: group.chapter.id, place: further },
        to: { except: group.host.id },
      },
    ]);
    await group.ask(group.host, { kind: 'session.summon' });
    expect(heard.named('session.summons')).toMatchObject([
      { payload: { by: group.host.id, place: further }, to: { except: group.host.id } },
    ]);
    await group.ask(group.host, { kind: 'session.end' });
    expect(heard.named('session.ended').map(({ payload }) => payload)).toEqual([
      {
        chapter: group.chapter.id,
        place: further,
        lectern: group.host.id,
        minutes: 1,
        people: 3,
        notes: 1,
      },
    ]);
    expect(heard.named('session.changed').at(-1)?.payload).toBeNull();
    expect(await current()).toBeNull();
    expect(await start(cohost)).toMatchObject({ ok: true });
  });

  it('SE7 waits when its holder’s last connection is gone, and goes on when they come back', async () => {
    await start(group.host);
    const heard = hear(group.room);
    group.room.leave(group.host.id, 'desk');
    expect(await group.ask(cohost, { kind: 'session.take' })).toMatchObject({ code: 'lectern-taken' });
    await heard.until((event) => event.name === 'session.changed' && event.payload?.waiting === true);
    group.room.enter(group.host.id, 'phone');
    expect(heard.named('session.changed').at(-1)?.payload).toMatchObject({ waiting: false, lectern: group.host.id });
    group.room.leave(group.host.id, 'phone');
    await heard.until((event) => event === heard.named('session.changed')[2] && event.name === 'session.changed');
    expect(await group.ask(cohost, { kind: 'session.take' })).toMatchObject({ ok: true });
    expect(await current()).toMatchObject({ lectern: cohost.id, waiting: false });
  });

  it('SE8 stands at an empty lectern when its holder lost the role', async () => {
    await start(cohost);
    await group.ask(group.host, { kind: 'member.role', member: cohost.id, role: 'reader' });
    expect(await current()).toMatchObject({ lectern: cohost.id, waiting: true });
    group.room.moveSession(cohost.id, { chapter: group.chapter.id, place: further });
    expect(await current()).toMatchObject({ place });
  });

  it('SE9 is there after a restart, waiting, at its place, with its spotlight', async () => {
    await start(group.host);
    await group.ask(group.host, { kind: 'session.spotlight', passage: further });
    await group.ask(reader, { kind: 'hand.raise', raised: true, note: 'why?' });
    expect(await current()).toMatchObject({ waiting: false, hands: [{ member: reader.id, note: 'why?' }] });
    await group.restart();
    expect(await current()).toMatchObject({
      lectern: group.host.id,
      waiting: true,
      place,
      spotlight: { passage: further },
      hands: [],
    });
    const heard = hear(group.room);
    group.room.enter(group.host.id, 'desk');
    expect(heard.named('session.changed')).toMatchObject([{ payload: { waiting: false } }]);
  });

  it('SE10 is handed over, and the one before leads no more', async () => {
    await start(group.host);
    expect(await group.ask(group.host, { kind: 'session.hand-over', member: cohost.id })).toMatchObject({ ok: true });
    expect(await group.ask(group.host, { kind: 'session.summon' })).toMatchObject({ code: 'not-at-lectern' });
    group.room.moveSession(group.host.id, { chapter: group.chapter.id, place: further });
    expect(await current()).toMatchObject({ lectern: cohost.id, place });
    expect(await group.ask(group.host, { kind: 'session.take' })).toMatchObject({ ok: true });
  });

  it('SE11 shows raised hands to all, and a host lowers them', async () => {
    await start(group.host);
    const heard = hear(group.room);
    await group.ask(reader, { kind: 'hand.raise', raised: true, note: '' });
    await group.ask(group.host, { kind: 'hand.lower', member: reader.id });
    expect(heard.named('session.changed').map(({ payload }) => payload?.hands.length)).toEqual([1, 0]);
  });
});
