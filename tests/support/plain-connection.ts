import { connect, type Socket } from 'node:net';

/** A connection below HTTP: it says what it is given and nothing by itself, and takes what it is sent unless paused. */
export interface PlainConnection {
  socket: Socket;
  /** Resolves when the other side has ended or cut the connection. */
  ended: Promise<void>;
}

export function plainConnection(origin: string, beginning = ''): PlainConnection {
  const { hostname, port } = new URL(origin);
  const socket = connect(Number(port), hostname).resume();
  const ended = new Promise<void>((resolve) => {
    socket.once('end', () => resolve());
    socket.once('error', () => resolve());
    socket.once('close', () => resolve());
  });
  if (beginning !== '') socket.write(beginning);
  return { socket, ended };
}

/** The request that turns an HTTP connection into a WebSocket (RFC 6455, 4.1). */
export const upgradeRequest = (path: string, cookie: string | null): string =>
  [
    `GET ${path} HTTP/1.1`,
    'Host: localhost',
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
    ...(cookie === null ? [] : [`Cookie: ${cookie}`]),
    '',
    '',
  ].join('\r\n');

/** Resolves with what came up to and with these words. */
export function says(socket: Socket, words: string): Promise<string> {
  return new Promise((resolve) => {
    let text = '';
    const listen = (data: Buffer) => {
      text += data.toString('latin1');
      if (!text.includes(words)) return;
      socket.off('data', listen);
      resolve(text);
    };
    socket.on('data', listen);
  });
}

/** A client's binary frame of less than 126 bytes, masked with zeros as RFC 6455 (5.3) lets it. */
export const maskedFrame = (payload: Uint8Array): Buffer =>
  Buffer.concat([Buffer.from([0x82, 0x80 | payload.length, 0, 0, 0, 0]), payload]);
