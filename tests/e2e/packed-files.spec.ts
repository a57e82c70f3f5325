import { type IncomingHttpHeaders, request } from 'node:http';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { expect, test } from '#tests/support/reading-room.ts';

interface Answer {
  status: number | undefined;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

/** As it goes over the wire: nothing is unpacked, and the path is sent as it is written. */
function asked(
  origin: string,
  path: string,
  headers: Record<string, string> = {},
  method: 'GET' | 'HEAD' = 'GET',
): Promise<Answer> {
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  const { hostname, port } = new URL(origin);
  const asking = request({ hostname, port, path, headers, method }, (answer) => {
    const parts: Buffer[] = [];
    answer.on('data', (part: Buffer) => parts.push(part));
    answer.on('error', reject);
    answer.on('end', () => resolve({ status: answer.statusCode, headers: answer.headers, body: Buffer.concat(parts) }));
  });
  asking.on('error', reject);
  asking.end();
  return promise;
}

/** The largest script that the first page names. */
async function aScript(origin: string): Promise<string> {
  const { body } = await asked(origin, '/');
  const paths = new Set(body.toString('utf8').match(/\/_next\/static\/chunks\/[\w.~-]+\.js/gu));
  const sized = await Promise.all(
    [...paths].map(async (path) => ({ path, size: (await asked(origin, path)).body.length })),
  );
  const [largest] = sized.sort((one, other) => other.size - one.size);
  if (largest === undefined) throw new Error('the page names no script');
  return largest.path;
}

test('OP92 files of the pages come in the smallest coding that is taken, each under a tag of its own', async ({
  baseURL,
}) => {
  const origin = String(baseURL);
  const path = await aScript(origin);
  const plain = await asked(origin, path);
  expect(plain.status).toBe(200);
  expect(plain.headers['content-encoding']).toBeUndefined();

  const brotli = await asked(origin, path, { 'accept-encoding': 'gzip, deflate, br, zstd' });
  expect(brotli.headers['content-encoding']).toBe('br');
  expect(brotliDecompressSync(brotli.body).equals(plain.body)).toBe(true);

  for (const takes of ['gzip, deflate', 'gzip, br;q=0', 'GZIP;q=0.5']) {
    const gzip = await asked(origin, path, { 'accept-encoding': takes });
    expect(gzip.headers['content-encoding']).toBe('gzip');
    expect(gunzipSync(gzip.body).equals(plain.body)).toBe(true);
    expect(gzip.headers.etag).not.toBe(brotli.headers.etag);
    expect(brotli.body.length).toBeLessThan(gzip.body.length);
  }
  expect((await asked(origin, path, { 'accept-encoding': 'identity' })).body.equals(plain.body)).toBe(true);

  for (const { headers } of [plain, brotli]) {
    expect(headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect(headers.vary).toContain('Accept-Encoding');
    expect(headers['content-type']).toMatch(/^application\/javascript; charset=utf-8$/iu);
    expect(headers['x-content-type-options']).toBe('nosniff');
  }
});

test('OP93 who has a file of the pages is told so, HEAD is without a body, and a range gets the whole', async ({
  baseURL,
}) => {
  const origin = String(baseURL);
  const path = await aScript(origin);
  const takes = { 'accept-encoding': 'br' };
  const { headers, body } = await asked(origin, path, takes);
  const etag = headers.etag ?? '';
  expect(etag).toMatch(/^"[\w-]+"$/u);

  for (const known of [etag, `W/${etag}`, `"another", ${etag}`, '*']) {
    const again = await asked(origin, path, { ...takes, 'if-none-match': known });
    expect(again.status).toBe(304);
    expect(again.body.length).toBe(0);
    expect(again.headers.etag).toBe(etag);
  }
  const gzip = await asked(origin, path, { 'accept-encoding': 'gzip', 'if-none-match': etag });
  expect(gzip.status).toBe(200);

  const head = await asked(origin, path, takes, 'HEAD');
  expect(head.status).toBe(200);
  expect(head.body.length).toBe(0);
  expect(head.headers['content-length']).toBe(String(body.length));

  const range = await asked(origin, path, { ...takes, range: 'bytes=0-9' });
  expect(range.status).toBe(200);
  expect(range.body.equals(body)).toBe(true);
});

test('OP94 no path leads to a file that the build did not make for the pages', async ({ baseURL }) => {
  const origin = String(baseURL);
  const path = await aScript(origin);
  const others = [
    `${path}.br`,
    path.replace('/chunks/', '/chunks/../chunks/../../packed/chunks/'),
    '/_next/packed/chunks',
    '/_next/static/../BUILD_ID',
    '/_next/static/../../package.json',
    '/_next/static/%2e%2e/%2e%2e/package.json',
    '/_next/static/..%2f..%2fpackage.json',
    '/_next/static/chunks/..\\..\\..\\package.json',
    '/_next/static/chunks/../../../package.json',
    '/_next/static/chunks/../../../package.json',
    '/_next/static/__proto__',
    '/_next/static/constructor',
    '/_next/static/chunks/nothing.js',
  ];
  for (const other of others) {
    const answer = await asked(origin, other, { 'accept-encoding': 'br, gzip' });
    // Next sends who writes a backslash to the path with slashes, which is among these.
    expect([308, 400, 404], other).toContain(answer.status);
  }
});
