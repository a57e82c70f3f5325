import * as Y from 'yjs';
import { newId, type BookId, type RoomId } from '#shared/records/ids.ts';
import type { PadBlock } from '#shared/records/pad-block.ts';
import { PAD_ROOT } from '#shared/records/pad-document.ts';
import type { PadVersion } from '#shared/records/pad-version.ts';
import { readBlocks } from '#shared/records/read-pad-blocks.ts';
import type { StoredDocument } from '#server/storage/store.ts';
import type { RoomHouse } from '../room-house.ts';
import { PadDocument } from './pad-document.ts';
import { PadVersions } from './pad-versions.ts';
import { writeBlocks } from './write-blocks.ts';

/** A document without a word under a lineage of its own; with blocks, what they say. */
export function newDocument(blocks: readonly PadBlock[] = []): PadDocument {
  const document = PadDocument.read({ lineage: newId(), snapshot: null, updates: [] });
  if (blocks.length > 0) document.edit((fragment) => writeBlocks(fragment, blocks));
  return document;
}

/**
 * The pad in place of one whose bytes cannot be read back: what its newest sound version says, under a lineage of its own,
 * so that browsers fetch it anew and keep what their own copies have beside it. What can still be read of the damaged
 * bytes becomes a version, for people to look at and copy from; it is the pad itself where there is no other.
 *
 * That version is kept first. Killed between the two writes, the next start finds the damage again, and has it twice.
 */
export async function rebuildPad(
  house: RoomHouse,
  { room, book, name }: { room: RoomId; book: BookId; name: string },
  damaged: StoredDocument,
): Promise<PadDocument> {
  const versions = new PadVersions(house, room, book);
  const readable = readableBlocks(damaged);
  const sound = await newestSound(versions);
  const document = newDocument(sound?.blocks ?? readable);
  const changes = await versions.make(readable, { cause: 'damaged', title: null, author: null });
  await house.store.commit({ room, command: null, at: house.now(), changes, documents: [] });
  await house.store.replaceDocument(name, document.lineage, document.encode());
  house.log.error(
    { room, document: name, lineage: damaged.lineage, rebuiltAs: document.lineage, from: sound?.version.id ?? null },
    'a damaged pad was rebuilt from a version',
  );
  return document;
}

/** Null where there is none. What was read out of damaged bytes once is no sound one. */
async function newestSound(versions: PadVersions): Promise<{ version: PadVersion; blocks: PadBlock[] } | null> {
  for (const { id, cause } of await versions.list()) {
    const found = cause === 'damaged' ? null : await versions.find(id);
    if (found) return found;
  }
  return null;
}

/** Each part is tried by itself: of several people's words those can be read that nothing lost stands before. */
function readableBlocks({ snapshot, updates }: StoredDocument): PadBlock[] {
  const doc = new Y.Doc();
  for (const part of [snapshot, ...updates]) {
    if (part === null) continue;
    try {
      Y.applyUpdate(doc, part);
    } catch {
      // The damage that brought us here. What follows may be readable without it.
    }
  }
  try {
    return readBlocks(doc.getXmlFragment(PAD_ROOT));
  } catch {
    return [];
  } finally {
    doc.destroy();
  }
}
