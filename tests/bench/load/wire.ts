import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';

const OPCODE_TEXT = 1;
const OPCODE_BINARY = 2;
const OPCODE_CLOSE = 8;
const OPCODE_PING = 9;
const OPCODE_PONG = 10;
const FINAL = 0x80;
const MASKED = 0x80;
const MASK_BYTES = 4;
/** All sockets read into this one, and what was read is looked at before the next read. */
const readBuffer = Buffer.allocUnsafe(262_144);
/** A frame beyond this is a whole margin: only its head is kept, and its bytes are counted. */
const KEPT_MAX_BYTES = 65_536;
const HEAD_BYTES = 64;

export interface FrameListener {
  /** `bytes` is only valid during the call; of a frame that was too long to keep it is the head. */
  frame(bytes: Buffer, length: number): void;
  closed(code: number): void;
}

/**
 * A WebSocket client (RFC 6455) with as little in it as a load generator can do with: it must hold thousands of sockets
 * and read a hundred thousand frames a second beside the server that it measures, on the same two cores. Servers send it
 * unfragmented frames without extensions; frames to the server are masked with zeros, which the server undoes as ever.
 */
export class Wire {
  readonly #socket: Socket;
  readonly #listener: FrameListener;
  readonly #keepBytes: number;
  #open: (() => void) | null;
  /** Bytes of a frame that is not complete yet. */
  #rest: Buffer | null = null;
  #skipping: { head: Buffer; length: number; left: number } | null = null;
  #closeCode = 1006;

  /** `opened` is called once, after which frames may be sent. Frames up to `keepBytes` are handed over whole. */
  constructor(
    port: number,
    path: string,
    headers: Record<string, string>,
    listener: FrameListener,
    opened: () => void,
    keepBytes = KEPT_MAX_BYTES,
  ) {
    this.#listener = listener;
    this.#keepBytes = keepBytes;
    this.#open = opened;
    const onread = {
      buffer: readBuffer,
      callback: (bytes: number, buffer: Uint8Array): boolean => {
        this.#read(buffer === readBuffer ? readBuffer : Buffer.from(buffer), bytes);
        return true;
      },
    };
    this.#socket = connect({ port, host: '127.0.0.1', noDelay: true, onread }, () => {
      const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
      const key = randomBytes(16).toString('base64');
      this.#socket.write(
        `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
          `Sec-WebSocket-Key: ${key}\r\nSec-WebSocket-Version: 13\r\n${lines.join('')}\r\n`,
      );
    });
    this.#socket.on('error', () => this.#socket.destroy());
    this.#socket.once('close', () => listener.closed(this.#closeCode));
  }

  send(payload: string | Uint8Array): void {
    if (typeof payload === 'string') this.#write(OPCODE_TEXT, Buffer.from(payload));
    else this.#write(OPCODE_BINARY, payload);
  }

  close(): void {
    this.#socket.destroy();
  }

  #write(opcode: number, payload: Uint8Array): void {
    const { length } = payload;
    const header = length < 126 ? 2 : length < 65_536 ? 4 : 10;
    const frame = Buffer.allocUnsafe(header + MASK_BYTES + length);
    frame[0] = FINAL | opcode;
    if (header === 2) frame[1] = MASKED | length;
    else if (header === 4) {
      frame[1] = MASKED | 126;
      frame.writeUInt16BE(length, 2);
    } else {
      frame[1] = MASKED | 127;
      frame.writeBigUInt64BE(BigInt(length), 2);
    }
    frame.fill(0, header, header + MASK_BYTES);
    frame.set(payload, header + MASK_BYTES);
    this.#socket.write(frame);
  }

  #read(buffer: Buffer, bytes: number): void {
    let chunk = buffer.subarray(0, bytes);
    if (this.#skipping !== null) {
      const taken = Math.min(this.#skipping.left, chunk.length);
      this.#skipping.left -= taken;
      if (this.#skipping.left > 0) return;
      const { head, length } = this.#skipping;
      this.#skipping = null;
      this.#listener.frame(head, length);
      chunk = chunk.subarray(taken);
    }
    if (this.#rest !== null) {
      chunk = Buffer.concat([this.#rest, chunk]);
      this.#rest = null;
    }
    let at = this.#open === null ? 0 : this.#shakeHands(chunk);
    while (at < chunk.length) {
      const next = this.#frame(chunk, at);
      if (next === at) break;
      at = next;
    }
    if (at < chunk.length) this.#rest = Buffer.from(chunk.subarray(at));
  }

  /** Where frames begin; 0 while the answer is not complete. */
  #shakeHands(chunk: Buffer): number {
    const end = chunk.indexOf('\r\n\r\n');
    if (end < 0) return 0;
    const status = chunk.toString('latin1', 9, 12);
    if (status !== '101') {
      this.#closeCode = Number(status);
      this.#socket.destroy();
      return chunk.length;
    }
    const opened = this.#open;
    this.#open = null;
    opened?.();
    return end + 4;
  }

  /** Reads one frame and says where the next begins; the same place when this one is not complete. */
  #frame(chunk: Buffer, at: number): number {
    if (this.#open !== null || at + 2 > chunk.length) return at;
    const opcode = (chunk[at] ?? 0) & 0x0f;
    let length = (chunk[at + 1] ?? 0) & 0x7f;
    let from = at + 2;
    if (length === 126) {
      if (at + 4 > chunk.length) return at;
      length = chunk.readUInt16BE(at + 2);
      from = at + 4;
    } else if (length === 127) {
      if (at + 10 > chunk.length) return at;
      length = Number(chunk.readBigUInt64BE(at + 2));
      from = at + 10;
    }
    const end = from + length;
    if (end > chunk.length) {
      if (length <= this.#keepBytes || chunk.length - from < HEAD_BYTES) return at;
      this.#skipping = { head: Buffer.from(chunk.subarray(from, from + HEAD_BYTES)), length, left: end - chunk.length };
      return chunk.length;
    }
    if (opcode === OPCODE_TEXT || opcode === OPCODE_BINARY) this.#listener.frame(chunk.subarray(from, end), length);
    else if (opcode === OPCODE_PING) this.#write(OPCODE_PONG, chunk.subarray(from, end));
    else if (opcode === OPCODE_CLOSE) {
      this.#closeCode = length >= 2 ? chunk.readUInt16BE(from) : 1005;
      this.#socket.destroy();
    }
    return end;
  }
}
