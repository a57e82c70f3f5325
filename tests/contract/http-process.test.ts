import { spawn } from 'node:child_process';
import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { readEnv } from '#server/env.ts';
import { redactPath } from '#server/log.ts';
import { startTestServer } from '#tests/support/test-server.ts';

/** Runs the server's entry until it ends by itself. */
function ended(env: Record<string, string>): Promise<{ code: number | null; said: string }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ['server/index.ts'], {
      env: { NODE_ENV: 'production', PATH: process.env.PATH ?? '', ...env },
    });
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => {
      said += chunk.toString();
    });
    child.once('close', (code) => resolve({ code, said }));
  });
}

describe('the environment', () => {
  it('OP4 a wrong value stops the start with a sentence that names its variable', async () => {
    const { code, said } = await ended({ PORT: 'eighty' });
    expect(code).toBe(1);
    expect(said).toBe('lectern: PORT must be a whole number from 0 to 65535.\n');
  });

  it('OP5 each variable is checked, and all wrong ones are named at once', () => {
    const wrong = {
      PORT: '70000',
      LOG_LEVEL: 'loud',
      PUBLIC_ORIGIN: 'room.example.org',
      TRUSTED_PROXIES: '-1',
      NODE_ENV: 'prod',
    };
    const read = readEnv(wrong);
    expect(read.ok).toBe(false);
    for (const name of Object.keys(wrong)) expect(read.ok ? '' : read.message).toContain(`${name} must be`);
    expect(readEnv({ PUBLIC_ORIGIN: 'https://room.example.org/path' }).ok).toBe(false);
  });

  it('OP6 nothing needs to be set, and an empty variable is as good as none', () => {
    const read = readEnv({ PORT: '', PUBLIC_ORIGIN: '' });
    expect(read).toMatchObject({
      ok: true,
      env: { PORT: 3000, HOST: '127.0.0.1', TRUSTED_PROXIES: 0, NODE_ENV: 'production' },
    });
  });

  it('OP7 paths are logged without queries and without anything that could be a token', () => {
    const token = 'Abc-_'.repeat(6) + 'Ab';
    expect(redactPath(`/join/${token}?next=${token}`)).toBe('/join/[token]');
    expect(redactPath(`/api/rooms/${'0'.repeat(20)}/export?book=x`)).toBe(`/api/rooms/${'0'.repeat(20)}/export`);
  });
});

describe('a connection', () => {
  it('OP96 is kept for another request, and says for how long', async () => {
    const server = await startTestServer();
    const socket = connect(server.port, '127.0.0.1').setEncoding('utf8');
    const answer = async (): Promise<string> => {
      let said = '';
      socket.on('data', (text: string) => (said += text));
      socket.write('HEAD /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n');
      await expect.poll(() => said).toContain('\r\n\r\n');
      socket.removeAllListeners('data');
      return said;
    };
    for (let request = 0; request < 2; request += 1) {
      const said = await answer();
      expect(said).toMatch(/^HTTP\/1\.1 200 /u);
      expect(said).toMatch(/^keep-alive: timeout=125\r$/imu);
    }
    socket.destroy();
    await server.close();
  });
});

describe('stopping', () => {
  it('OP8 a request without an end and a handshake that goes nowhere do not keep the server from stopping', async () => {
    const server = await startTestServer();
    const stuck = [
      'POST /api/rooms HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{',
      'GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n' +
        'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
    ];
    const ends: Promise<true>[] = [];
    for (const opening of stuck) {
      const socket = connect(server.port, '127.0.0.1');
      socket.on('error', () => {});
      ends.push(new Promise((resolve) => socket.once('close', () => resolve(true))));
      await new Promise<void>((resolve) => socket.write(opening, () => resolve()));
      socket.resume();
    }
    await server.close();
    expect(await Promise.all(ends)).toEqual([true, true]);
  });
});
