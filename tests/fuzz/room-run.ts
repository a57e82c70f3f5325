import type { Ack } from '#shared/protocol/command.ts';
import { newId } from '#shared/records/ids.ts';
import type { InviteRole } from '#shared/protocol/http.ts';
import { Bell } from '#tests/support/bell.ts';
import { type Group, openGroup } from '#tests/support/open-group.ts';
import type { RestartableServer } from '#tests/support/restartable-server.ts';
import type { RoomVisitor } from '#tests/support/room-visitor.ts';
import { links } from '#tests/support/room-visitor.ts';
import { Seeded } from '#tests/support/seeded.ts';
import { settle } from '#tests/support/settle.ts';
import { type Operation, Planner } from './plan.ts';

/** Who reads along beside the host: two to five more. */
const companies: readonly (readonly InviteRole[])[] = [
  ['reader', 'reader'],
  ['cohost', 'reader', 'listener'],
  ['cohost', 'reader', 'reader', 'listener'],
  ['cohost', 'reader', 'reader', 'reader', 'listener'],
];

/** What happened in runs, counted, so that a fuzz in which nothing happens cannot pass for one that found nothing. */
export type Tally = Map<string, number>;

/** A command with an id that had been acknowledged under `seq`, sent past the outbox, and what came of it. */
export interface SentAgain {
  operation: 'repeat' | 'forge';
  seq: number;
  ack: Ack | null;
}

/** One room, lived through: carries the operations out and waits until everybody has come to rest. */
export class RoomRun {
  readonly operations: readonly Operation[];
  readonly server: RestartableServer;
  readonly bell: Bell;
  readonly group: Group;
  readonly #tally: Tally;
  readonly pastTheOutbox: Promise<SentAgain>[] = [];

  private constructor(server: RestartableServer, bell: Bell, group: Group, operations: Operation[], tally: Tally) {
    this.server = server;
    this.bell = bell;
    this.group = group;
    this.operations = operations;
    this.#tally = tally;
  }

  static async prepare(
    server: RestartableServer,
    seed: number,
    size: { operations: number; restarts: number },
    tally: Tally,
  ): Promise<RoomRun> {
    const seeded = new Seeded(seed);
    const bell = new Bell();
    const group = await openGroup(server, seeded.pick(companies), bell);
    const actors = group.members.map(({ id, role }) => ({
      member: id,
      moderates: role === 'host' || role === 'cohost',
    }));
    const planner = new Planner(seeded, actors, group.chapter.id, group.chapter.blocks);
    return new RoomRun(server, bell, group, planner.plan(size.operations, size.restarts), tally);
  }

  async live(): Promise<void> {
    const { visitors } = this.group;
    await Promise.all(visitors.flatMap((visitor) => links.map((link) => visitor.connect(link))));
    for (const operation of this.operations) await this.#carryOut(operation);
    await settle(this.group, this.bell);
  }

  /** Who still waits for what, for whoever looks into a run that never came to rest. */
  standing(): string {
    const stands = this.group.visitors.map((visitor, who) => {
      const connected = links.filter((link) => visitor.isConnected(link)).join(' ');
      return `${who}: ${visitor.unsettled} undecided, connected: ${connected}`;
    });
    return stands.join('\n');
  }

  /** Lets everybody go, whatever state the run was left in. */
  end(): void {
    for (const visitor of this.group.visitors) for (const link of links) visitor.drop(link, 'close');
  }

  async #carryOut(operation: Operation): Promise<void> {
    const { visitors } = this.group;
    const visitor = 'who' in operation ? (visitors[operation.who] as RoomVisitor) : null;
    switch (operation.do) {
      case 'write':
        visitor?.outbox.add(operation.command);
        return;
      case 'drop':
        if (visitor?.isConnected(operation.link)) this.#count(`drop ${operation.link}`);
        visitor?.drop(operation.link, operation.how);
        return;
      case 'connect':
        void visitor?.connect(operation.link).then((connected) => connected && this.#count('connect'));
        return;
      case 'repeat':
      case 'forge':
        if (visitor) this.#sendAgain(visitor, operation.do, operation.which);
        return;
      case 'restart':
        await this.server.restart();
        this.#count('restart');
        return;
      case 'wait': {
        const wanted = this.#answers() + operation.answers;
        await this.bell.until(() => this.#answers() >= wanted || !visitors.some(({ underWay }) => underWay));
      }
    }
  }

  #sendAgain(visitor: RoomVisitor, operation: 'repeat' | 'forge', which: number): void {
    const acked = visitor.answers.flatMap(({ command, ack }) => (ack.ok ? [{ command, seq: ack.seq }] : []));
    const chosen = acked[Math.floor(which * acked.length)];
    if (!chosen) return;
    const { command, seq } = chosen;
    // The answer of a forgery must not count as one to the true command.
    const sent =
      operation === 'repeat'
        ? visitor.send(command)
        : visitor.send({ id: command.id, kind: 'annotation.delete', annotation: newId() });
    this.pastTheOutbox.push(
      sent.then((ack) => {
        if (ack !== null) this.#count(operation);
        return { operation, seq, ack };
      }),
    );
  }

  #answers(): number {
    return this.group.visitors.reduce((sum, { answers }) => sum + answers.length, 0);
  }

  /** Adds up what became of the commands. */
  countAnswers(): void {
    for (const { answers, sendings } of this.group.visitors) {
      for (const { command, ack } of answers) this.#count(ack.ok ? `acked ${command.kind}` : 'refused');
      for (const [id, times] of sendings) {
        if (times > 1 && answers.some(({ command, ack }) => command.id === id && ack.ok)) this.#count('sent again');
      }
    }
  }

  #count(what: string): void {
    this.#tally.set(what, (this.#tally.get(what) ?? 0) + 1);
  }
}
