import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { browserScenes, playChapter } from '#tests/bench/browser/chapter.ts';
import { furnish } from '#tests/bench/furnish.ts';
import { ServerUnderTest } from '#tests/bench/server-under-test.ts';
import { expect, test } from '@playwright/test';

for (const scene of browserScenes.slice(0, 2)) {
  test(`OP82 the bench opens a chapter, scrolls it, writes in it and sees what others write (${scene.viewport.width} px)`, async ({
    browser,
  }) => {
    const folder = await mkdtemp(join(tmpdir(), 'lectern-bench-page-'));
    const [room] = await furnish(folder, scene.needs(true));
    if (!room) throw new Error('the house is empty');
    const server = await ServerUnderTest.start('lectern', folder);
    try {
      const measures = await playChapter(browser, { port: server.port, room, viewport: scene.viewport, quick: true });
      expect(measures.filter(({ value }) => !Number.isFinite(value))).toEqual([]);
      expect(measures.find(({ name }) => name === 'remote notes watched')?.value).toBe(5);
    } finally {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    }
  });
}
