import { monitorEventLoopDelay } from 'node:perf_hooks';
import { type BenchRoom, markPattern, type Seat } from './house.ts';
import { Deliveries } from './load/deliveries.ts';
import { LecternReader } from './load/lectern-reader.ts';
import { arrived } from './load/pace.ts';
import { PeerReader } from './load/peer-reader.ts';
import type { Ears, Reader } from './load/reader.ts';
import type { Contestant, ServerUnderTest } from './server-under-test.ts';

/** People who come in at the same time; more is a storm, which is a scene of its own. */
const ENTERING_AT_ONCE = 20;
/** Annotations in one update while a peer's document is filled. */
const NOTES_PER_UPDATE = 40;
const NANOS = 1_000_000;

/** How hard the load generator itself had to work: near one core it measures itself. */
export interface Effort {
  /** Of one core, 0 to 1 and above. */
  busy: number;
  /** How late its own event loop was, p99 in milliseconds. */
  lagMs: number;
}

export interface Window {
  seconds: number;
  /** Of the server. */
  cpuMs: number;
}

export interface StageOptions {
  contestant: Contestant;
  server: ServerUnderTest;
  quick: boolean;
  profile: boolean;
}

/** One server, the people in front of it, and the clock. */
export class Stage {
  readonly contestant: Contestant;
  readonly server: ServerUnderTest;
  readonly quick: boolean;
  /** Deliveries that never came. */
  lost = 0;
  effort: Effort = { busy: 0, lagMs: 0 };
  /** Where the server's time went while it was measured. */
  functions: string[] = [];
  readonly #profile: boolean;
  readonly #readers: Reader[] = [];

  constructor({ contestant, server, quick, profile }: StageOptions) {
    this.contestant = contestant;
    this.server = server;
    this.quick = quick;
    this.#profile = profile;
  }

  /** One of two sizes. */
  size(full: number, quick: number): number {
    return this.quick ? quick : full;
  }

  join(room: BenchRoom, seat: Seat, ears: Ears): Reader {
    const { port } = this.server;
    const reader =
      this.contestant === 'lectern'
        ? new LecternReader({ port, room, seat, ears })
        : new PeerReader({ port, room, seat, ears, named: this.contestant === 'hocuspocus' });
    this.#readers.push(reader);
    return reader;
  }

  /** Somebody of Lectern's who only writes: commands and their answers, and no copy of the margin. */
  writer(room: BenchRoom, seat: Seat, ears: Ears): LecternReader {
    const reader = new LecternReader({ port: this.server.port, room, seat, ears, documents: false });
    this.#readers.push(reader);
    return reader;
  }

  /** Lets people in, a few at a time, and resolves when all are there. */
  async enter<Person, Entered extends Reader>(
    people: readonly Person[],
    join: (person: Person) => Entered,
  ): Promise<Entered[]> {
    const readers: Entered[] = [];
    for (let from = 0; from < people.length; from += ENTERING_AT_ONCE) {
      const coming = people.slice(from, from + ENTERING_AT_ONCE).map(join);
      await Promise.all(coming.map(({ ready }) => ready));
      readers.push(...coming);
    }
    return readers;
  }

  /**
   * Somebody who is in the room before anyone else, so that it is loaded. The peers keep nothing: there, this person also
   * brings in what Lectern finds on its disk, and stays, as an empty room would forget it.
   */
  async open(room: BenchRoom): Promise<Reader> {
    const seat = room.seats[0];
    if (!seat) throw new Error('a room without a host');
    const arrivals = new Deliveries(markPattern);
    arrivals.begin(
      0,
      Array.from({ length: room.notes }, () => 0),
    );
    const reader = this.join(room, seat, { margin: (bytes) => arrivals.take(bytes) });
    await reader.ready;
    if (!(reader instanceof PeerReader)) return reader;
    const authors = room.seats.slice(1, 1 + Math.ceil(room.notes / NOTES_PER_UPDATE));
    const writers = await this.enter(authors, (author) => this.join(room, author, {}));
    const numbers = Array.from({ length: room.notes }, (_, number) => number);
    for (let from = 0; from < numbers.length; from += NOTES_PER_UPDATE) {
      const writer = writers[(from / NOTES_PER_UPDATE) % writers.length];
      if (writer instanceof PeerReader) writer.createAll(numbers.slice(from, from + NOTES_PER_UPDATE));
      const missing = await arrived(() => arrivals.count, Math.min(numbers.length, from + NOTES_PER_UPDATE));
      if (missing > 0) throw new Error('a peer did not take in what its room should hold');
    }
    for (const writer of writers) writer.close();
    return reader;
  }

  /** Measures what happens meanwhile: the server's processor time, and what it cost this process to drive it. */
  async measured(act: () => Promise<void>): Promise<Window> {
    const delay = monitorEventLoopDelay({ resolution: 5 });
    if (this.#profile) await this.server.startProfile();
    const before = await this.server.usage();
    const own = process.cpuUsage();
    const start = performance.now();
    delay.enable();
    await act();
    const after = await this.server.usage();
    delay.disable();
    const elapsed = performance.now() - start;
    const { user, system } = process.cpuUsage(own);
    this.effort = { busy: (user + system) / 1_000 / elapsed, lagMs: delay.percentile(99) / NANOS };
    if (this.#profile) this.functions = await this.server.takeProfile();
    return { seconds: elapsed / 1_000, cpuMs: after.cpuMs - before.cpuMs };
  }

  /** Everybody leaves. */
  clear(): void {
    for (const reader of this.#readers.splice(0)) reader.close();
  }
}
