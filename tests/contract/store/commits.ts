import { describe, expect } from 'vitest';
import { newId } from '#shared/records/ids.ts';
import type { AnnotationId, ChapterId, RoomId } from '#shared/records/ids.ts';
import { aCommit, aMember, aPlace, aReply, aRoom, anAnnotation } from './records.ts';
import { bytes, plain } from './bytes.ts';
import type { FurnishedTest } from './furnished.ts';

export function checksCommits(it: FurnishedTest): void {
  describe('commits', () => {
    it('ST15 a commit counts up by one, room by room, and its command is found again', async ({
      store,
      room,
      host,
    }) => {
      const other = aRoom();
      await store.createRoom(other, host, []);
      const commit = aCommit(room.id, host.id);
      const seq = await store.commit(commit);
      expect(await store.commit(aCommit(room.id, host.id, { command: null }))).toBe(seq + 1);
      expect(await store.commit(aCommit(other.id, host.id))).toBe(1);
      const command = commit.command?.id ?? newId();
      expect(await store.committedCommand(room.id, host.id, command)).toEqual({ seq, digest: 'digest' });
      expect(await store.committedCommand(other.id, host.id, command)).toBeNull();
      expect(await store.committedCommand(room.id, aMember().id, command)).toBeNull();
    });

    it('ST15 one command is committed once', async ({ store, room, host, chapter }) => {
      const commit = aCommit(room.id, host.id);
      const seq = await store.commit(commit);
      const again = {
        ...commit,
        changes: [{ table: 'annotation' as const, row: anAnnotation(chapter.id, host.id) }],
      };
      await expect(store.commit(again)).rejects.toBeInstanceOf(Error);
      expect((await store.margin(room.id, chapter.id)).annotations).toEqual([]);
      expect(await store.commit(aCommit(room.id, host.id))).toBe(seq + 1);
    });

    it('ST16 a commit of which one part fails leaves nothing', async ({ store, room, host, chapter }) => {
      const document = `margin:${chapter.id}`;
      const kept = anAnnotation(chapter.id, host.id);
      const seq = await store.commit(
        aCommit(room.id, host.id, {
          changes: [{ table: 'annotation', row: kept }],
          documents: [{ document, lineage: 'one', update: bytes(1) }],
        }),
      );
      const good = { table: 'annotation' as const, row: anAnnotation(chapter.id, host.id) };
      const bad = [
        { table: 'annotation' as const, row: anAnnotation(newId<ChapterId>(), host.id) },
        { table: 'reply' as const, row: aReply(anAnnotation(chapter.id, host.id), host.id) },
        {
          table: 'reaction' as const,
          row: { target: newId<AnnotationId>(), emoji: '👍', member: host.id },
          on: true,
        },
        { table: 'place' as const, member: host.id, row: aPlace({ ...chapter, id: newId<ChapterId>() }) },
        { table: 'room' as const, row: aRoom() },
      ];
      for (const change of bad) {
        const commit = aCommit(room.id, host.id, {
          changes: [good, { table: 'member', row: { ...host, name: 'other' } }, change],
          documents: [{ document, lineage: 'one', update: bytes(2) }],
        });
        await expect(store.commit(commit)).rejects.toBeInstanceOf(Error);
        expect(await store.committedCommand(room.id, host.id, commit.command?.id ?? newId())).toBeNull();
      }
      expect((await store.margin(room.id, chapter.id)).annotations).toEqual([kept]);
      expect(await store.members(room.id)).toEqual([host]);
      expect(plain((await store.document(document))?.updates ?? [])).toEqual([[1]]);
      expect(await store.commit(aCommit(room.id, host.id))).toBe(seq + 1);
    });

    it('ST16 a commit to a room that is not there is refused', async ({ store, host }) => {
      await expect(store.commit(aCommit(newId<RoomId>(), host.id))).rejects.toThrow('no room');
    });

    it('ST17 of commits that come at once each stands or falls alone', async ({ store, room, host, chapter }) => {
      const first = await store.commit(aCommit(room.id, host.id));
      const commits = Array.from({ length: 100 }, (_, index) => {
        const annotation = anAnnotation(index % 3 === 0 ? newId<ChapterId>() : chapter.id, host.id);
        return aCommit(room.id, host.id, { changes: [{ table: 'annotation', row: annotation }] });
      });
      const results = await Promise.allSettled(commits.map((commit) => store.commit(commit)));
      const stood = commits.filter((_, index) => results[index]?.status === 'fulfilled');
      expect(stood).toEqual(commits.filter((_, index) => index % 3 !== 0));
      const seqs = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
      expect(seqs).toEqual(seqs.map((_, index) => first + 1 + index));
      expect((await store.margin(room.id, chapter.id)).annotations.map(({ id }) => id)).toEqual(
        stood.flatMap(({ changes }) => changes.map((change) => (change.table === 'annotation' ? change.row.id : null))),
      );
    });
  });
}
