import { describe, expect } from 'vitest';
import { newId } from '#shared/records/ids.ts';
import { aCommit, aPlace, aReply, aSession, aTokenHash, anAnnotation } from './records.ts';
import { bytes, plain } from './bytes.ts';
import type { FurnishedTest } from './furnished.ts';

export function checksClosing(it: FurnishedTest): void {
  describe('closing', () => {
    it('ST21 everything is there after closing and opening again', async ({
      opened,
      store,
      room,
      host,
      book,
      chapter,
    }) => {
      const annotation = anAnnotation(chapter.id, host.id);
      const reply = aReply(annotation, host.id);
      const session = aSession(chapter.id, host.id);
      const token = aTokenHash();
      const commit = aCommit(room.id, host.id, {
        changes: [
          { table: 'annotation', row: annotation },
          { table: 'reply', row: reply },
          { table: 'reaction', row: { target: annotation.id, emoji: '👍', member: host.id }, on: true },
          { table: 'place', member: host.id, row: aPlace(chapter) },
          { table: 'session', row: session },
        ],
        documents: [{ document: `margin:${chapter.id}`, lineage: 'one', update: bytes(1, 2) }],
      });
      await store.createDevice(token, 'device', 5);
      await store.bindDevice('device', room.id, host.id);
      const seq = await store.commit(commit);
      const invites = await store.invites(room.id);

      const again = await opened.reopen();
      expect(await again.room(room.id)).toEqual(room);
      expect(await again.members(room.id)).toEqual([host]);
      expect(await again.invites(room.id)).toEqual(invites);
      expect(await again.books(room.id)).toEqual([book]);
      expect(await again.chapter(room.id, chapter.id)).toEqual(chapter);
      expect(await again.margin(room.id, chapter.id)).toEqual({
        annotations: [annotation],
        replies: [reply],
        reactions: [{ target: annotation.id, emoji: '👍', member: host.id }],
      });
      expect(await again.places(room.id, host.id)).toEqual([aPlace(chapter)]);
      expect(await again.openSession(room.id)).toEqual(session);
      expect(plain((await again.document(`margin:${chapter.id}`))?.updates ?? [])).toEqual([[1, 2]]);
      expect(await again.deviceByToken(token)).toMatchObject({ members: [{ room: room.id, member: host.id }] });
      expect(await again.committedCommand(room.id, host.id, commit.command?.id ?? newId())).toEqual({
        seq,
        digest: 'digest',
      });
      expect(await again.commit(aCommit(room.id, host.id))).toBe(seq + 1);
    });

    it('ST21 closing waits for commits that are under way, and nothing is taken after it', async ({
      store,
      room,
      host,
    }) => {
      const commits = Array.from({ length: 50 }, () => aCommit(room.id, host.id));
      const written = commits.map((commit) => store.commit(commit));
      await store.close();
      await store.close();
      await expect(Promise.all(written)).resolves.toHaveLength(50);
      await expect(store.commit(aCommit(room.id, host.id))).rejects.toBeInstanceOf(Error);
      await expect(store.room(room.id)).rejects.toBeInstanceOf(Error);
    });
  });
}
