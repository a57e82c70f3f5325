import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { serverArguments } from '../../scripts/server-arguments.mjs';
import type { Answer, Question, Usage } from './probe.ts';

/** The three that are compared, in the order in which a round runs them. */
export const contestants = ['lectern', 'y-websocket', 'hocuspocus'] as const;
export type Contestant = (typeof contestants)[number];

const programs: Record<Contestant, readonly string[]> = {
  lectern: serverArguments,
  'y-websocket': ['tests/bench/peers/websocket-server.ts'],
  hocuspocus: ['tests/bench/peers/hocuspocus.ts'],
};
const READY_POLL_MS = 50;
const SAID_MAX_CHARS = 4_000;
const projectDir = new URL('../..', import.meta.url).pathname;

/** A server in a process of its own, as a user would start it, with the probe in it. */
export class ServerUnderTest {
  readonly port: number;
  readonly #child: ChildProcess;

  private constructor(port: number, child: ChildProcess) {
    this.port = port;
    this.#child = child;
  }

  /** Resolves when it answers requests. `dataDir` is what Lectern opens; the others have nothing to open. */
  static async start(contestant: Contestant, dataDir: string): Promise<ServerUnderTest> {
    const port = await freePort();
    const child = spawn(
      process.execPath,
      ['--expose-gc', '--import', './tests/bench/probe.ts', ...programs[contestant]],
      {
        cwd: projectDir,
        stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
        env: {
          ...process.env,
          NODE_ENV: 'production',
          HOST: '127.0.0.1',
          PORT: String(port),
          DATA_DIR: dataDir,
          LOG_LEVEL: 'warn',
          // As behind one proxy, which tells the visitors' addresses apart: limits by address stay as they are.
          TRUSTED_PROXIES: '1',
          NEXT_TELEMETRY_DISABLED: '1',
        },
      },
    );
    let said = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        said = (said + text).slice(-SAID_MAX_CHARS);
      });
    }
    child.once('exit', (code) => {
      if (code !== null && code !== 0) process.stderr.write(`${contestant} ended with ${code}: ${said}\n`);
    });
    for (;;) {
      if (child.exitCode !== null) throw new Error(`${contestant} did not start`);
      const answer = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => null);
      if (answer?.ok) return new ServerUnderTest(port, child);
      await new Promise((resolve) => setTimeout(resolve, READY_POLL_MS));
    }
  }

  usage(): Promise<Usage> {
    return this.#usage('usage');
  }

  /** The same after garbage was collected. */
  memory(): Promise<Usage> {
    return this.#usage('memory');
  }

  async startProfile(): Promise<void> {
    await this.#ask({ ask: 'profile' });
  }

  /** Where the time went since then: the functions that took most of it themselves. */
  async takeProfile(): Promise<string[]> {
    const answer = await this.#ask({ ask: 'profiled' });
    return 'functions' in answer ? answer.functions : [];
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const gone = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await gone;
  }

  async #usage(ask: 'usage' | 'memory'): Promise<Usage> {
    const answer = await this.#ask({ ask });
    if (!('usage' in answer)) throw new Error('the probe answered something else');
    return answer.usage;
  }

  async #ask(question: Question): Promise<Answer> {
    const answered = once(this.#child, 'message');
    this.#child.send(question);
    const [answer] = await Promise.race([
      answered,
      once(this.#child, 'exit').then(() => {
        throw new Error('the server ended while it was measured');
      }),
    ]);
    return answer as Answer;
  }
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
