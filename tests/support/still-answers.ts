import type { WebSocket } from 'ws';

/** A question for everything (`y-protocols/PROTOCOL.md`, step 1 with an empty state vector), and the step that answers it. */
const ASKING = new Uint8Array([0, 0, 1, 0]);
const ANSWER = 1;

/**
 * Asks over a `/sync` socket until it was answered twice: one answer may be on its way when the server decides to close. A
 * socket that is to be closed never gets so far. Raced with its end, this tells which it was, without waiting for nothing.
 */
export function stillAnswers(socket: WebSocket): Promise<'still answers'> {
  const answered = new Promise<'still answers'>((resolve) => {
    let answers = 0;
    socket.on('message', (data: Buffer | ArrayBuffer) => {
      const [kind, step] = new Uint8Array(data);
      if (kind !== 0 || step !== ANSWER) return;
      answers += 1;
      if (answers < 2) socket.send(ASKING);
      else resolve('still answers');
    });
  });
  if (socket.readyState === socket.CONNECTING) socket.once('open', () => socket.send(ASKING));
  else socket.send(ASKING);
  return answered;
}
