import { AsyncLocalStorage } from 'node:async_hooks';
import type { Ack, Command } from '#shared/protocol/command.ts';
import { COMMANDS_PER_SECOND, COMMAND_BURST_MAX } from '#shared/protocol/limits.ts';
import { refuse } from '#shared/protocol/refusal.ts';
import type { MemberId } from '#shared/records/ids.ts';
import { COMMANDS_WAITING_MAX } from '#server/limits.ts';
import { CommandRound, type Asked, type SessionDesk } from './command-round.ts';
import type { RoomHouse } from './room-house.ts';
import type { RoomLedger } from './room-ledger.ts';
import { RoundPace } from './round-pace.ts';
import { TokenBuckets } from './token-bucket.ts';

/** Commands decided together: what a few hundred people do in one breath, and few milliseconds of work. */
const ROUND_MAX = 64;

/**
 * Takes a room's commands, in the order in which they came. Those that arrive while others are being written make up the
 * next round (group commit): a busy room costs one sync to disk and one document update a round, a quiet one answers at
 * once.
 */
export class CommandDesk {
  readonly #house: RoomHouse;
  readonly #ledger: RoomLedger;
  readonly #desk: SessionDesk;
  readonly #buckets: TokenBuckets<MemberId>;
  readonly #pace = new RoundPace();
  #waiting: Asked[] = [];
  #working: Promise<void> | null = null;
  #lookAgain: (() => void) | null = null;
  #closed = false;

  constructor(house: RoomHouse, ledger: RoomLedger, desk: SessionDesk) {
    this.#house = house;
    this.#ledger = ledger;
    this.#desk = desk;
    this.#buckets = new TokenBuckets(COMMAND_BURST_MAX, COMMANDS_PER_SECOND, house.now);
  }

  async submit(by: MemberId, command: Command): Promise<Ack> {
    if (this.#closed || !this.#ledger.records.members.has(by)) return this.submitUnpaced(by, command);
    return this.#buckets.take(by) ? this.submitUnpaced(by, command) : refuse('too-fast');
  }

  /** For what one file brought along: the door of imports has set its pace, and its member goes on writing beside it. */
  async submitUnpaced(by: MemberId, command: Command): Promise<Ack> {
    if (this.#closed) return refuse('unavailable');
    if (!this.#ledger.records.members.has(by)) return refuse('signed-out');
    if (this.#waiting.length >= COMMANDS_WAITING_MAX) return refuse('too-fast');
    const { promise, resolve } = Promise.withResolvers<Ack>();
    const since = performance.now();
    this.#waiting.push({ by, command, since, answer: resolve, inItsTrace: AsyncLocalStorage.snapshot() });
    this.#working ??= this.#work();
    this.#lookAgain?.();
    return promise;
  }

  /** Takes nothing more. What it gives back, if anything, resolves when all that was asked has its answer. */
  close(): Promise<void> | null {
    this.#closed = true;
    this.#lookAgain?.();
    return this.#working;
  }

  /** Commands that wait for their round. */
  get waiting(): number {
    return this.#waiting.length;
  }

  sweep(): void {
    this.#buckets.sweep();
  }

  async #work(): Promise<void> {
    while (this.#waiting.length > 0) {
      await this.#rest();
      await this.#nextRound();
    }
    this.#working = null;
  }

  async #rest(): Promise<void> {
    while (!this.#closed) {
      const restMs = this.#pace.restMs(this.#waiting);
      if (restMs === 0) return;
      const { promise, resolve } = Promise.withResolvers<void>();
      const timer = setTimeout(resolve, Math.ceil(restMs));
      this.#lookAgain = resolve;
      await promise;
      this.#lookAgain = null;
      clearTimeout(timer);
    }
  }

  async #nextRound(): Promise<void> {
    let round: Asked[] = [];
    const failed = await this.#ledger.attempt(async () => {
      // Only when its turn has come, so that all who came meanwhile are in it.
      round = this.#waiting.splice(0, ROUND_MAX);
      this.#pace.began(round);
      try {
        await new CommandRound(this.#house, this.#ledger, this.#desk).run(round);
      } finally {
        this.#pace.ended();
      }
      return null;
    });
    if (failed === null) return;
    if (round.length === 0) round = this.#waiting.splice(0);
    for (const { answer, inItsTrace } of round) {
      inItsTrace(() => this.#house.log.warn({ room: this.#ledger.id }, 'a command was not written'));
      // Who has an answer already keeps it: a promise is resolved once.
      answer(failed);
    }
  }
}
