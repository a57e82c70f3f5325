import { readEnv } from '#server/env.ts';
import type { Env } from '#server/env.ts';
import { StoreUnusableError } from '#server/storage/store-unusable-error.ts';

const PROGRESS_EVERY_MS = 1_000;

export const say = (sentence: string): void => {
  process.stderr.write(`lectern: ${sentence}\n`);
};

/** What a command of the operator gets. */
export interface CommandParts {
  env: Env;
  /** The file named on the command line. */
  path: string;
  /** Aborted when the command is told to end. */
  signal: AbortSignal;
  /** Says how far it is, once a second. */
  onProgress: (done: number) => void;
}

/** Runs a command that takes one file: failures that are to be expected are a sentence, and the exit code is 1. */
export async function runCommand(usage: string, command: (parts: CommandParts) => Promise<void>): Promise<void> {
  // Links that let one in and notes that nobody else may read: what is written here is for its owner alone.
  process.umask(0o077);
  const [path, ...more] = process.argv.slice(2);
  const read = readEnv(process.env);
  if (path === undefined || more.length > 0) return end(usage);
  if (!read.ok) return end(read.message);
  const ending = new AbortController();
  for (const event of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(event, () => ending.abort());
  try {
    await command({ env: read.env, path, signal: ending.signal, onProgress: sayNowAndThen() });
  } catch (error) {
    if (ending.signal.aborted) return end('ended before it was done; nothing was changed.');
    if (error instanceof StoreUnusableError) return end(error.message);
    throw error;
  }
}

function end(sentence: string): void {
  say(sentence);
  process.exitCode = 1;
}

function sayNowAndThen(): (done: number) => void {
  let saidAt = performance.now();
  return (done) => {
    if (performance.now() - saidAt < PROGRESS_EVERY_MS) return;
    saidAt = performance.now();
    say(`${Math.floor(done * 100)} % copied …`);
  };
}

const many = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`;

/** What a store holds, in words. */
export const inWords = ({ bytes, rooms, notes }: { bytes: number; rooms: number; notes: number }): string =>
  `${many(rooms, 'room')}, ${many(notes, 'note')}, ${(bytes / 1_000_000).toFixed(1)} MB`;
