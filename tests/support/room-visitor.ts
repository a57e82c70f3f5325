import { Outbox } from '#components/room/outbox.ts';
import type { Ack, Command } from '#shared/protocol/command.ts';
import type { ChapterId, CommandId, MemberId, RoomId } from '#shared/records/ids.ts';
import type { Member } from '#shared/records/member.ts';
import type { Bell } from './bell.ts';
import { DocumentLink } from './document-link.ts';
import { type EventSocket, Visitor } from './visitor.ts';

const ACK_TIMEOUT_MS = 10_000;

/** One person of a room, by the cookie of their browser. */
export interface Person {
  cookie: string;
  member: Member;
  room: RoomId;
  chapter: ChapterId;
}

/** An answer of the server to one sending of a command. */
export interface Answer {
  by: MemberId;
  command: Command;
  ack: Ack;
}

export const links = ['events', 'margin', 'notes'] as const;
export type Link = (typeof links)[number];

/**
 * One open page of the reading room, as a client on the wire: commands go through the browser's own outbox, margin and
 * private notes come over `/sync`, and its three connections can be dropped each by itself. It knows an address rather than
 * a server, so that the server behind it may be another one after a restart.
 */
export class RoomVisitor {
  readonly id: MemberId;
  readonly outbox: Outbox;
  readonly margin: DocumentLink;
  readonly notes: DocumentLink;
  readonly members = new Map<MemberId, Member>();
  readonly answers: Answer[] = [];
  /** Every event, as text. */
  readonly heard: string[] = [];
  /** How often each command was sent through the outbox. */
  readonly sendings = new Map<CommandId, number>();
  readonly person: Person;
  readonly #server: { readonly origin: string };
  readonly #bell: Bell;
  #socket: EventSocket | null = null;
  #entering: Promise<boolean> = Promise.resolve(false);
  #inRoom = false;

  constructor(server: { readonly origin: string }, person: Person, bell: Bell) {
    this.#server = server;
    this.person = person;
    this.#bell = bell;
    this.id = person.member.id;
    this.outbox = new Outbox(person.room, this.id);
    this.outbox.entries.subscribe(() => bell.ring());
    this.margin = new DocumentLink(`/sync/${person.room}/margin/${person.chapter}`, bell);
    this.notes = new DocumentLink(`/sync/${person.room}/notes/${person.chapter}`, bell);
  }

  /** A browser with this person's cookie, for requests. */
  browser(): Visitor {
    const visitor = new Visitor(this.#server.origin);
    visitor.cookie = this.person.cookie;
    return visitor;
  }

  isConnected(link: Link): boolean {
    return link === 'events' ? this.#inRoom : this[link].synced;
  }

  /** True while commands wait or are on their way; what waits without a connection is not under way. */
  get underWay(): boolean {
    return this.#inRoom && this.unsettled > 0;
  }

  /** Commands that the server has not decided yet. */
  get unsettled(): number {
    return this.outbox.entries.get().filter(({ state }) => state === 'waiting' || state === 'sending').length;
  }

  /** Resolves with whether it worked. Never rejects. */
  connect(link: Link): Promise<boolean> {
    if (link !== 'events') return this[link].connect((path) => this.browser().sync(path));
    if (this.#socket !== null) return this.#entering;
    const socket = this.browser().events(this.person.room);
    this.#socket = socket;
    this.#entering = new Promise((resolve) => {
      const lost = (): void => {
        this.#lose(socket);
        resolve(false);
      };
      socket.on('disconnect', lost);
      socket.on('connect_error', lost);
      socket.onAny((name: string, payload: unknown) => this.heard.push(`${name} ${JSON.stringify(payload)}`));
      socket.on('member.changed', (member) => this.members.set(member.id, member));
      socket.on('room.state', (state) => {
        this.members.clear();
        for (const member of state.members) this.members.set(member.id, member);
        this.#inRoom = true;
        this.outbox.connect((command) => this.#sendFromOutbox(socket, command));
        this.#bell.ring();
        resolve(true);
      });
    });
    socket.connect();
    return this.#entering;
  }

  /** `cut` is a cable pulled: what was sent may have arrived, and no answer will. */
  drop(link: Link, how: 'cut' | 'close'): void {
    if (link !== 'events') return this[link].drop(how);
    const socket = this.#socket;
    if (socket === null) return;
    if (how === 'cut') wireOf(socket)?.terminate();
    socket.disconnect();
    this.#lose(socket);
  }

  /** Sends a command past the outbox. Null when nobody answered. */
  async send(command: Command): Promise<Ack | null> {
    const socket = this.#socket;
    if (socket === null || !socket.connected) return null;
    return this.#emit(socket, command).catch(() => null);
  }

  #sendFromOutbox(socket: EventSocket, command: Command): Promise<Ack> {
    if (!socket.connected) return Promise.reject(new Error('offline'));
    this.sendings.set(command.id, (this.sendings.get(command.id) ?? 0) + 1);
    return this.#emit(socket, command);
  }

  async #emit(socket: EventSocket, command: Command): Promise<Ack> {
    const ack = await socket.timeout(ACK_TIMEOUT_MS).emitWithAck('command', command);
    this.answers.push({ by: this.id, command, ack });
    this.#bell.ring();
    return ack;
  }

  #lose(socket: EventSocket): void {
    if (this.#socket !== socket) return;
    this.#socket = null;
    this.#inRoom = false;
    this.outbox.disconnect();
    this.#bell.ring();
  }
}

/** The WebSocket below Socket.IO, which alone can be cut off without a word. */
function wireOf(socket: EventSocket): { terminate(): void } | null {
  const engine = socket.io.engine as unknown as { transport?: { ws?: { terminate(): void } } } | undefined;
  return engine?.transport?.ws ?? null;
}
