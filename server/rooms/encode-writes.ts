import { writeVarUint } from 'lib0/encoding';
import * as Y from 'yjs';
import type { Write } from './projection.ts';

/**
 * Encodes writes to a document's maps as the Yjs update that the document itself would send (format version 1), without
 * touching the document: so an update can be committed to disk first, and applied and published afterwards. This works
 * because the server is the only writer, under one client id: the next clock and each entry's predecessor are known.
 * Each key may stand in `writes` once. Null when nothing is to be written.
 */
export function encodeWrites(doc: Y.Doc, client: number, writes: readonly Write[]): Uint8Array | null {
  const first = Y.getState(doc.store, client);
  const items: Y.Item[] = [];
  const deleted: number[] = [];
  for (const { root, key, value } of writes) {
    // oxlint-disable-next-line no-underscore-dangle -- the last item of an entry, deleted or not, is the new one's origin
    const current = doc.getMap(root)._map.get(key);
    if (current && !current.deleted) deleted.push(current.id.clock);
    if (value === undefined) continue;
    const id = Y.createID(client, first + items.length);
    const origin = current ? current.lastId : null;
    // Before it is integrated, an item names a root by its key; the constructor's types speak only of what comes after.
    const parent = root as unknown as Y.AbstractType<unknown>;
    items.push(new Y.Item(id, null, origin, null, null, parent, key, new Y.ContentAny([value])));
  }
  if (items.length === 0 && deleted.length === 0) return null;

  const encoder = new Y.UpdateEncoderV1();
  const rest = encoder.restEncoder;
  writeVarUint(rest, items.length > 0 ? 1 : 0);
  if (items.length > 0) {
    writeVarUint(rest, items.length);
    encoder.writeClient(client);
    writeVarUint(rest, first);
    for (const item of items) item.write(encoder, 0);
  }
  writeVarUint(rest, deleted.length > 0 ? 1 : 0);
  if (deleted.length > 0) {
    encoder.resetDsCurVal();
    writeVarUint(rest, client);
    writeVarUint(rest, deleted.length);
    for (const clock of deleted.toSorted((a, b) => a - b)) {
      encoder.writeDsClock(clock);
      encoder.writeDsLen(1);
    }
  }
  return encoder.toUint8Array();
}
