import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Command } from '#shared/protocol/command.ts';
import { newId } from '#shared/records/ids.ts';
import type { AnnotationId } from '#shared/records/ids.ts';
import { agrees, expectedRoom, marginByApi } from '#tests/support/agreement.ts';
import { Bell } from '#tests/support/bell.ts';
import { type Group, openGroup } from '#tests/support/open-group.ts';
import { type RestartableServer, startKillableServer } from '#tests/support/restartable-server.ts';
import { links, type RoomVisitor } from '#tests/support/room-visitor.ts';
import { Seeded } from '#tests/support/seeded.ts';
import { settle } from '#tests/support/settle.ts';

/** The server is killed this many times. */
const ROUNDS = 4;
/** What each of eight people has ready to send; below what the server takes from one person at once. */
const COMMANDS_EACH = 45;
/** Starting a process several times on a busy machine. */
const TIMEOUT_MS = 120_000;

const seed = Math.floor(Math.random() * 1_000_000_000);

describe('kill -9 while eight people write', () => {
  const bell = new Bell();
  const seeded = new Seeded(seed);
  let server: RestartableServer;
  let group: Group;

  beforeAll(async () => {
    server = await startKillableServer();
    group = await openGroup(server, ['cohost', ...Array.from({ length: 6 }, () => 'reader' as const)], bell);
  }, TIMEOUT_MS);

  afterAll(async () => {
    for (const visitor of group.visitors) for (const link of links) visitor.drop(link, 'close');
    await server.close();
  });

  const acked = (): number =>
    group.visitors.reduce((sum, { answers }) => sum + answers.filter(({ ack }) => ack.ok).length, 0);

  it(
    `OP33 nothing acknowledged is lost and nothing is doubled (seed ${seed})`,
    async () => {
      const { visitors } = group;
      let killedWithUnacked = 0;
      for (let round = 0; round < ROUNDS; round += 1) {
        await Promise.all(visitors.flatMap((visitor) => links.map((link) => visitor.connect(link))));
        for (const visitor of visitors) writeMuch(visitor, group, seeded);

        const enough = acked() + seeded.between(20, (visitors.length * COMMANDS_EACH * 2) / 3);
        await bell.until(() => acked() >= enough);
        const restarted = server.restart();
        await bell.until(() => visitors.every((visitor) => !visitor.isConnected('events')));
        killedWithUnacked += visitors.filter(({ unsettled }) => unsettled > 0).length;
        await restarted;

        // Before anybody has sent anything again: what was acknowledged is there.
        const [host] = visitors;
        const { annotations, replies } = await marginByApi(group, host as RoomVisitor);
        const present = new Set<string>([...annotations.keys(), ...replies.keys()]);
        expect(annotations.size + replies.size).toBe(present.size);
        expect(createdInPublic(visitors).filter((id) => !present.has(id))).toEqual([]);
      }
      expect(killedWithUnacked).toBeGreaterThan(0);

      await settle(group, bell);
      const expected = expectedRoom(group);
      for (const visitor of visitors) {
        const refused = visitor.answers.filter(({ ack }) => !ack.ok && ack.code !== 'too-fast');
        expect(refused).toEqual([]);
        await agrees(group, visitor, expected);
      }
      const written = visitors.flatMap(({ sendings }) => [...sendings.values()]);
      expect(written.length).toBeGreaterThanOrEqual(visitors.length * COMMANDS_EACH * ROUNDS);
      expect(written.filter((times) => times > 1).length).toBeGreaterThan(0);
      expect(server.complaints()).toEqual([]);
    },
    TIMEOUT_MS,
  );
});

/** Notes, answers to one's own notes, edits and private notes: all that needs nobody else, so that nothing is refused. */
function writeMuch({ outbox }: RoomVisitor, { chapter }: Group, seeded: Seeded): void {
  const own: AnnotationId[] = [];
  for (let count = 0; count < COMMANDS_EACH; count += 1) {
    const words = `${count} ${seeded.id()}`;
    const annotation = own.length === 0 ? null : seeded.pick(own);
    const choice = annotation === null ? 0 : seeded.next();
    let command: Command;
    if (annotation === null || choice < 0.5) {
      const made = newId<AnnotationId>();
      const visibility = seeded.chance(0.15) ? 'private' : 'room';
      if (visibility === 'room') own.push(made);
      command = {
        id: newId(),
        kind: 'annotation.create',
        annotation: made,
        chapter: chapter.id,
        passage: { start: { block: 'b2', offset: 0 }, end: { block: 'b2', offset: 3 } },
        colour: 'saffron',
        body: words,
        visibility,
      };
    } else if (choice < 0.8) {
      command = { id: newId(), kind: 'reply.create', reply: newId(), annotation, body: words };
    } else if (choice < 0.9) {
      command = { id: newId(), kind: 'annotation.edit', annotation, body: words, colour: 'woad' };
    } else {
      command = { id: newId(), kind: 'reaction.toggle', target: annotation, emoji: '🕯️', on: seeded.chance(0.6) };
    }
    outbox.add(command);
  }
}

/** Ids of the notes and replies whose making was acknowledged. Nothing here takes any of them away again. */
function createdInPublic(visitors: readonly RoomVisitor[]): string[] {
  return visitors.flatMap(({ answers }) =>
    answers.flatMap(({ command, ack }): string[] => {
      if (!ack.ok) return [];
      if (command.kind === 'reply.create') return [command.reply];
      return command.kind === 'annotation.create' && command.visibility === 'room' ? [command.annotation] : [];
    }),
  );
}
