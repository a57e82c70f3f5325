import { setTimeout as pause } from 'node:timers/promises';
import { runImport } from '#server/importers/run-import.ts';
import { bigBook } from './big-book.ts';

const ROUNDS = 5;
const say = (text: string): void => void process.stdout.write(`${text}\n`);
const megabytes = (bytes: number): string => (bytes / 1_000_000).toFixed(0);

const bytes = bigBook();
const before = process.memoryUsage.rss();
const times: number[] = [];
let result = '';
for (let round = 0; round < ROUNDS; round += 1) {
  const began = performance.now();
  const outcome = await runImport({ bytes, hint: null, titleHint: null }).done;
  times.push(performance.now() - began);
  if (!outcome.ok) throw new Error(outcome.message);
  const { chapters } = outcome.book;
  const blocks = chapters.flatMap((chapter) => chapter.blocks);
  const characters = blocks.reduce((sum, { text }) => sum + text.length, 0);
  result = `${chapters.length} chapters, ${blocks.length} blocks, ${characters} characters`;
  // The worker of this round is gone before the next one comes.
  await pause(500);
}
times.sort((a, b) => a - b);
const seconds = times.map((ms) => (ms / 1_000).toFixed(2));
const peak = process.resourceUsage().maxRSS * 1_024;
say(`EPUB of ${megabytes(bytes.length)} MB: ${result}`);
say(`seconds, from bytes to book: median ${seconds[Math.floor(ROUNDS / 2)]} (${seconds[0]} to ${seconds.at(-1)})`);
say(`memory of the process: ${megabytes(before)} MB before, ${megabytes(peak)} MB at most`);
