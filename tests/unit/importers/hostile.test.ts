import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, describe, expect, it } from 'vitest';
import { runImport } from '#server/importers/run-import.ts';
import { hostileFiles } from '#tests/support/hostile/corpus.ts';

/** A server that nobody may call. */
const calls: string[] = [];
const trap = createServer((_request, response) => response.end());
trap.on('connection', () => calls.push('a connection'));
trap.listen(0, '127.0.0.1');
await once(trap, 'listening');
afterAll(() => trap.close());

const files = await hostileFiles(`http://127.0.0.1:${(trap.address() as AddressInfo).port}`);
/** Files in which the good text is not whole. */
const without = new Set(['text-marks', 'fb2-cut']);

describe('files that were made to harm', () => {
  it.each(files)('IM178 $name: $what ends as $outcome', { timeout: 90_000 }, async ({ name, outcome, bytes }) => {
    const ended = await runImport({ bytes, hint: null, titleHint: null }).done;
    expect(ended.ok ? ended.format : ended.code).toBe(outcome);
    expect(ended.ok ? 'It is read.' : ended.message).toMatch(/^[A-Z].*\.$/su);
    const text = JSON.stringify(ended);
    expect(text).not.toMatch(/root:|javascript:|alert\(|onerror|onload|<script/u);
    expect(text.includes('The good text') || !ended.ok || without.has(name)).toBe(true);
    expect(calls).toEqual([]);
  });

  it('IM179 each of them stands with its outcome in docs/importing.md', async () => {
    const page = await readFile(new URL('../../../docs/importing.md', import.meta.url), 'utf8');
    const rows = page.split('\n').map((line) => line.split('|').map((cell) => cell.trim().replaceAll('`', '')));
    for (const { name, what, outcome } of files) {
      expect(rows).toContainEqual(['', name, what.replaceAll('`', ''), outcome, '']);
    }
  });
});
