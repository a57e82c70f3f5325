import { closeSync, fdatasyncSync, openSync, rmSync, writeSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { browserScenes } from './browser/chapter.ts';
import { playBrowser } from './browser/rounds.ts';
import { furnish } from './furnish.ts';
import { readOptions } from './options.ts';
import { play } from './play.ts';
import { scenes } from './scenes/scenes.ts';
import { contestants } from './server-under-test.ts';
import { browserTable, type Rounds, sceneTable } from './table.ts';

/** On the disk of the project: a folder in memory would make every commit look free. */
const benchDir = new URL('../../test-results/bench/', import.meta.url).pathname;
const SYNCS = 100;

const options = readOptions(process.argv.slice(2));
const say = (sentence: string): void => void process.stderr.write(`bench: ${sentence}\n`);
const endSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

await mkdir(benchDir, { recursive: true });
const folder = await mkdtemp(join(benchDir, 'house-'));
// Servers and generators do not outlive this process; the folder would.
for (const signal of endSignals) {
  process.once(signal, () => {
    rmSync(folder, { recursive: true, force: true });
    process.exit(1);
  });
}
try {
  process.stdout.write(`${machine()}\n\n`);
  for (const scene of scenes.filter(({ name }) => options.scenes.includes(name))) {
    say(`${scene.title}: furnishing …`);
    const template = join(folder, scene.name);
    const house = await furnish(template, scene.needs(options.quick));
    const rounds: Rounds = {};
    for (let round = 1; round <= options.rounds; round += 1) {
      for (const contestant of contestants.filter((one) => scene.contestants.includes(one))) {
        say(`${scene.name}, round ${round} of ${options.rounds}: ${contestant} …`);
        const profile = options.profile && contestant === 'lectern';
        const outcome = await play(scene, contestant, { template, house }, { quick: options.quick, profile, folder });
        (rounds[contestant] ??= []).push(outcome);
        for (const line of outcome.functions) say(line);
      }
    }
    process.stdout.write(`${sceneTable(scene.title, rounds)}\n`);
    await rm(template, { recursive: true, force: true });
  }
  for (const scene of options.browser ? browserScenes : []) {
    say(`${scene.title} …`);
    const rounds = await playBrowser(folder, scene, options.rounds, options.quick);
    process.stdout.write(`${browserTable(scene.title, rounds)}\n`);
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}
process.exit(0);

/** What figures depend on, in one line. */
function machine(): string {
  const [cpu] = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  return (
    `${cpus().length} × ${cpu?.model.trim()}, ${memory} GB, ${process.platform} ${process.arch}, ` +
    `Node ${process.versions.node}, ${syncsPerSecond()} synced writes a second, ${new Date().toISOString().slice(0, 10)}`
  );
}

/** How often a second the disk can promise that something was written: what bounds unbundled commits. */
function syncsPerSecond(): number {
  const file = openSync(join(folder, 'sync'), 'w');
  const page = Buffer.alloc(4_096, 1);
  const start = performance.now();
  for (let count = 0; count < SYNCS; count += 1) {
    writeSync(file, page);
    fdatasyncSync(file);
  }
  closeSync(file);
  return Math.round((SYNCS / (performance.now() - start)) * 1_000);
}
