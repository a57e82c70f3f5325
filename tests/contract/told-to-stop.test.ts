import { fork } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { heard, makeRoom, Visitor } from '#tests/support/visitor.ts';

it('OP19 told to stop twice, as a terminal and the launcher do, the server still says goodbye and ends in order', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'lectern-told-'));
  const child = fork(join(import.meta.dirname, '..', 'support', 'server-process.ts'), [], {
    env: { ...process.env, PORT: '0', HOST: '127.0.0.1', DATA_DIR: dataDir, LOG_LEVEL: 'warn' },
    execArgv: [],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const [{ port }] = (await once(child, 'message')) as [{ port: number }];
  const host = new Visitor(`http://127.0.0.1:${port}`);
  const { room } = await makeRoom(host);
  const socket = await host.enter(room.id);
  // A request without an end, so that stopping is still under way when it is told again.
  const slow = connect(port, '127.0.0.1');
  slow.on('error', () => undefined);
  slow.write('POST /api/rooms HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{');
  const goodbye = heard(socket, 'goodbye');
  const ended = once(child, 'exit');
  child.kill('SIGINT');
  expect(await goodbye).toEqual({ code: 'restarting' });
  child.kill('SIGINT');
  expect(await ended).toEqual([0, null]);
  host.leave();
  await rm(dataDir, { recursive: true, force: true });
});
