import { array, assert, constantFrom, nat, oneof, option, asyncProperty, record, tuple } from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import type { Reactions } from '#shared/records/annotation.ts';
import { newId, type MemberId } from '#shared/records/ids.ts';
import { LiveDocument } from '#server/rooms/live-document.ts';
import type { Write } from '#server/rooms/projection.ts';

const people = Array.from({ length: 12 }, () => newId<MemberId>());
const [ada, bo] = [newId<MemberId>(), newId<MemberId>()];

const entry = record({
  key: constantFrom('a', 'b', 'c', 'd', 'e'),
  value: option(
    oneof(
      constantFrom<Reactions>({ '👋': [ada] }),
      constantFrom(...people).map((person): Reactions => ({ '👋': [person] })),
    ),
    {
      nil: undefined,
    },
  ),
}).map(({ key, value }): Write => ({ root: 'reactions', key, value }));

const contents = (doc: Y.Doc) => doc.getMap('reactions').toJSON();
const all = new Uint8Array();

/** Somebody waves under every one of these notes. */
const waves = (from: number, to: number, by: MemberId): Write[] =>
  Array.from({ length: to - from }, (_one, index) => ({
    root: 'reactions',
    key: `note ${from + index}`,
    value: { '👋': [by] },
  }));

describe('a document that the server writes', () => {
  it('RM23 updates made without touching the document are what Yjs itself would have read back', async () => {
    await assert(
      asyncProperty(array(tuple(array(entry, { maxLength: 6 }), nat(3)), { maxLength: 40 }), async (steps) => {
        const document = LiveDocument.create('lineage', []);
        const steady = new Y.Doc();
        const away = new Y.Doc();
        Y.applyUpdate(steady, document.diff(all));
        Y.applyUpdate(away, document.diff(all));
        const log: Uint8Array[] = [document.diff(all)];
        document.subscribe((update) => {
          log.push(update);
          Y.applyUpdate(steady, update);
        });
        const model = new Map<string, unknown>();
        for (const [writes, cutIn] of steps) {
          const before = document.diff(all);
          const update = document.stage(writes);
          expect(document.diff(all)).toEqual(before);
          for (const { key, value } of writes) {
            if (value === undefined) model.delete(key);
            else model.set(key, value);
          }
          if (update) document.publish(update);
          if (cutIn === 0) Y.applyUpdate(away, document.diff(Y.encodeStateVector(away)));
        }
        Y.applyUpdate(away, document.diff(Y.encodeStateVector(away)));
        const fresh = new Y.Doc();
        Y.applyUpdate(fresh, document.diff(all));
        const replayed = await LiveDocument.read({ lineage: 'lineage', snapshot: null, updates: log });
        const expected = Object.fromEntries(model);
        for (const doc of [steady, away, fresh]) {
          expect(contents(doc)).toEqual(expected);
          expect(doc.store.pendingStructs).toBeNull();
          expect(doc.store.pendingDs).toBeNull();
          expect(doc.store.clients.size).toBe(1);
        }
        expect(replayed.stateVector()).toEqual(document.stateVector());
        expect(replayed.diff(all)).toEqual(document.diff(all));
      }),
      { numRuns: 300 },
    );
  });

  it('RM52 a long document is stored in parts, and is the same when they are read back', async () => {
    const document = LiveDocument.create('lineage', waves(0, 4_500, ada));
    // Some are written again, some are taken away.
    for (const one of [
      waves(100, 150, bo),
      waves(4_000, 4_400, ada).map((write) => ({ ...write, value: undefined })),
    ]) {
      const update = document.stage(one as Write[]);
      if (update) document.publish(update);
    }
    const [snapshot, ...updates] = document.parts();
    expect(updates.length).toBeGreaterThan(1);
    const back = await LiveDocument.read({ lineage: 'lineage', snapshot, updates });
    expect(back.stateVector()).toEqual(document.stateVector());
    expect(back.diff(all)).toEqual(document.diff(all));
    const next = back.stage(waves(0, 1, bo));
    if (!next) throw new Error('nothing staged');
    document.publish(next);
    expect(document.stage(waves(0, 1, bo))).toBeNull();
  });

  it('RM24 what stays the same is not written again', () => {
    const write: Write = { root: 'reactions', key: 'a', value: { '👋': [ada] } };
    const document = LiveDocument.create('lineage', [write]);
    expect(document.stage([write, { root: 'reactions', key: 'b', value: undefined }])).toBeNull();
  });

  it('RM25 bytes of another document, or with a hole, are refused as unreadable', async () => {
    const document = LiveDocument.create('one', []);
    const snapshot = document.diff(all);
    await expect(LiveDocument.read({ lineage: 'two', snapshot, updates: [] })).rejects.toThrow('another client');
    const first = document.stage([{ root: 'reactions', key: 'a', value: { '👋': [ada] } }]);
    if (!first) throw new Error('nothing staged');
    document.publish(first);
    const second = document.stage([{ root: 'reactions', key: 'a', value: { '👋': [bo] } }]);
    if (!second) throw new Error('nothing staged');
    await expect(LiveDocument.read({ lineage: 'one', snapshot, updates: [second] })).rejects.toThrow('missing');
    const noise = new Uint8Array([1, 2, 3, 255]);
    const read = LiveDocument.read({ lineage: 'one', snapshot: noise, updates: [] });
    await expect(read).rejects.toThrow('could not be applied');
  });
});
