import { PROTOCOL_VERSION } from '#shared/protocol/version.ts';
import type { Whereabouts } from '#shared/protocol/presence.ts';
import type { SessionPlace } from '#shared/protocol/session.ts';
import { type AnnotationId, type CommandId, newId } from '#shared/records/ids.ts';
import { type BenchRoom, createCommand, type Seat } from '../house.ts';
import type { Ears, Reader } from './reader.ts';
import { Wire } from './wire.ts';
import { question, SYNC_STEP_2, SYNC_UPDATE, updateIn } from './y-frames.ts';

const EVERYTHING = Number.MAX_SAFE_INTEGER;
const HEAD_CHARS = 20;

export interface LecternOptions {
  port: number;
  room: BenchRoom;
  seat: Seat;
  ears: Ears;
  /** Without, the page has its events and no documents, as somebody on the shelf. */
  documents?: boolean;
}

/** A page of the reading room on the wire: Socket.IO, the room's margin and one's own notes, all with the cookie. */
export class LecternReader implements Reader {
  readonly ready: Promise<void>;
  readonly #room: BenchRoom;
  readonly #ears: Ears;
  readonly #wires: Wire[] = [];
  readonly #events: Wire;
  #closing = false;

  constructor({ port, room, seat, ears, documents = true }: LecternOptions) {
    this.#room = room;
    this.#ears = ears;
    const headers = { Cookie: seat.cookie, 'X-Forwarded-For': seat.address };
    const entered = Promise.withResolvers<void>();
    const waits = [entered.promise];
    const failed = Promise.withResolvers<never>();
    const closed = (code: number): void => {
      if (!this.#closing) failed.reject(new Error(`Lectern closed a socket with ${code}`));
    };

    const frame = (bytes: Buffer): void => this.#hear(bytes, entered.resolve);
    this.#events = new Wire(port, '/socket.io/?EIO=4&transport=websocket', headers, { frame, closed }, () => undefined);
    this.#wires.push(this.#events);

    for (const kind of documents ? (['margin', 'notes'] as const) : []) {
      const synced = Promise.withResolvers<void>();
      waits.push(synced.promise);
      const keep = ears.whole !== undefined && kind === 'margin' ? EVERYTHING : undefined;
      const wire: Wire = new Wire(
        port,
        `/sync/${room.id}/${kind}/${room.chapter}`,
        headers,
        {
          frame: (bytes) => {
            if (bytes[1] === SYNC_STEP_2) {
              if (kind === 'margin') ears.whole?.(updateIn(bytes, 0));
              synced.resolve();
            } else if (bytes[1] === SYNC_UPDATE && kind === 'margin') ears.margin?.(bytes);
          },
          closed,
        },
        () => wire.send(question),
        keep,
      );
      this.#wires.push(wire);
    }
    this.ready = Promise.race([Promise.all(waits).then(() => undefined), failed.promise]);
    // Whoever is not waited for any more may still be put out.
    this.ready.catch(() => undefined);
  }

  create(number: number): void {
    this.#send(number, createCommand(this.#room, number));
  }

  react(target: AnnotationId, number: number): void {
    this.#send(number, { id: newId<CommandId>(), kind: 'reaction.toggle', target, emoji: '\u2764\ufe0f', on: true });
  }

  /** Any command, under the number that its answer is told by. */
  command(number: number, command: object): void {
    this.#send(number, command);
  }

  move(whereabouts: Whereabouts): void {
    this.#events.send(`42["whereabouts",${JSON.stringify(whereabouts)}]`);
  }

  moveSession(place: SessionPlace): void {
    this.#events.send(`42["session.place",${JSON.stringify(place)}]`);
  }

  close(): void {
    this.#closing = true;
    for (const wire of this.#wires) wire.close();
  }

  #send(number: number, command: object): void {
    this.#events.send(`42${number}["command",${JSON.stringify(command)}]`);
  }

  #hear(bytes: Buffer, entered: () => void): void {
    const head = bytes.toString('latin1', 0, HEAD_CHARS);
    if (head.startsWith('43')) {
      const answer = bytes.toString('latin1');
      this.#ears.acked?.(Number.parseInt(answer.slice(2), 10), answer.includes('"ok":true'));
    } else if (head.startsWith('42["presence"') || head.startsWith('42["session.place"')) this.#ears.presence?.(bytes);
    else if (head.startsWith('42["room.state"')) entered();
    else if (head.startsWith('0')) {
      this.#events.send(`40${JSON.stringify({ room: this.#room.id, protocol: PROTOCOL_VERSION })}`);
    } else if (head === '2') this.#events.send('3');
  }
}
