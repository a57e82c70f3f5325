import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { closeCodes } from '#shared/protocol/close-codes.ts';
import type { Command } from '#shared/protocol/command.ts';
import { newId } from '#shared/records/ids.ts';
import type { AnnotationId } from '#shared/records/ids.ts';
import { marginByApi, recordsOf } from '#tests/support/agreement.ts';
import { Bell } from '#tests/support/bell.ts';
import { openGroup } from '#tests/support/open-group.ts';
import type { Group } from '#tests/support/open-group.ts';
import { operate } from '#tests/support/operate.ts';
import { links, RoomVisitor } from '#tests/support/room-visitor.ts';
import { startTestServer } from '#tests/support/test-server.ts';
import type { TestServer } from '#tests/support/test-server.ts';

const READERS = 11;
/** Acknowledged before the backup begins: well into the load, below what twelve people may send at once. */
const ENOUGH = 300;
/** Two programs are started on what may be a busy machine. */
const TIMEOUT_MS = 120_000;

let folder: string;
let server: TestServer | null = null;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lectern-backup-'));
});
afterEach(async () => {
  await server?.close();
  await rm(folder, { recursive: true, force: true });
});

const noteIn = (group: Group, isPrivate: boolean): Extract<Command, { kind: 'annotation.create' }> => ({
  id: newId(),
  kind: 'annotation.create',
  annotation: newId<AnnotationId>(),
  chapter: group.chapter.id,
  passage: { start: { block: 'b2', offset: 0 }, end: { block: 'b2', offset: 3 } },
  colour: 'saffron',
  body: `words ${newId()}`,
  visibility: isPrivate ? 'private' : 'room',
});

/** Writes one note after the other until told to stop; every fifth in pencil. */
async function writes(visitor: RoomVisitor, group: Group, goesOn: () => boolean): Promise<void> {
  for (let count = 0; goesOn(); count += 1) await visitor.send(noteIn(group, count % 5 === 4));
}

function acknowledged({ answers }: RoomVisitor): AnnotationId[] {
  return answers.flatMap(({ command, ack }) =>
    ack.ok && command.kind === 'annotation.create' ? [command.annotation] : [],
  );
}

describe('a backup under load', () => {
  it(
    'OP20 restored elsewhere and started from has all that was acknowledged before it began, and documents say what the rows say',
    async () => {
      const where = { origin: '' };
      const bell = new Bell();
      server = await startTestServer({ dataDir: join(folder, 'here') });
      where.origin = server.origin;
      const group = await openGroup(
        where,
        Array.from({ length: READERS }, () => 'reader' as const),
        bell,
      );
      const { visitors } = group;
      await Promise.all(visitors.flatMap((visitor) => links.map((link) => visitor.connect(link))));

      let going = true;
      const writing = visitors.map((visitor) => writes(visitor, group, () => going));
      const count = () => visitors.reduce((sum, visitor) => sum + acknowledged(visitor).length, 0);
      await bell.until(() => count() >= ENOUGH);
      const before = visitors.map(acknowledged);
      const countBefore = count();
      const made = await operate('backup', join(folder, 'here'), ['backup.sqlite'], folder);
      expect(made).toMatchObject({ code: 0 });
      expect(count()).toBeGreaterThan(countBefore);
      going = false;
      await Promise.all(writing);
      await server.close();
      server = null;

      const restored = await operate('restore', join(folder, 'there'), ['backup.sqlite'], folder);
      expect(restored).toMatchObject({ code: 0 });
      server = await startTestServer({ dataDir: join(folder, 'there') });
      where.origin = server.origin;

      for (const [index, visitor] of visitors.entries()) {
        const rows = await marginByApi(group, visitor);
        expect(before[index]?.filter((id) => !rows.annotations.has(id))).toEqual([]);

        // Their own copies go on from where the backup stops: they are told to fetch anew.
        expect(await visitor.connect('margin')).toBe(false);
        expect(visitor.margin.finalCloses).toEqual([closeCodes.lineage]);

        const afresh = new RoomVisitor(where, visitor.person, bell);
        for (const link of links) expect(await afresh.connect(link)).toBe(true);
        const [margin, notes] = [recordsOf(afresh.margin), recordsOf(afresh.notes)];
        expect(new Map([...margin.annotations, ...notes.annotations])).toEqual(rows.annotations);
        expect(notes.annotations.size).toBeGreaterThan(0);

        const next = noteIn(group, false);
        expect(await afresh.send(next)).toMatchObject({ ok: true });
        await bell.until(() => recordsOf(afresh.margin).annotations.has(next.annotation));
        for (const link of links) afresh.drop(link, 'close');
      }
      expect(server.logLines().filter((line) => (JSON.parse(line) as { level: number }).level >= 40)).toEqual([]);
    },
    TIMEOUT_MS,
  );

  it(
    'OP18 what was empty in the backup begins a new lineage too: copies that went on from there are fetched anew',
    async () => {
      const where = { origin: '' };
      const bell = new Bell();
      const dataDir = join(folder, 'here');
      server = await startTestServer({ dataDir });
      where.origin = server.origin;
      const group = await openGroup(where, ['reader'], bell);
      const [host] = group.visitors as [RoomVisitor];
      expect(await host.connect('margin')).toBe(true);
      expect(await host.connect('events')).toBe(true);
      expect(await operate('backup', dataDir, ['backup.sqlite'], folder)).toMatchObject({ code: 0 });
      const late = noteIn(group, false);
      expect(await host.send(late)).toMatchObject({ ok: true });
      await bell.until(() => recordsOf(host.margin).annotations.has(late.annotation));
      await server.close();

      expect(await operate('restore', dataDir, ['backup.sqlite'], folder)).toMatchObject({ code: 0 });
      server = await startTestServer({ dataDir });
      where.origin = server.origin;
      expect(await host.connect('margin')).toBe(false);
      expect(host.margin.finalCloses).toEqual([closeCodes.lineage]);
    },
    TIMEOUT_MS,
  );
});
