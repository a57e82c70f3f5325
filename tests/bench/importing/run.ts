import { readFile, readdir } from 'node:fs/promises';
import { runImport } from '#server/importers/run-import.ts';
import { bigBook } from './big-book.ts';

const ROUNDS = 5;
const LOOK_EACH_MS = 20;
const say = (text: string): void => void process.stdout.write(`${text}\n`);
const megabytes = (bytes: number): string => (bytes / 1_000_000).toFixed(0);

const bytes = bigBook();
let peak = 0;

/** Linux says of each process which it has started, and how much memory it has held at most (proc(5), `children`, `VmHWM`). */
async function lookAtWorkers(): Promise<void> {
  const threads = await readdir('/proc/self/task');
  for (const thread of threads) {
    const children = await readFile(`/proc/self/task/${thread}/children`, 'utf8').catch(() => '');
    for (const child of children.split(' ').filter((id) => id !== '')) {
      const status = await readFile(`/proc/${child}/status`, 'utf8').catch(() => '');
      const kilobytes = /^VmHWM:\s+(\d+)/mu.exec(status)?.[1] ?? '0';
      peak = Math.max(peak, Number(kilobytes) * 1_024);
    }
  }
}

const times: number[] = [];
let result = '';
for (let round = 0; round < ROUNDS; round += 1) {
  const began = performance.now();
  const watch = setInterval(() => void lookAtWorkers(), LOOK_EACH_MS);
  const outcome = await runImport({ bytes, hint: null, titleHint: null }).done;
  clearInterval(watch);
  times.push(performance.now() - began);
  if (!outcome.ok) throw new Error(outcome.message);
  const { chapters } = outcome.book;
  const blocks = chapters.flatMap((chapter) => chapter.blocks);
  const characters = blocks.reduce((sum, { text }) => sum + text.length, 0);
  result = `${chapters.length} chapters, ${blocks.length} blocks, ${characters} characters`;
}
times.sort((a, b) => a - b);
const seconds = times.map((ms) => (ms / 1_000).toFixed(2));
say(`EPUB of ${megabytes(bytes.length)} MB: ${result}`);
say(`seconds, from bytes to book: median ${seconds[Math.floor(ROUNDS / 2)]} (${seconds[0]} to ${seconds.at(-1)})`);
say(`memory of the worker's process: ${megabytes(peak)} MB at most`);
