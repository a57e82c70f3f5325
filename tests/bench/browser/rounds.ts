import { cp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { furnish } from '../furnish.ts';
import type { Measure } from '../scene.ts';
import { ServerUnderTest } from '../server-under-test.ts';
import { type BrowserScene, playChapter } from './chapter.ts';

/** Each round has a server, a copy of the house and a browser of its own. */
export async function playBrowser(
  folder: string,
  scene: BrowserScene,
  rounds: number,
  quick: boolean,
): Promise<Measure[][]> {
  const template = join(folder, 'browser');
  const [room] = await furnish(template, scene.needs(quick));
  if (!room) throw new Error('the house is empty');
  const played: Measure[][] = [];
  for (let round = 0; round < rounds; round += 1) {
    const dataDir = join(folder, 'browser-run');
    await cp(template, dataDir, { recursive: true });
    const server = await ServerUnderTest.start('lectern', dataDir);
    const executablePath = process.env.LECTERN_CHROMIUM;
    const browser = await chromium.launch({
      ...(executablePath === undefined ? {} : { executablePath }),
      // Chromium's sandbox cannot run as root, and /dev/shm is small in containers.
      args: ['--disable-dev-shm-usage', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
    });
    try {
      played.push(await playChapter(browser, { port: server.port, room, viewport: scene.viewport, quick }));
    } finally {
      await browser.close();
      await server.stop();
      await rm(dataDir, { recursive: true, force: true });
    }
  }
  await rm(template, { recursive: true, force: true });
  return played;
}
