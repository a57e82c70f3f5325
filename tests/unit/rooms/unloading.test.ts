import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { command, ReadingGroup } from '#tests/support/reading-group.ts';

const LONG_MS = 10 * 60_000;

describe('rooms that nobody uses', () => {
  let group: ReadingGroup;
  beforeEach(async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] });
    group = await ReadingGroup.gather();
  });
  afterEach(async () => {
    await group.disband();
    vi.useRealTimers();
  });
  const reopened = async () => (await group.rooms.open(group.room.id)) === group.room;

  it('RM16 leave memory after a while, refuse who still holds them, and come back whole', async () => {
    const reader = await group.join('Ada');
    await group.note(reader, 'kept');
    // The ack comes from inside the room's queue; what is asked next comes when that is empty again.
    await group.view(reader);
    const { room } = group;
    vi.advanceTimersByTime(LONG_MS);
    expect(await reopened()).toBe(false);
    expect(await room.submit(reader.id, command({ kind: 'session.end' }))).toMatchObject({ code: 'unavailable' });
    await group.reopen();
    expect((await group.view(reader)).annotations).toMatchObject([{ body: 'kept' }]);
  });

  it('RM17 stay for as long as somebody is here, listens, or reads a document', async () => {
    const reader = await group.join('Ada');
    const stopListening = group.room.listen(() => undefined);
    vi.advanceTimersByTime(LONG_MS);
    expect(await reopened()).toBe(true);
    stopListening();
    const stopReading = (await group.marginDocument()).subscribe(() => undefined);
    vi.advanceTimersByTime(LONG_MS);
    expect(await reopened()).toBe(true);
    stopReading();
    group.room.enter(reader.id, 'tab');
    vi.advanceTimersByTime(LONG_MS);
    expect(await reopened()).toBe(true);
  });

  it('GD8 leave at once when more are in memory than are kept, those just given out excepted', async () => {
    const reader = await group.join('Ada');
    group.room.enter(reader.id, 'tab');
    for (let made = 0; made < 520; made += 1) await group.rooms.create('Another', 'Ada');
    expect(group.rooms.standing().rooms).toBe(521);
    vi.advanceTimersByTime(3_000);
    await group.rooms.create('One more', 'Ada');
    expect(group.rooms.standing().rooms).toBe(2);
    expect(await reopened()).toBe(true);
  });
});
