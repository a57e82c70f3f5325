import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { WebSocket } from 'ws';
import { newId } from '#shared/records/ids.ts';
import type { AnnotationId } from '#shared/records/ids.ts';
import { marginMaps } from '#shared/records/margin-document.ts';
import { PROTOCOL_VERSION } from '#shared/protocol/version.ts';
import { Bell } from '#tests/support/bell.ts';
import { DocumentLink } from '#tests/support/document-link.ts';
import { command, Visitor } from '#tests/support/visitor.ts';
import { leaveClubs } from './club.ts';
import { megabytes, openHouse } from './house.ts';

const READERS = 20;
const WRITERS = 40;
/** What one person may send at once. */
const NOTES_EACH = 50;
const NOTE = 'words'.repeat(1_600);
/** What the server keeps for one reader before it lets them go, with the system's own buffers. */
const KEPT_BYTES = 8_000_000;

/** Asks for everything and reads nothing of it. */
function stopReading(margin: WebSocket): void {
  margin.send(Uint8Array.of(0, 0, 1, 0));
  margin.pause();
}

/** Readers who do not read, while forty people write 16 MB; throws when what is kept for them has no bound. */
export async function soakSlowReaders(): Promise<string[]> {
  const dataDir = await mkdtemp(join(tmpdir(), 'lectern-slow-'));
  const [club] = await leaveClubs(dataDir, 1, WRITERS, 1);
  if (!club) throw new Error('there is no room');
  const house = await openHouse(dataDir);
  const visitors = club.people.map(({ cookie }) => {
    const visitor = new Visitor(house.origin);
    visitor.cookie = cookie;
    return visitor;
  });
  const path = `/sync/${club.room}/margin/${club.chapter}?protocol=${PROTOCOL_VERSION}`;
  const bell = new Bell();
  const fast = new DocumentLink(path, bell);
  await fast.connect((address) => (visitors[0] as Visitor).sync(address));
  const slow = visitors.slice(0, READERS).map((visitor) => visitor.sync(path));
  await Promise.all(slow.map((margin) => once(margin, 'open')));
  for (const margin of slow) stopReading(margin);

  const before = await house.holds();
  let most = before.residentBytes;
  const sockets = await Promise.all(visitors.map((visitor) => visitor.enter(club.room)));
  for (let round = 0; round < NOTES_EACH; round += 1) {
    const wish = {
      kind: 'annotation.create',
      chapter: club.chapter,
      passage: null,
      colour: 'woad',
      visibility: 'room',
    };
    const acks = await Promise.all(
      sockets.map((socket) => command(socket, { ...wish, annotation: newId<AnnotationId>(), body: NOTE })),
    );
    if (acks.some(({ ok }) => !ok))
      throw new Error(`a note was refused: ${JSON.stringify(acks.find(({ ok }) => !ok))}`);
    most = Math.max(most, (await house.holds()).residentBytes);
  }
  const written = WRITERS * NOTES_EACH + 1;
  await bell.until(() => marginMaps(fast.doc).annotations.size === written);
  const codes = await Promise.all(
    slow.map(async (margin) => {
      const gone = once(margin, 'close');
      margin.resume();
      return (await gone)[0] as number;
    }),
  );
  const again = new DocumentLink(path, bell);
  await again.connect((address) => (visitors[0] as Visitor).sync(address));
  const caughtUp = marginMaps(again.doc).annotations.size;
  again.drop('close');
  fast.drop('close');
  for (const visitor of visitors) visitor.leave();
  await house.close();
  await rm(dataDir, { recursive: true });
  const grown = most - before.residentBytes;
  if (caughtUp !== written) throw new Error(`who came back has ${caughtUp} of ${written} notes`);
  if (grown > READERS * KEPT_BYTES) throw new Error(`the process grew by ${megabytes(grown)}`);
  return [
    `${READERS} readers who stopped reading, while ${WRITERS} people wrote ${written - 1} notes of 8 kB: every one was let go (${[...new Set(codes)].join(', ')}), and who comes back has them all`,
    `resident memory ${megabytes(before.residentBytes)} before, ${megabytes(most)} at most (16 MB of notes for each reader would be ${megabytes(READERS * 16_000_000)})`,
  ];
}
