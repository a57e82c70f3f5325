import { Session } from 'node:inspector/promises';
import { selfTimes } from './self-times.ts';

/**
 * Loaded into each measured server before anything else, the same for all: answers what the process has used so far.
 * It costs nothing while nobody asks. Whoever asks is the process that started the server, and the server does not
 * outlive it.
 */
export interface Usage {
  /** User and system time of the process, all threads, in milliseconds. */
  cpuMs: number;
  /** What the process holds of the machine's memory. */
  rssBytes: number;
  /** Live objects, and what lies outside the heap for them. */
  heapBytes: number;
}
export type Question = { ask: 'usage' | 'memory' | 'profile' | 'profiled' };
export type Answer = { usage: Usage } | { functions: string[] };

/** One pass leaves what only finalisers let go of. */
const COLLECTIONS = 4;
let session: Session | null = null;

process.on('message', (question: Question) => {
  void answer(question).then((said) => process.send?.(said));
});
process.once('disconnect', () => process.exit(1));
// A server that was told to stop must be able to end by itself.
process.channel?.unref();

async function answer({ ask }: Question): Promise<Answer> {
  if (ask === 'profile') {
    await beginProfile();
    return { functions: [] };
  }
  if (ask === 'profiled') return { functions: await endProfile() };
  if (ask === 'memory') await collectGarbage();
  return { usage: usage() };
}

async function collectGarbage(): Promise<void> {
  for (let pass = 0; pass < COLLECTIONS; pass += 1) await globalThis.gc?.({ type: 'major', execution: 'async' });
}

async function beginProfile(): Promise<void> {
  session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.start');
}

async function endProfile(): Promise<string[]> {
  if (session === null) return [];
  const { profile } = await session.post('Profiler.stop');
  session.disconnect();
  return selfTimes(profile);
}

function usage(): Usage {
  const { user, system } = process.cpuUsage();
  const { rss, heapUsed, external } = process.memoryUsage();
  return { cpuMs: (user + system) / 1_000, rssBytes: rss, heapBytes: heapUsed + external };
}
