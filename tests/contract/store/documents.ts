import { describe, expect } from 'vitest';
import { aCommit, anAnnotation } from './records.ts';
import { bytes, plain } from './bytes.ts';
import type { FurnishedTest } from './furnished.ts';

export function checksDocuments(it: FurnishedTest): void {
  describe('documents', () => {
    it('ST13 a document is its updates in order, and after a replacement its snapshot and what came since', async ({
      store,
      room,
      host,
      chapter,
    }) => {
      const document = `margin:${chapter.id}`;
      const update = (...values: number[]) =>
        store.commit(
          aCommit(room.id, host.id, { documents: [{ document, lineage: 'one', update: bytes(...values) }] }),
        );
      await update(0, 255);
      await update();
      await update(7);
      const logged = await store.document(document);
      expect(logged).toMatchObject({ lineage: 'one', snapshot: null });
      expect(plain(logged?.updates ?? [])).toEqual([[0, 255], [], [7]]);

      await store.replaceDocument(document, 'one', bytes(1, 2, 3));
      await update(8);
      const compacted = await store.document(document);
      expect(compacted?.lineage).toBe('one');
      expect([...(compacted?.snapshot ?? [])]).toEqual([1, 2, 3]);
      expect(plain(compacted?.updates ?? [])).toEqual([[8]]);
    });

    it('ST13 a document can begin with a snapshot', async ({ store }) => {
      await store.replaceDocument('margin:new', 'one', bytes(1));
      const stored = await store.document('margin:new');
      expect([...(stored?.snapshot ?? [])]).toEqual([1]);
      expect(stored?.updates).toEqual([]);
    });

    it('ST13 a long document comes in parts, which are read back in order before what is added', async ({
      store,
      room,
      host,
      chapter,
    }) => {
      const document = `margin:${chapter.id}`;
      await store.replaceDocument(document, 'one', bytes(9));
      await store.replaceDocument(document, 'one', bytes(1), [bytes(2), bytes(3)]);
      await store.commit(aCommit(room.id, host.id, { documents: [{ document, lineage: 'one', update: bytes(4) }] }));
      const stored = await store.document(document);
      expect([...(stored?.snapshot ?? [])]).toEqual([1]);
      expect(plain(stored?.updates ?? [])).toEqual([[2], [3], [4]]);
    });

    it('ST14 an update of another lineage is refused with all that came with it', async ({
      store,
      room,
      host,
      chapter,
    }) => {
      const document = `margin:${chapter.id}`;
      await store.replaceDocument(document, 'two', bytes(1));
      const annotation = anAnnotation(chapter.id, host.id);
      const commit = aCommit(room.id, host.id, {
        changes: [{ table: 'annotation', row: annotation }],
        documents: [{ document, lineage: 'one', update: bytes(9) }],
      });
      await expect(store.commit(commit)).rejects.toThrow('lineage');
      expect((await store.margin(room.id, chapter.id)).annotations).toEqual([]);
      expect((await store.document(document))?.updates).toEqual([]);
    });
  });
}
