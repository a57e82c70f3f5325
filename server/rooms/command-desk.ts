import type { Ack, Command } from '#shared/protocol/command.ts';
import { COMMANDS_PER_SECOND, COMMAND_BURST_MAX } from '#shared/protocol/limits.ts';
import { refuse } from '#shared/protocol/refusal.ts';
import type { Session } from '#shared/protocol/session.ts';
import type { MemberId } from '#shared/records/ids.ts';
import { decide } from '#server/rules/decide.ts';
import type { Effect, RoomFacts } from '#server/rules/facts.ts';
import { commandDigest } from './command-digest.ts';
import { recordsNamedBy, roomFacts, textNeededBy } from './room-facts.ts';
import type { RoomHouse } from './room-house.ts';
import type { RoomLedger } from './room-ledger.ts';
import { TokenBuckets } from './token-bucket.ts';

/** The live session as commands find it and change it. */
interface SessionDesk {
  session: () => Session | null;
  carryOut: (effect: Effect, now: number) => void;
}

/** Takes a room's commands: each once, each decided on the room as the one before left it, each acked when it is durable. */
export class CommandDesk {
  readonly #house: RoomHouse;
  readonly #ledger: RoomLedger;
  readonly #desk: SessionDesk;
  readonly #buckets: TokenBuckets<MemberId>;

  constructor(house: RoomHouse, ledger: RoomLedger, desk: SessionDesk) {
    this.#house = house;
    this.#ledger = ledger;
    this.#desk = desk;
    this.#buckets = new TokenBuckets(COMMAND_BURST_MAX, COMMANDS_PER_SECOND, house.now);
  }

  async submit(by: MemberId, command: Command): Promise<Ack> {
    if (!this.#ledger.records.members.has(by)) return refuse('signed-out');
    if (!this.#buckets.take(by)) return refuse('too-fast');
    return this.#ledger.attempt(() => this.#handle(by, command));
  }

  sweep(): void {
    this.#buckets.sweep();
  }

  async #handle(by: MemberId, command: Command): Promise<Ack> {
    const digest = commandDigest(command);
    const known = await this.#house.store.committedCommand(this.#ledger.id, by, command.id);
    if (known) return known.digest === digest ? { ok: true, seq: known.seq } : refuse('id-taken');
    const member = this.#ledger.records.members.get(by);
    if (!member) return refuse('signed-out');
    const facts = await this.#gather(command);
    const decision = decide(facts, member, command);
    this.#house.log.debug({ decision: decision.ok ? 'ok' : decision.code }, 'a command was decided');
    if (!decision.ok) return decision;
    const stored = { id: command.id, member: by, kind: command.kind, digest };
    const seq = await this.#ledger.write(stored, facts.now, decision.changes);
    this.#house.log.debug({ seq }, 'a command was committed');
    for (const effect of decision.effects) this.#desk.carryOut(effect, facts.now);
    return { ok: true, seq };
  }

  /** Loads what the command's rule will ask about. */
  async #gather(command: Command): Promise<RoomFacts> {
    const { records, margins } = this.#ledger;
    for (const id of recordsNamedBy(command)) await margins.loadHolding(id);
    if (command.kind === 'annotation.create' && records.bookOf(command.chapter)) await margins.load(command.chapter);
    const session = this.#desk.session();
    // Its recap counts what was written there.
    if (command.kind === 'session.end' && session && records.bookOf(session.chapter)) {
      await margins.load(session.chapter);
    }
    const textOf = textNeededBy(command, session, records);
    const text = textOf === null ? null : await this.#house.chapters.get(this.#ledger.id, textOf);
    // The session is asked for again: its holder may have moved or gone while the text was read.
    return roomFacts(this.#ledger.stamp(), records, margins, this.#desk.session(), text);
  }
}
