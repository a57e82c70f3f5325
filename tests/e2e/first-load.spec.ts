import { gzipSync } from 'node:zlib';
import { expect, test } from '#tests/support/reading-room.ts';
import { isAwake } from '#tests/support/opens.ts';

/** The target of the reading page, which it keeps with gzip too; `docs/benchmarks.md` has what is fetched after that. */
const FIRST_LOAD_MAX_BYTES = 200_000;

test('OP90 the scripts that the reading page names are within their bound, compressed, and kept for good', async ({
  scene,
}) => {
  const room = await scene.opensRoom();
  const { request } = room.host.context;
  const html = await (await request.get(room.readPath())).text();
  const named = new Set(html.match(/\/_next\/static\/chunks\/[\w.~-]+\.js/gu));
  // Only there for browsers that know no modules; the others do not fetch it.
  for (const [, old = ''] of html.matchAll(/<script src="([^"]+)"[^>]* noModule/gu)) named.delete(old);
  expect(named.size).toBeGreaterThan(5);

  let bytes = 0;
  for (const path of named) {
    const response = await request.get(path);
    const body = await response.body();
    bytes += gzipSync(body).length;
    expect(response.headers()['cache-control']).toContain('immutable');
    // Below a kilobyte compressing is not worth its header.
    if (body.length > 1_024) expect(response.headers()['content-encoding']).toBe('gzip');
  }
  expect(bytes).toBeLessThan(FIRST_LOAD_MAX_BYTES);
});

test('OP91 what is pressed before its code has come opens when it comes', async ({ scene }) => {
  const room = await scene.opensRoom();
  const { page } = room.host;
  const held = Promise.withResolvers<void>();
  const isWoken = Promise.withResolvers<void>();
  let waits = false;
  await page.route('**/_next/static/chunks/*.js', async (route) => {
    if (waits) await held.promise;
    await route.continue();
  });
  // What comes at rest is held back from the moment on at which the page hears presses.
  await page.exposeFunction('pageIsAwake', () => {
    waits = true;
    isWoken.resolve();
  });
  await page.addInitScript(() => {
    window.requestIdleCallback = (callback) => {
      const whenAwake = async () => {
        while (document.documentElement.dataset['awake'] === undefined) {
          await new Promise((resolve) => requestAnimationFrame(resolve));
        }
        await (window as unknown as { pageIsAwake: () => Promise<void> }).pageIsAwake();
        callback({ didTimeout: false, timeRemaining: () => 0 });
      };
      void whenAwake();
      return 0;
    };
  });
  await page.goto(room.readPath());
  await isAwake(page);
  await isWoken.promise;

  const here = page.getByRole('button', { name: /Who is here/u }).first();
  await here.click();
  await expect(here).toHaveAttribute('aria-busy', 'true');
  await expect(page.getByRole('dialog', { name: 'Who is here' })).toHaveCount(0);
  held.resolve();
  await expect(page.getByRole('dialog', { name: 'Who is here' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog', { name: 'Who is here' })).toHaveCount(0);
  await expect(here).toBeFocused();
});
