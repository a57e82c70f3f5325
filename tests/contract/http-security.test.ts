import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import Ajv2020 from 'ajv/dist/2020.js';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { refusalCodes } from '#shared/protocol/refusal.ts';
import { startTestServer } from '#tests/support/test-server.ts';
import type { TestServer } from '#tests/support/test-server.ts';
import { join, makeRoom, Visitor } from '#tests/support/visitor.ts';

let server: TestServer;
const others: TestServer[] = [];
beforeAll(async () => {
  server = await startTestServer();
});
afterEach(async () => {
  for (const other of others.splice(0)) await other.close();
});
afterAll(() => server.close());

const visitor = (of: TestServer = server) => new Visitor(of.origin);
async function another(options: Parameters<typeof startTestServer>[0]): Promise<TestServer> {
  const started = await startTestServer(options);
  others.push(started);
  return started;
}

describe('writes from elsewhere', () => {
  const room = { title: 'T', name: 'Ada' };
  const refused = { status: 403, body: { ok: false, code: 'cross-origin' } };

  it('HT20 a write that a browser stamps as coming from another site is refused', async () => {
    for (const site of ['cross-site', 'same-site']) {
      expect(await visitor().ask('POST', '/api/rooms', room, { 'sec-fetch-site': site })).toMatchObject(refused);
    }
    for (const origin of ['https://evil.example', 'null', `${server.origin}.evil.example`, 'http://127.0.0.1:1']) {
      expect(await visitor().ask('POST', '/api/rooms', room, { origin })).toMatchObject(refused);
    }
  });

  it('HT21 a write from our own pages, and from what is no browser, is carried out', async () => {
    const headers = [{}, { origin: server.origin }, { 'sec-fetch-site': 'same-origin', origin: server.origin }];
    for (const own of headers) expect((await visitor().ask('POST', '/api/rooms', room, own)).status).toBe(201);
  });

  it('HT22 behind a proxy the public address is our own', async () => {
    const proxied = await another({ env: { PUBLIC_ORIGIN: 'https://room.example.org' } });
    const made = await visitor(proxied).ask('POST', '/api/rooms', room, { origin: 'https://room.example.org' });
    expect(made.status).toBe(201);
    expect(made.headers.get('set-cookie')).toContain('; Secure');
    expect(
      await visitor(proxied).ask('POST', '/api/rooms', room, { origin: 'https://room.example.com' }),
    ).toMatchObject(refused);
  });

  it('HT23 an upgrade from another origin is refused before anything else', async () => {
    const host = visitor();
    const { room: made } = await makeRoom(host);
    for (const path of [
      `/sync/${made.id}/margin/${'0'.repeat(20)}`,
      '/socket.io/?EIO=4&transport=websocket',
      '/other',
    ]) {
      const socket = host.sync(path, { origin: 'https://evil.example' });
      const status = await new Promise((resolve) => {
        socket.once('unexpected-response', (_request, response) => resolve(response.statusCode));
        socket.once('open', () => resolve('open'));
      });
      expect(status).toBe(403);
    }
  });
});

describe('what every answer carries', () => {
  it('HT24 strict headers, with a nonce that is new each time', async () => {
    const policies = await Promise.all([1, 2].map(async () => (await visitor().ask('GET', '/healthz')).headers));
    for (const headers of policies) {
      const policy = headers.get('content-security-policy') ?? '';
      expect(policy).toMatch(/script-src 'self' 'nonce-[A-Za-z0-9+/=]{24}' 'strict-dynamic';/);
      expect(policy).not.toContain('unsafe-eval');
      expect(policy.replace("style-src-attr 'unsafe-inline'", '')).not.toContain('unsafe-inline');
      expect(policy).toContain("frame-ancestors 'none'");
      expect(headers.get('x-content-type-options')).toBe('nosniff');
    }
    expect(policies[0]?.get('content-security-policy')).not.toBe(policies[1]?.get('content-security-policy'));
  });

  it('HT25 an address with a token in it is never told on by the Referer', async () => {
    const { invites } = await makeRoom(visitor());
    const at = async (path: string) => (await visitor().ask('GET', path)).headers.get('referrer-policy');
    expect(await at(`/api/invites/${invites.reader}`)).toBe('no-referrer');
    expect(await at('/healthz')).toBe('same-origin');
  });

  it('HT26 the log has one line a request and no token, cookie, name or body in it', async () => {
    const quiet = await another({});
    const host = visitor(quiet);
    const { room, invites } = await makeRoom(host, 'A secret title', 'Ada Lovelace');
    await join(visitor(quiet), invites.reader, 'Grace Hopper');
    await host.ask('GET', `/api/rooms/${room.id}/export?format=csv&book=whatever`);
    await host.ask('GET', `/api/invites/${invites.listener}?token=${invites.cohost}`);
    const lines = quiet.logLines().filter((line) => line.includes('"msg":"request"'));
    expect(lines).toHaveLength(4);
    const log = quiet.logLines().join('');
    const secrets = [
      ...Object.values(invites),
      host.cookie?.split('=')[1] ?? '?',
      'secret title',
      'Lovelace',
      'Hopper',
      'whatever',
    ];
    for (const secret of secrets) expect(log).not.toContain(secret);
    expect(lines[1]).toContain('/api/invites/[token]/accept');
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ method: 'POST', path: '/api/rooms', status: 201 });
  });
});

describe('limits', () => {
  it('HT27 too many requests from one address are refused with the time to wait, and probes never are', async () => {
    const narrow = await another({ rates: { address: { burst: 3, perSecond: 0.1 } } });
    const answers = [];
    for (let request = 0; request < 4; request += 1) answers.push(await visitor(narrow).ask('GET', '/api/nothing'));
    expect(answers.map((answer) => answer.status)).toEqual([404, 404, 404, 429]);
    expect(answers[3]).toMatchObject({ body: { ok: false, code: 'too-fast' } });
    expect(Number(answers[3]?.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await visitor(narrow).ask('GET', '/healthz')).status).toBe(200);
  });

  it('HT28 behind a trusted proxy people are counted by their own address, which they cannot invent', async () => {
    const rates = { address: { burst: 1, perSecond: 0.1 } };
    const proxied = await another({ rates, env: { TRUSTED_PROXIES: '1' } });
    const from = (chain: string) =>
      visitor(proxied).ask('GET', '/api/nothing', undefined, { 'x-forwarded-for': chain });
    expect((await from('203.0.113.1')).status).toBe(404);
    expect((await from('203.0.113.2')).status).toBe(404);
    expect((await from('198.51.100.7, 203.0.113.1')).status).toBe(429);
    const open = await another({ rates });
    const direct = (chain: string) => visitor(open).ask('GET', '/api/nothing', undefined, { 'x-forwarded-for': chain });
    expect((await direct('203.0.113.1')).status).toBe(404);
    expect((await direct('203.0.113.2')).status).toBe(429);
  });

  it('HT29 one browser, wrong tokens, and new rooms each have a limit of their own', async () => {
    const one = { burst: 1, perSecond: 0.1 };
    const narrow = await another({ rates: { device: { burst: 2, perSecond: 0.1 }, wrongTokens: one, newRooms: one } });
    const host = visitor(narrow);
    const { room, invites } = await makeRoom(host);
    expect((await visitor(narrow).ask('POST', '/api/rooms', { title: 'T', name: 'A' })).status).toBe(429);
    const statuses = [];
    for (let request = 0; request < 3; request += 1)
      statuses.push((await host.ask('GET', `/api/rooms/${room.id}`)).status);
    expect(statuses).toEqual([200, 200, 429]);
    const guess = () => visitor(narrow).ask('GET', `/api/invites/${'a'.repeat(32)}`);
    expect((await guess()).status).toBe(410);
    expect((await guess()).status).toBe(429);
    expect((await visitor(narrow).ask('GET', `/api/invites/${invites.reader}`)).status).toBe(200);
  });
});

describe('operating', () => {
  it('OP1 the process says that it lives and that it can serve', async () => {
    expect(await visitor().ask('GET', '/healthz')).toMatchObject({ status: 200, body: { ok: true } });
    expect(await visitor().ask('GET', '/readyz')).toMatchObject({ status: 200, body: { ok: true } });
  });

  it('OP2 a port that is taken stops the start', async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    const port = String((taken.address() as AddressInfo).port);
    await expect(startTestServer({ env: { PORT: port } })).rejects.toMatchObject({ code: 'EADDRINUSE' });
    taken.close();
  });

  it('OP3 the description is OpenAPI 3.1, lists every route, and each refusal in it is of the closed list', async () => {
    interface Description {
      openapi: string;
      components: object;
      paths: Record<string, Record<string, { summary: string; responses: Record<string, unknown> }>>;
    }
    const { body } = await visitor().ask<Description>('GET', '/api/openapi.json');
    expect(body.openapi).toBe('3.1.0');
    const routes = Object.entries(body.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method} ${path}`),
    );
    expect(routes.toSorted()).toEqual(
      [
        'delete /api/imports/{import}',
        'delete /api/rooms/{room}/books/{book}/pad/versions/{version}',
        'delete /api/rooms/{room}/devices/{device}',
        'get /api/imports/{import}',
        'get /api/imports/{import}/chapters/{chapter}/places',
        'get /api/imports/{import}/cover',
        'get /api/invites/{token}',
        'get /api/openapi.json',
        'get /api/rooms/{room}',
        'get /api/rooms/{room}/books/{book}',
        'get /api/rooms/{room}/books/{book}/pad',
        'get /api/rooms/{room}/books/{book}/pad/versions',
        'get /api/rooms/{room}/books/{book}/pad/versions/{version}',
        'get /api/rooms/{room}/books/{book}/search',
        'get /api/rooms/{room}/chapters/{chapter}',
        'get /api/rooms/{room}/chapters/{chapter}/hidden',
        'get /api/rooms/{room}/chapters/{chapter}/margin',
        'get /api/rooms/{room}/devices',
        'get /api/rooms/{room}/export',
        'get /api/rooms/{room}/imports',
        'get /api/rooms/{room}/invites',
        'get /api/rooms/{room}/pads/search',
        'get /api/rooms/{room}/pictures/{hash}',
        'get /api/rooms/{room}/revisions/{revision}',
        'get /healthz',
        'get /readyz',
        'post /api/devices/redeem',
        'post /api/imports/{import}/shelve',
        'post /api/invites/{token}/accept',
        'post /api/rooms',
        'post /api/rooms/{room}/books',
        'post /api/rooms/{room}/books/{book}/pad/quotations',
        'post /api/rooms/{room}/books/{book}/pad/versions',
        'post /api/rooms/{room}/books/{book}/pad/versions/{version}/restore',
        'post /api/rooms/{room}/chapters/{chapter}/revisions',
        'post /api/rooms/{room}/chapters/{chapter}/revisions/undo',
        'post /api/rooms/{room}/devices/link',
        'post /api/rooms/{room}/invites/{role}/rotate',
        'post /api/rooms/{room}/revisions/{revision}/publish',
      ].toSorted(),
    );
    const ajv = new Ajv2020({ strict: false, validateFormats: false });
    for (const [path, methods] of Object.entries(body.paths)) {
      for (const [method, operation] of Object.entries(methods)) {
        expect(operation.summary, `${method} ${path}`).toBeTruthy();
        // A schema may refer to one that the description names.
        const { components } = body;
        for (const schema of schemasIn(operation)) expect(() => ajv.compile({ ...schema, components })).not.toThrow();
        const named = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '');
        const described = parametersOf(operation).filter((parameter) => parameter.in === 'path');
        expect(described.map((parameter) => parameter.name).toSorted()).toEqual(named.toSorted());
      }
    }
    expect(JSON.stringify(body.paths['/api/rooms']?.post?.responses.default)).toContain(JSON.stringify(refusalCodes));
  });
});

function schemasIn(value: unknown): object[] {
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === 'schema' && inner !== null && typeof inner === 'object' ? [inner as object] : schemasIn(inner),
  );
}

function parametersOf(operation: object): { name: string; in: string }[] {
  return 'parameters' in operation ? (operation.parameters as { name: string; in: string }[]) : [];
}
