import type { Ack, Command } from '#shared/protocol/command.ts';
import { refuse, type Refusal } from '#shared/protocol/refusal.ts';
import type { Session } from '#shared/protocol/session.ts';
import type { MemberId } from '#shared/records/ids.ts';
import { decide } from '#server/rules/decide.ts';
import type { Decision, Effect, RoomFacts } from '#server/rules/facts.ts';
import { commandDigest } from './command-digest.ts';
import { isMarginChange } from './margin.ts';
import { recordsNamedBy, roomFacts, textNeededBy } from './room-facts.ts';
import type { RoomHouse } from './room-house.ts';
import type { RoomLedger } from './room-ledger.ts';

/** The live session as commands find it and change it. */
export interface SessionDesk {
  session: () => Session | null;
  carryOut: (effect: Effect, now: number) => void;
}

/** A command with whoever waits for its ack. */
export interface Asked {
  by: MemberId;
  command: Command;
  /** `performance.now()`. */
  since: number;
  answer: (ack: Ack) => void;
  /** Runs a task as part of what asked, so that a log line bears that command's id: a round is begun by another's call. */
  inItsTrace: <Result>(task: () => Result) => Result;
}

/** Decided and not yet written: which act of the batch it became, counted from 1, or the answer that it gets instead. */
type Outcome = { act: number } | { answer: Ack };

/** Whether other commands may be decided upon this before it is durable: only margins run ahead of the disk. */
const runsAhead = ({ changes, effects }: Decision): boolean =>
  effects.length === 0 && changes.every((change) => isMarginChange(change) || change.table === 'place');

/**
 * Commands decided one upon the other and written together. Nobody hears of an outcome, a refusal included, before all
 * that it was decided upon is durable.
 */
export class CommandRound {
  readonly #house: RoomHouse;
  readonly #ledger: RoomLedger;
  readonly #desk: SessionDesk;
  #decided: { asked: Asked; outcome: Outcome }[] = [];
  #acts = 0;

  constructor(house: RoomHouse, ledger: RoomLedger, desk: SessionDesk) {
    this.#house = house;
    this.#ledger = ledger;
    this.#desk = desk;
  }

  /** Only inside a task of the ledger. Rejects when the store fails; who has no answer then gets none from here. */
  async run(round: readonly Asked[]): Promise<void> {
    for (const asked of round) {
      // The same id again, from another tab perhaps: the store can answer it once the first is written.
      if (this.#isTwin(asked)) await this.#write();
      const known = await this.#knownAnswer(asked);
      if (known) this.#decided.push({ asked, outcome: { answer: known } });
      else await this.#decide(asked);
    }
    await this.#write();
  }

  #isTwin({ by, command }: Asked): boolean {
    return this.#decided.some(({ asked }) => asked.command.id === command.id && asked.by === by);
  }

  async #knownAnswer({ by, command }: Asked): Promise<Ack | null> {
    const known = await this.#house.store.committedCommand(this.#ledger.id, by, command.id);
    if (!known) return null;
    return known.digest === commandDigest(command) ? { ok: true, seq: known.seq } : refuse('id-taken');
  }

  async #decide(asked: Asked): Promise<void> {
    const { by, command } = asked;
    const facts = await this.#gather(command);
    const decision = this.#decisionOn(facts, asked);
    this.#log(asked, { decision: decision.ok ? 'ok' : decision.code }, 'a command was decided');
    if (!decision.ok) {
      this.#decided.push({ asked, outcome: { answer: decision } });
      return;
    }
    const stored = { id: command.id, member: by, kind: command.kind, digest: commandDigest(command) };
    await this.#ledger.take({ command: stored, at: facts.now, changes: decision.changes });
    this.#acts += 1;
    this.#decided.push({ asked, outcome: { act: this.#acts } });
    if (!runsAhead(decision)) await this.#write(() => this.#carryOut(decision.effects, facts.now));
  }

  #decisionOn(facts: RoomFacts, { by, command }: Asked): Decision | Refusal {
    const member = this.#ledger.records.members.get(by);
    return member ? decide(facts, member, command) : refuse('signed-out');
  }

  #carryOut(effects: readonly Effect[], now: number): void {
    for (const effect of effects) this.#desk.carryOut(effect, now);
  }

  /** Makes what was decided durable, tells everyone, and then those who asked. */
  async #write(whenDurable: () => void = () => undefined): Promise<void> {
    const decided = this.#decided;
    const acts = this.#acts;
    const last = acts > 0 ? await this.#ledger.commit() : 0;
    this.#decided = [];
    this.#acts = 0;
    whenDurable();
    for (const { asked, outcome } of decided) {
      if ('act' in outcome) {
        const seq = last - acts + outcome.act;
        this.#log(asked, { seq }, 'a command was committed');
        asked.answer({ ok: true, seq });
      } else asked.answer(outcome.answer);
    }
  }

  #log({ inItsTrace }: Asked, details: object, message: string): void {
    inItsTrace(() => this.#house.log.debug(details, message));
  }

  /** Loads what the command's rule will ask about. */
  async #gather(command: Command): Promise<RoomFacts> {
    const { records, margins } = this.#ledger;
    for (const id of recordsNamedBy(command)) await margins.loadHolding(id);
    if (command.kind === 'annotation.create' && records.bookOf(command.chapter)) {
      await margins.load(command.chapter);
      await margins.countAll();
    }
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
