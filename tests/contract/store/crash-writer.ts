import { openSqliteStore } from '#server/storage/sqlite/open-sqlite-store.ts';
import { newId } from '#shared/records/ids.ts';
import type { CommandId } from '#shared/records/ids.ts';
import { aBook, aCommit, aMember, aRoom, anAnnotation } from './records.ts';

/**
 * A process to be killed: makes a room in the file named by its argument, then commits annotations without end, eight at a
 * time, and prints a line of JSON for the room and for each commit once it is acknowledged.
 */
const WRITERS = 8;
const [file] = process.argv.slice(2);
if (!file) throw new Error('the path of a file is missing');

const store = await openSqliteStore(file);
const host = aMember({ role: 'host' });
const room = aRoom();
const { book, chapters } = aBook(host.id, 1);
const chapter = chapters[0]?.id;
if (!chapter) throw new Error('no chapter');
await store.createRoom(room, host, []);
await store.commit(aCommit(room.id, host.id, { changes: [{ table: 'book', row: book, chapters }] }));
const document = `margin:${chapter}`;
process.stdout.write(`${JSON.stringify({ room: room.id, chapter, host: host.id, document })}\n`);

async function write(): Promise<never> {
  for (;;) {
    const annotation = anAnnotation(chapter as NonNullable<typeof chapter>, host.id);
    const command = newId<CommandId>();
    const seq = await store.commit({
      room: room.id,
      command: { id: command, member: host.id, kind: 'annotation.create', digest: 'digest' },
      at: Date.now(),
      changes: [{ table: 'annotation', row: annotation }],
      documents: [{ document, lineage: 'one', update: new TextEncoder().encode(annotation.id) }],
    });
    process.stdout.write(`${JSON.stringify({ seq, command, annotation: annotation.id })}\n`);
  }
}
await Promise.all(Array.from({ length: WRITERS }, write));
