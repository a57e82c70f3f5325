import { describe, expect } from 'vitest';
import type { StoredPadVersion } from '#server/storage/store.ts';
import { newId } from '#shared/records/ids.ts';
import type { MemberId, PadVersionId, RoomId } from '#shared/records/ids.ts';
import { NASTY, aCommit } from './records.ts';
import { bytes } from './bytes.ts';
import type { FurnishedTest } from './furnished.ts';

export function checksPads(it: FurnishedTest): void {
  describe('pads', () => {
    it('ST30 whose a client id is stays as it was claimed first, for as long as the document lives', async ({
      opened,
      store,
      host,
      book,
    }) => {
      const document = `pad:${book.id}`;
      const other = newId<MemberId>();
      await store.replaceDocument(document, 'one', bytes(0, 0));
      await store.claimClients(document, [
        { client: 7, member: host.id },
        { client: 4_294_967_295, member: other },
      ]);
      await store.claimClients(document, [{ client: 7, member: other }]);
      await store.replaceDocument(document, 'one', bytes(0, 0));
      const again = await opened.reopen();
      expect(await again.documentClients(document)).toEqual([
        { client: 7, member: host.id },
        { client: 4_294_967_295, member: other },
      ]);
      await again.forgetClients(document, [7]);
      expect(await again.documentClients(document)).toEqual([{ client: 4_294_967_295, member: other }]);
      expect(await again.documentClients('pad:other')).toEqual([]);
    });

    it('ST31 versions of a pad come newest first, each with what it says', async ({ store, room, host, book }) => {
      const version = (more: Partial<StoredPadVersion>): StoredPadVersion => ({
        id: newId<PadVersionId>(),
        book: book.id,
        cause: 'named',
        title: NASTY,
        author: host.id,
        createdAt: 1_700_000_000_000,
        content: '[]',
        ...more,
      });
      const [first, second] = [version({ content: JSON.stringify([NASTY]) }), version({ cause: 'left', title: null })];
      for (const row of [first, second]) {
        await store.commit(aCommit(room.id, host.id, { changes: [{ table: 'pad-version', row }] }));
      }
      const listed = (await store.padVersions(room.id, book.id)).map(({ id }) => id);
      expect(listed).toEqual([second.id, first.id]);
      expect(await store.padVersionSizes(room.id, book.id)).toEqual([
        { id: second.id, cause: 'left', bytes: 2 },
        { id: first.id, cause: 'named', bytes: Buffer.byteLength(first.content) },
      ]);
      expect(await store.padVersion(room.id, book.id, first.id)).toEqual(first);
      expect(await store.padVersion(newId<RoomId>(), book.id, first.id)).toBeNull();
      await store.commit(aCommit(room.id, host.id, { changes: [{ table: 'pad-version-removed', version: first.id }] }));
      expect(await store.padVersion(room.id, book.id, first.id)).toBeNull();
    });

    it('ST32 a removed book takes its pad along, and nothing brings it back', async ({ store, room, host, book }) => {
      const document = `pad:${book.id}`;
      await store.replaceDocument(document, 'one', bytes(0, 0));
      await store.claimClients(document, [{ client: 7, member: host.id }]);
      const update = { document, lineage: 'one', update: bytes(1) };
      await store.commit(aCommit(room.id, host.id, { documents: [update] }));
      await store.commit(aCommit(room.id, host.id, { changes: [{ table: 'book-removed', book: book.id }] }));
      expect(await store.document(document)).toBeNull();
      expect(await store.documentClients(document)).toEqual([]);
      await expect(store.commit(aCommit(room.id, host.id, { documents: [update] }))).rejects.toThrow('no document');
      expect(await store.document(document)).toBeNull();
    });
  });
}
