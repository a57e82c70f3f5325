import type { Socket } from 'socket.io-client';
import { closeCodes } from '#shared/protocol/close-codes.ts';
import type { Ack, Command } from '#shared/protocol/command.ts';
import type { ClientToServerEvents, ServerToClientEvents } from '#shared/protocol/events.ts';
import type { Present, PresenceTick, Whereabouts } from '#shared/protocol/presence.ts';
import { refuse } from '#shared/protocol/refusal.ts';
import type { Cheer, SessionPlace, SessionRecap, Summons } from '#shared/protocol/session.ts';
import { PROTOCOL_VERSION } from '#shared/protocol/version.ts';
import { inReadingOrder } from '#shared/records/reading-order.ts';
import { type CommandId, type MemberId, newId } from '#shared/records/ids.ts';
import type { ChapterRevised } from '#shared/records/revision.ts';
import type { RoomState } from '#shared/records/room.ts';
import { Outbox } from './outbox.ts';
import { createSlice, type Slice } from './slice.ts';

type GoneCode = 'removed' | 'signed-out' | 'outdated' | 'too-many';

/** `gone` is final: the code says why, and the page says what to do. */
export type Connection =
  | { state: 'connecting' }
  | { state: 'online' }
  | { state: 'offline' }
  | { state: 'gone'; code: GoneCode };

/** A command as callers write it; the client chooses the id. */
export type Wish = Command extends infer C ? (C extends Command ? Omit<C, 'id'> : never) : never;

export interface FloatingCheer {
  key: number;
  member: MemberId;
  cheer: Cheer;
}

type RoomSocket = Socket<ServerToClientEvents, ClientToServerEvents>;

const ACK_TIMEOUT_MS = 10_000;
/** Four a second is what the server takes, and more than an eye needs. */
const WHEREABOUTS_EVERY_MS = 250;
/** More at once than can be seen; a thousand listeners must not cost a follower their scrolling. */
const CHEERS_SHOWN_MAX = 24;
const CHEER_LIFE_MS = 3_400;

/** What is written must survive a tunnel; who may do what is only worth asking while somebody is there to answer. */
const kept: ReadonlySet<Command['kind']> = new Set([
  'annotation.create',
  'annotation.edit',
  'annotation.delete',
  'annotation.undelete',
  'reply.create',
  'reply.edit',
  'reply.delete',
  'reply.undelete',
  'reaction.toggle',
]);

const nowhere: Whereabouts = { chapter: null, position: null, progress: 0, writingIn: null, following: false };

/** One page's link with its room: the socket, the outbox, and what the room says, as observable values. */
export class RoomClient {
  readonly state: Slice<RoomState>;
  readonly connection: Slice<Connection>;
  readonly presence: Slice<ReadonlyMap<MemberId, Present>>;
  readonly cheers: Slice<readonly FloatingCheer[]>;
  readonly summons: Slice<Summons | null>;
  readonly recap: Slice<SessionRecap | null>;
  /** The last chapter that was given another text while this page was open. */
  readonly revised: Slice<ChapterRevised | null>;
  readonly outbox: Outbox;
  #state;
  #connection = createSlice<Connection>({ state: 'connecting' });
  #presence = createSlice<ReadonlyMap<MemberId, Present>>(new Map());
  #cheers = createSlice<readonly FloatingCheer[]>([]);
  #summons = createSlice<Summons | null>(null);
  #recap = createSlice<SessionRecap | null>(null);
  #revised = createSlice<ChapterRevised | null>(null);
  #socket: RoomSocket | null = null;
  /** Grows with every open and close, so that a slow start of an earlier one is recognised as such. */
  #generation = 0;
  #whereabouts = nowhere;
  #reported = '';
  #reportTimer: ReturnType<typeof setTimeout> | null = null;
  #cheerKey = 0;

  constructor(initial: RoomState) {
    this.#state = createSlice(initial);
    this.state = this.#state;
    this.connection = this.#connection;
    this.presence = this.#presence;
    this.cheers = this.#cheers;
    this.summons = this.#summons;
    this.recap = this.#recap;
    this.revised = this.#revised;
    this.outbox = new Outbox(initial.room.id, initial.you);
  }

  /** Connects; the socket library is fetched only now, so that the text is on the page first. */
  async open(): Promise<void> {
    const generation = (this.#generation += 1);
    void this.outbox.restore();
    const { io } = await import('socket.io-client');
    if (generation !== this.#generation) return;
    const socket: RoomSocket = io({
      transports: ['websocket'],
      auth: { room: this.#state.get().room.id, protocol: PROTOCOL_VERSION },
      reconnectionDelay: 500,
      reconnectionDelayMax: 8_000,
      randomizationFactor: 0.5,
    });
    this.#socket = socket;
    socket.on('connect_error', (error) => this.#refused(error.message));
    socket.on('disconnect', () => this.#lost());
    this.#listen(socket);
    window.addEventListener('offline', this.#onNetworkGone);
    window.addEventListener('online', this.#onNetworkBack);
  }

  close(): void {
    this.#generation += 1;
    window.removeEventListener('offline', this.#onNetworkGone);
    window.removeEventListener('online', this.#onNetworkBack);
    this.#socket?.disconnect();
    this.#socket = null;
    if (this.#reportTimer !== null) clearTimeout(this.#reportTimer);
  }

  /**
   * Asks the room for something. What is written (notes, replies, reactions) goes through the outbox: it is shown at once
   * and kept until the server has it, and the promise resolves at once. All else resolves with the server's ack, or with
   * `unavailable` when nobody answers.
   */
  send(wish: Wish): Promise<Ack> {
    const command: Command = { ...wish, id: newId<CommandId>() };
    if (kept.has(command.kind)) {
      this.outbox.add(command);
      return Promise.resolve({ ok: true, seq: 0 });
    }
    return this.#emit(command).catch(() => refuse('unavailable'));
  }

  /** Tells the room where this person is; sent when it changed, at most four times a second. */
  report(change: Partial<Whereabouts>): void {
    this.#whereabouts = { ...this.#whereabouts, ...change };
    this.#reportTimer ??= setTimeout(() => {
      this.#reportTimer = null;
      this.#sendWhereabouts();
    }, WHEREABOUTS_EVERY_MS);
  }

  moveSession(place: SessionPlace): void {
    this.#connected()?.emit('session.place', place);
  }

  cheer(cheer: Cheer): void {
    this.#float([{ member: this.#state.get().you, cheer }]);
    this.#connected()?.emit('cheer', cheer);
  }

  /** A document of this page was closed for good: what that says of the page, it says of all of it. */
  documentRefused(code: number): void {
    if (code === closeCodes.outdated) this.#end('outdated');
    if (code === closeCodes.tooMany) this.#end('too-many');
  }

  dismissSummons(): void {
    this.#summons.set(null);
  }

  dismissRecap(): void {
    this.#recap.set(null);
  }

  // The browser knows at once what the socket's heartbeat would take most of a minute to find out.
  #onNetworkGone = (): void => {
    this.#socket?.io.engine.close();
  };

  #onNetworkBack = (): void => {
    if (this.#connection.get().state === 'offline') this.#socket?.connect();
  };

  #emit(command: Command): Promise<Ack> {
    const socket = this.#connected();
    if (socket === null) return Promise.reject(new Error('offline'));
    return socket.timeout(ACK_TIMEOUT_MS).emitWithAck('command', command);
  }

  #sendWhereabouts(): void {
    const socket = this.#connected();
    if (socket === null) return;
    const text = JSON.stringify(this.#whereabouts);
    if (text === this.#reported) return;
    this.#reported = text;
    socket.emit('whereabouts', this.#whereabouts);
  }

  /** What passes is sent on a connection that stands or not at all: nobody wants to hear of it after the next one. */
  #connected(): RoomSocket | null {
    return this.#socket?.connected === true ? this.#socket : null;
  }

  #listen(socket: RoomSocket): void {
    socket.on('room.state', (state) => {
      this.#state.set(state);
      this.#connection.set({ state: 'online' });
      this.#reported = '';
      this.#sendWhereabouts();
      this.outbox.connect((command) => this.#emit(command));
    });
    socket.on('room.changed', (room) => this.#merge({ room }));
    socket.on('member.changed', (member) => {
      const others = this.#state.get().members.filter((other) => other.id !== member.id);
      this.#merge({ members: [...others, member].sort((a, b) => a.joinedAt - b.joinedAt) });
    });
    socket.on('book.added', (book) => {
      const others = this.#state.get().books.filter((other) => other.id !== book.id);
      this.#merge({ books: inReadingOrder([...others, book]) });
    });
    socket.on('book.removed', (id) => {
      this.#merge({ books: this.#state.get().books.filter((book) => book.id !== id) });
    });
    socket.on('chapter.revised', (revised) => this.#revised.set(revised));
    socket.on('session.changed', (session) => {
      this.#merge({ session });
      if (session !== null) this.#recap.set(null);
      else this.#summons.set(null);
    });
    socket.on('session.place', (place) => {
      const { session } = this.#state.get();
      if (session !== null) this.#merge({ session: { ...session, ...place } });
    });
    socket.on('session.summons', (summons) => this.#summons.set(summons));
    socket.on('session.ended', (recap) => this.#recap.set(recap));
    socket.on('presence', (tick) => this.#presence.set(withTick(this.#presence.get(), tick)));
    socket.on('cheers', (cheers) => this.#float(cheers.filter(({ member }) => member !== this.#state.get().you)));
    socket.on('goodbye', ({ code }) => {
      if (code !== 'restarting') this.#end(code);
    });
  }

  #merge(change: Partial<RoomState>): void {
    this.#state.set({ ...this.#state.get(), ...change });
  }

  #refused(message: string): void {
    if (message === 'removed' || message === 'signed-out' || message === 'outdated') this.#end(message);
    else this.#lost();
  }

  #end(code: GoneCode): void {
    this.#connection.set({ state: 'gone', code });
    this.outbox.disconnect();
    this.#socket?.disconnect();
  }

  #lost(): void {
    this.outbox.disconnect();
    if (this.#connection.get().state === 'gone') return;
    this.#connection.set({ state: 'offline' });
    // Put out by the server (a restart, a slow socket): Socket.IO does not come back from that by itself.
    const socket = this.#socket;
    if (socket === null || socket.active) return;
    setTimeout(() => this.#socket === socket && socket.connect(), 500 + Math.random() * 1_500);
  }

  #float(cheers: readonly Omit<FloatingCheer, 'key'>[]): void {
    const arrived = cheers.map((cheer) => ({ ...cheer, key: (this.#cheerKey += 1) }));
    if (arrived.length === 0) return;
    this.#cheers.set([...this.#cheers.get(), ...arrived].slice(-CHEERS_SHOWN_MAX));
    const gone = new Set(arrived.map(({ key }) => key));
    setTimeout(() => this.#cheers.set(this.#cheers.get().filter(({ key }) => !gone.has(key))), CHEER_LIFE_MS);
  }
}

function withTick(before: ReadonlyMap<MemberId, Present>, tick: PresenceTick): ReadonlyMap<MemberId, Present> {
  const after = new Map(tick.full ? [] : before);
  for (const present of tick.here) after.set(present.member, present);
  for (const member of tick.left) after.delete(member);
  return after;
}
