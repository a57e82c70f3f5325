import { performance } from 'node:perf_hooks';
import { collectDefaultMetrics, Counter, Histogram, Registry } from 'prom-client';
import { closeCodes } from '#shared/protocol/close-codes.ts';
import type { CommandKind } from '#shared/protocol/command.ts';
import type { CommitMeters } from './metered-store.ts';
import type { Meters, Outcome } from './meters.ts';
import { standingMetrics } from './standing.ts';
import type { Standing } from './standing.ts';

/** From a quiet disk to one that has stopped. */
const COMMIT_BUCKETS_S = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5];
const DELIVERY_BUCKETS_S = [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 5];

/** Codes that RFC 6455 and we have. A client may close with any other number, and each would be a new series. */
const knownCodes = new Set<number>([
  1000,
  1001,
  1002,
  1003,
  1005,
  1006,
  1007,
  1009,
  1011,
  1012,
  1013,
  ...Object.values(closeCodes),
]);

/** Meters that Prometheus reads. One registry each, so that two servers in one process do not share any. */
export class PrometheusMeters implements Meters, CommitMeters {
  readonly #registry = new Registry();
  readonly #commands: Counter<'kind' | 'outcome'>;
  readonly #commits: Histogram;
  readonly #failedCommits: Counter;
  readonly #deliveries: Histogram;
  readonly #closes: Counter<'way' | 'code'>;
  readonly #fellBehind: Counter;
  /** When bytes became durable; they are forgotten with the bytes. */
  readonly #durableSince = new WeakMap<Uint8Array, number>();

  readonly #showStanding: (now: Standing) => void;

  constructor() {
    const registers = [this.#registry];
    collectDefaultMetrics({ register: this.#registry });
    this.#commands = new Counter({
      name: 'lectern_commands_total',
      help: 'Commands answered, by kind and by how they ended: ok, or the code of the refusal.',
      labelNames: ['kind', 'outcome'],
      registers,
    });
    this.#commits = new Histogram({
      name: 'lectern_commit_seconds',
      help: 'From handing a commit to the store until it is durable.',
      buckets: COMMIT_BUCKETS_S,
      registers,
    });
    this.#failedCommits = new Counter({
      name: 'lectern_commit_failures_total',
      help: 'Commits that the store did not take.',
      registers,
    });
    this.#deliveries = new Histogram({
      name: 'lectern_delivery_seconds',
      help: 'From durable until handed to every socket that reads the document.',
      buckets: DELIVERY_BUCKETS_S,
      registers,
    });
    this.#closes = new Counter({
      name: 'lectern_closes_total',
      help: 'Sockets closed or refused, by close code (sync) or reason (events).',
      labelNames: ['way', 'code'],
      registers,
    });
    this.#fellBehind = new Counter({
      name: 'lectern_slow_readers_total',
      help: 'Readers let go because too much waited for them.',
      registers,
    });
    this.#showStanding = standingMetrics(this.#registry);
  }

  /** The whole of it, in the text format of Prometheus. */
  text(now: Standing): Promise<string> {
    this.#showStanding(now);
    return this.#registry.metrics();
  }

  answered(kind: CommandKind | 'unreadable', outcome: Outcome): void {
    this.#commands.inc({ kind, outcome });
  }

  committed(seconds: number): void {
    this.#commits.observe(seconds);
  }

  commitFailed(): void {
    this.#failedCommits.inc();
  }

  durable(update: Uint8Array): void {
    this.#durableSince.set(update, performance.now());
  }

  delivered(update: Uint8Array): void {
    const since = this.#durableSince.get(update);
    if (since !== undefined) this.#deliveries.observe((performance.now() - since) / 1_000);
  }

  closed(way: 'events' | 'sync', code: number | string): void {
    const known = typeof code === 'string' || knownCodes.has(code);
    this.#closes.inc({ way, code: known ? String(code) : 'other' });
  }

  fellBehind(): void {
    this.#fellBehind.inc();
  }
}
