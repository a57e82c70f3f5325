import { describe, expect } from 'vitest';
import type { Store } from '#server/storage/store.ts';
import { newId } from '#shared/records/ids.ts';
import type { CommandId } from '#shared/records/ids.ts';
import { aCommit, aReply, anAnnotation } from './records.ts';
import type { FurnishedTest } from './furnished.ts';

export function checksForgetting(it: FurnishedTest): void {
  describe('what is forgotten', () => {
    it('ST20 bodies of what was deleted long ago are emptied, and old commands forgotten; the rest stays', async ({
      store,
      room,
      host,
      chapter,
    }) => {
      const annotation = anAnnotation(chapter.id, host.id);
      const recent = anAnnotation(chapter.id, host.id);
      const reply = aReply(annotation, host.id);
      const at = (time: number, changes: Parameters<Store['commit']>[0]['changes']) => {
        const commit = aCommit(room.id, host.id, { at: time, changes });
        return store.commit(commit).then(() => commit.command?.id ?? newId<CommandId>());
      };
      const old = await at(10, [
        { table: 'annotation', row: annotation },
        { table: 'annotation', row: recent },
        { table: 'reply', row: reply },
      ]);
      await at(20, [
        { table: 'annotation', row: { ...annotation, deleted: true } },
        { table: 'reply', row: { ...reply, deleted: true } },
      ]);
      // Hidden after it was deleted: the time of deletion is still the first.
      await at(40, [{ table: 'annotation', row: { ...annotation, deleted: true, hidden: true } }]);
      const kept = await at(40, [{ table: 'annotation', row: { ...recent, deleted: true } }]);

      await store.purge(30, 1);
      expect(await store.committedCommand(room.id, host.id, old)).not.toBeNull();
      await store.purge(30, 30);
      expect(await store.margin(room.id, chapter.id)).toEqual({
        annotations: [
          { ...annotation, body: '', deleted: true, hidden: true },
          { ...recent, deleted: true },
        ],
        replies: [{ ...reply, body: '', deleted: true }],
        reactions: [],
      });
      expect(await store.committedCommand(room.id, host.id, old)).toBeNull();
      expect(await store.committedCommand(room.id, host.id, kept)).not.toBeNull();
    });

    it('ST20 what was taken back out of deletion keeps its words', async ({ store, room, host, chapter }) => {
      const annotation = anAnnotation(chapter.id, host.id);
      for (const [at, deleted] of [
        [10, true],
        [20, false],
      ] as const) {
        const changes = [{ table: 'annotation' as const, row: { ...annotation, deleted } }];
        await store.commit(aCommit(room.id, host.id, { at, changes }));
      }
      await store.purge(1_000, 1_000);
      expect((await store.margin(room.id, chapter.id)).annotations).toEqual([annotation]);
    });

    it('ST29 leaves others their turn in between, and leaves nothing over', async ({ store, room, host, chapter }) => {
      const annotation = anAnnotation(chapter.id, host.id);
      await store.commit(aCommit(room.id, host.id, { at: 10, changes: [{ table: 'annotation', row: annotation }] }));
      const many = Array.from({ length: 1_300 }, () => aCommit(room.id, host.id, { at: 10 }));
      await Promise.all(many.map((commit) => store.commit(commit)));
      let turns = 0;
      let purging = true;
      const count = () => {
        turns += 1;
        if (purging) setImmediate(count);
      };
      setImmediate(count);
      await store.purge(30, 30);
      purging = false;
      expect(turns).toBeGreaterThan(1);
      const ids = many.flatMap(({ command }) => (command ? [command.id] : []));
      const left = await Promise.all(ids.map((id) => store.committedCommand(room.id, host.id, id)));
      expect(left.filter((found) => found !== null)).toEqual([]);
    });
  });
}
