/**
 * How long the other side may keep us waiting, in milliseconds. Whoever connects and then does nothing costs a descriptor
 * and some memory; these are what ends it.
 */
export interface Deadlines {
  /** From the connection to the end of a request's headers, an upgrade's too. */
  headers: number;
  /** From the connection to the end of a request's body. */
  request: number;
  /** Between two requests on one connection. */
  between: number;
  /** From a Socket.IO connection to its asking for a room. */
  handshake: number;
  /** Between two pings of Socket.IO, which its client answers by itself. */
  ping: number;
  /** For such an answer. */
  pong: number;
  /** Between two beats of `/sync`: a socket that has not answered one is gone at the next. */
  beat: number;
  /** For the answer to the close of a `/sync` socket. */
  close: number;
}

export const deadlines: Deadlines = {
  // A telephone at the edge of its network, sending a kilobyte.
  headers: 20_000,
  // Somebody who uploads 20 MB over a telephone needs a while; somebody who sends a byte a minute wants something else.
  request: 300_000,
  // Longer than proxies keep a silent connection (Caddy two minutes, nginx one): whoever closes first must not be us, or a
  // request that was just sent is lost, and the proxy answers with 502.
  between: 125_000,
  handshake: 10_000,
  // Two missed beats and a socket counts as gone: a host whose laptop closed leaves the lectern within 40 s.
  ping: 20_000,
  pong: 20_000,
  // y-websocket gives up after 30 s of silence, and a beat is what it hears.
  beat: 20_000,
  // One round trip from anywhere, and a second try.
  close: 5_000,
};
