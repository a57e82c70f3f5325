import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Whereabouts } from '#shared/protocol/presence.ts';
import { newId, type ChapterId, type MemberId } from '#shared/records/ids.ts';
import { COMPANY_MAX } from '#server/limits.ts';
import { Presence, PRESENCE_GRACE_MS } from '#server/rooms/presence.ts';
import { hear, ReadingGroup } from '#tests/support/reading-group.ts';

describe('presence of a room', () => {
  let group: ReadingGroup;
  beforeEach(async () => {
    group = await ReadingGroup.gather();
  });
  afterEach(() => group.disband());

  const reading = (more: Partial<Whereabouts> = {}): Whereabouts => ({
    chapter: group.chapter.id,
    position: { block: 'b2', offset: 0 },
    progress: 0.5,
    writingIn: null,
    following: false,
    ...more,
  });

  it('PR1 who enters gets everybody, and the others hear of it in one tick', async () => {
    const [ada, bo] = [await group.join('Ada'), await group.join('Bo')];
    group.room.enter(ada.id, 'one');
    const heard = hear(group.room);
    const first = group.room.enter(bo.id, 'two');
    expect(first.full).toBe(true);
    expect(first.here.map(({ member }) => member)).toEqual([ada.id, bo.id]);
    group.room.move(bo.id, 'two', reading({ progress: 0.1 }));
    group.room.move(bo.id, 'two', reading({ progress: 0.2 }));
    await heard.until(({ name }) => name === 'presence');
    const ticks = heard.named('presence');
    expect(ticks).toHaveLength(1);
    expect(ticks[0]?.payload.here).toContainEqual({ ...reading({ progress: 0.2 }), member: bo.id });
    expect(group.room.here().map(({ name }) => name)).toEqual(['Ada', 'Bo']);
  });

  it('PR2 a place that is not on the shelf, or of a connection that is not here, is not passed on', async () => {
    const ada = await group.join('Ada');
    group.room.enter(ada.id, 'one');
    group.room.move(ada.id, 'one', reading({ chapter: newId() }));
    group.room.move(ada.id, 'other', reading());
    expect(group.room.enter(ada.id, 'two').here).toMatchObject([{ chapter: null, member: ada.id }]);
  });

  it('PR3 cheers float past together, counted per person, and the muted send none', async () => {
    const [ada, bo] = [await group.join('Ada'), await group.join('Bo')];
    const heard = hear(group.room);
    for (const { id } of [ada, bo]) group.room.enter(id, 'tab');
    await group.ask(group.host, { kind: 'member.mute', member: bo.id, muted: true });
    group.room.cheer(bo.id, 'heart');
    for (let turn = 0; turn < 30; turn += 1) group.room.cheer(ada.id, 'smile');
    await heard.until(({ name }) => name === 'cheers');
    const cheers = heard.named('cheers').flatMap(({ payload }) => payload);
    expect(cheers.every(({ member }) => member === ada.id)).toBe(true);
    expect(cheers.length).toBeLessThan(30);
  });
});

const here = (presence: Presence): MemberId[] => [...presence.members()];

const crowd = (size: number) => {
  const presence = new Presence(
    () => undefined,
    () => undefined,
  );
  const people = Array.from({ length: size }, () => newId<MemberId>());
  for (const person of people) presence.enter(person, 'tab');
  return { presence, people };
};

describe('presence by the clock', () => {
  const ada = newId<MemberId>();
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('PR4 several connections are one person, who leaves with the last of them, after a moment’s grace', () => {
    const gone: MemberId[] = [];
    const presence = new Presence(
      () => undefined,
      (member) => gone.push(member),
    );
    presence.enter(ada, 'one');
    presence.enter(ada, 'two');
    presence.takeTicks();
    presence.leave(ada, 'one');
    vi.advanceTimersByTime(PRESENCE_GRACE_MS * 2);
    expect(here(presence)).toEqual([ada]);
    presence.leave(ada, 'two');
    vi.advanceTimersByTime(PRESENCE_GRACE_MS - 1);
    expect(presence.takeTicks().ticks).toEqual([]);
    presence.enter(ada, 'three');
    vi.advanceTimersByTime(PRESENCE_GRACE_MS * 2);
    expect([here(presence), gone]).toEqual([[ada], []]);
    presence.takeTicks();
    presence.leave(ada, 'three');
    vi.advanceTimersByTime(PRESENCE_GRACE_MS);
    expect(presence.takeTicks().ticks).toEqual([{ tick: { full: false, here: [], left: [ada] }, to: 'all' }]);
    expect([here(presence), gone]).toEqual([[], [ada]]);
  });

  const chapter = newId<ChapterId>();
  const at = (offset: number, where: ChapterId | null = chapter): Whereabouts => ({
    chapter: where,
    position: { block: 'b1', offset },
    progress: 0,
    writingIn: null,
    following: false,
  });

  it('PR5 a tick carries so many movers, and nobody waits for ever', () => {
    const { presence, people } = crowd(COMPANY_MAX);
    const seen = new Set<string>();
    const sizes: number[] = [];
    for (let more = true; more;) {
      const taken = presence.takeTicks();
      const movers = taken.ticks.flatMap(({ tick }) => tick.here);
      sizes.push(movers.length);
      for (const { member } of movers) seen.add(member);
      more = taken.more;
    }
    expect(Math.max(...sizes)).toBeLessThanOrEqual(40);
    expect(seen.size).toBe(people.length);
    expect(presence.takeTicks()).toEqual({ ticks: [], more: false });
  });

  it('PR6 in a crowd moves within a chapter are told to who reads it, twice a second, and everybody is told in their turn', () => {
    const { presence, people } = crowd(300);
    const other = newId<ChapterId>();
    const settle = () => {
      for (let more = true; more; vi.advanceTimersByTime(500)) ({ more } = presence.takeTicks());
    };
    const place = (person: MemberId, index: number) => at(1, index % 3 === 0 ? other : chapter);
    for (const [index, person] of people.entries()) presence.move(person, 'tab', place(person, index));
    settle();
    for (const [index, person] of people.entries()) {
      presence.move(person, 'tab', { ...place(person, index), position: { block: 'b1', offset: 2 } });
    }
    const told = new Map<string, Set<MemberId>>();
    for (let more = true; more; vi.advanceTimersByTime(500)) {
      const taken = presence.takeTicks();
      // Nothing more in the same half second.
      expect(presence.takeTicks().ticks).toEqual([]);
      for (const { tick, to } of taken.ticks) {
        expect(tick.here.length).toBeLessThanOrEqual(40);
        const audience = to === 'all' ? 'all' : String(to.reading);
        const heard = told.get(audience) ?? new Set();
        for (const { member } of tick.here) heard.add(member);
        told.set(audience, heard);
      }
      ({ more } = taken);
    }
    const readers = (where: ChapterId) => people.filter((person, index) => place(person, index).chapter === where);
    expect(told).toEqual(
      new Map([
        [other, new Set(readers(other))],
        [chapter, new Set(readers(chapter))],
      ]),
    );
  });

  it('PR7 in a crowd everybody hears who comes, goes, and opens another chapter', () => {
    const { presence, people } = crowd(100);
    const [reader, leaver] = people as [MemberId, MemberId];
    for (let more = true; more; vi.advanceTimersByTime(500)) ({ more } = presence.takeTicks());
    presence.move(reader, 'tab', at(7));
    presence.drop(leaver);
    expect(presence.takeTicks().ticks).toEqual([
      { tick: { full: false, here: [{ ...at(7), member: reader }], left: [leaver] }, to: 'all' },
    ]);
  });
});
