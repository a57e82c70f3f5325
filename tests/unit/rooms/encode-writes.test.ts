import { array, assert, constantFrom, nat, oneof, option, property, record, tuple } from 'fast-check';
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

describe('a document that the server writes', () => {
  it('RM23 updates made without touching the document are what Yjs itself would have read back', () => {
    assert(
      property(array(tuple(array(entry, { maxLength: 6 }), nat(3)), { maxLength: 40 }), (steps) => {
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
        const replayed = LiveDocument.read({ lineage: 'lineage', snapshot: null, updates: log });
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

  it('RM24 what stays the same is not written again', () => {
    const write: Write = { root: 'reactions', key: 'a', value: { '👋': [ada] } };
    const document = LiveDocument.create('lineage', [write]);
    expect(document.stage([write, { root: 'reactions', key: 'b', value: undefined }])).toBeNull();
  });

  it('RM25 bytes of another document, or with a hole, are refused as unreadable', () => {
    const document = LiveDocument.create('one', []);
    const snapshot = document.diff(all);
    expect(() => LiveDocument.read({ lineage: 'two', snapshot, updates: [] })).toThrow('another client');
    const first = document.stage([{ root: 'reactions', key: 'a', value: { '👋': [ada] } }]);
    if (!first) throw new Error('nothing staged');
    document.publish(first);
    const second = document.stage([{ root: 'reactions', key: 'a', value: { '👋': [bo] } }]);
    if (!second) throw new Error('nothing staged');
    expect(() => LiveDocument.read({ lineage: 'one', snapshot, updates: [second] })).toThrow('missing');
    const noise = new Uint8Array([1, 2, 3, 255]);
    expect(() => LiveDocument.read({ lineage: 'one', snapshot: noise, updates: [] })).toThrow('could not be applied');
  });
});
