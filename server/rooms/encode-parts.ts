import { writeVarUint } from 'lib0/encoding';
import * as Y from 'yjs';

/** Structs that are taken in without a pause that anybody would notice: some 30 ms for notes of the usual length. */
const PART_STRUCTS = 2_000;

/**
 * All that a document holds as updates that can be applied one after the other (format version 1), each small enough that
 * the process can do something else in between. The document has one writer, and Yjs has emptied what was deleted.
 */
export function encodeParts(doc: Y.Doc, client: number): [Uint8Array, ...Uint8Array[]] {
  const structs = doc.store.clients.get(client) ?? [];
  if (structs.length <= PART_STRUCTS) return [Y.encodeStateAsUpdate(doc)];
  const parts: Uint8Array[] = [];
  for (let from = 0; from < structs.length; from += PART_STRUCTS) {
    parts.push(encodeStructs(client, structs.slice(from, from + PART_STRUCTS)));
  }
  // Nothing but what was deleted, when all structs are known.
  const deletions = Y.encodeStateAsUpdate(doc, Y.encodeStateVector(doc));
  const [first = deletions, ...others] = parts;
  return [first, ...others, deletions];
}

function encodeStructs(client: number, structs: readonly (Y.Item | Y.GC)[]): Uint8Array {
  const encoder = new Y.UpdateEncoderV1();
  const rest = encoder.restEncoder;
  writeVarUint(rest, 1);
  writeVarUint(rest, structs.length);
  encoder.writeClient(client);
  writeVarUint(rest, structs[0]?.id.clock ?? 0);
  for (const struct of structs) struct.write(encoder, 0);
  writeVarUint(rest, 0);
  return encoder.toUint8Array();
}
