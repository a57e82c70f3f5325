import { afterEach, describe, expect, it } from 'vitest';
import { newId } from '#shared/records/ids.ts';
import type { CommandId } from '#shared/records/ids.ts';
import { putBook } from '#tests/support/bring.ts';
import { startTestServer } from '#tests/support/test-server.ts';
import type { TestServer } from '#tests/support/test-server.ts';
import { command, makeRoom, Visitor } from '#tests/support/visitor.ts';

const ERROR = 50;

interface Line {
  level: number;
  msg: string;
  request?: string;
  command?: string;
  kind?: string;
  path?: string;
  outcome?: string;
}

let server: TestServer | null = null;
afterEach(async () => {
  await server?.close();
  server = null;
});

async function start(env: Record<string, string> = {}): Promise<TestServer> {
  server = await startTestServer({ env });
  return server;
}
const linesOf = (one: TestServer): Line[] => one.logLines().map((line) => JSON.parse(line) as Line);
/** The id that the answer carries, once the line of the request is there. */
async function idOf(one: TestServer, headers: Record<string, string> = {}): Promise<string> {
  const answer = await new Visitor(one.origin).ask('GET', '/healthz', undefined, headers);
  const id = answer.headers.get('x-request-id') ?? '';
  await expect.poll(() => linesOf(one).filter(({ request }) => request === id).length).toBe(1);
  return id;
}

const proxyId = 'f00dfeed0123456789abcdef01234567';

describe('lines of a request', () => {
  it('OP14 bear one id, which the answer carries too', async () => {
    const started = await start();
    const ids = [await idOf(started), await idOf(started)];
    expect(ids[0]).not.toBe(ids[1]);

    await started.services.store.close();
    const answer = await new Visitor(started.origin).ask('GET', '/readyz');
    expect(answer.status).toBe(503);
    const broken = linesOf(started).find(({ level }) => level === ERROR);
    expect(broken?.request).toBe(answer.headers.get('x-request-id'));
  });

  it('OP15 take the id of a trusted proxy if it is well formed, and never that of a stranger', async () => {
    const open = await start();
    expect(await idOf(open, { 'x-request-id': proxyId })).not.toBe(proxyId);
    await open.close();

    const behind = await start({ TRUSTED_PROXIES: '1' });
    expect(await idOf(behind, { 'x-request-id': proxyId })).toBe(proxyId);
    for (const odd of ['short', 'x'.repeat(65), 'a b c d e f g h', '{"level":60}']) {
      expect(await idOf(behind, { 'x-request-id': odd })).not.toBe(odd);
    }
  });
});

describe('lines of a command', () => {
  it('OP16 bear its id and kind from the decision to the answer and in every error, and nothing that anybody wrote', async () => {
    const started = await start();
    const host = new Visitor(started.origin);
    const made = await makeRoom(host, 'A room of secrets', 'Ada Lovelace');
    const book = await putBook(started, made.room.id, made.member.id, ['One line of words.']);
    const socket = await host.enter(made.room.id);
    const note = {
      kind: 'annotation.create',
      annotation: newId(),
      chapter: book.chapters[0]?.id,
      passage: { start: { block: 'b1', offset: 0 }, end: { block: 'b1', offset: 3 } },
      colour: 'saffron',
      body: 'words in a margin',
      visibility: 'room',
    };
    const [written, lost] = [newId<CommandId>(), newId<CommandId>()];
    const linesOfCommand = (id: string) => linesOf(started).filter((line) => line.command === id);

    expect(await command(socket, { id: written, ...note })).toMatchObject({ ok: true });
    expect(linesOfCommand(written).map(({ msg }) => msg)).toEqual([
      'a command was decided',
      'a command was committed',
      'a command was answered',
    ]);
    await started.services.store.close();
    expect(await command(socket, { id: lost, ...note, annotation: newId() })).toMatchObject({ code: 'unavailable' });
    expect(linesOfCommand(lost).filter(({ level }) => level === ERROR)).toHaveLength(1);
    expect(linesOfCommand(lost).at(-1)).toMatchObject({ msg: 'a command was answered', outcome: 'unavailable' });
    for (const id of [written, lost]) {
      expect(new Set(linesOfCommand(id).map(({ kind }) => kind))).toEqual(new Set(['annotation.create']));
    }
    const told = ['words in a margin', 'Lovelace', 'secrets', host.cookie?.split('=')[1] ?? 'no cookie'];
    expect(told.filter((word) => started.logLines().some((line) => line.includes(word)))).toEqual([]);
    host.leave();
  });
});
