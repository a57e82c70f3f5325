import { gzipSync } from 'node:zlib';
import type { Page } from '@playwright/test';
import { expect, type OpenRoom, test } from '#tests/support/reading-room.ts';
import { isAwake } from '#tests/support/opens.ts';

/** The target of the reading page, which it keeps with gzip too; `docs/benchmarks.md` has what is fetched after that. */
const FIRST_LOAD_MAX_BYTES = 200_000;

/** The scripts in the HTML of a page. */
function namedBy(html: string): Set<string> {
  const named = new Set(html.match(/\/_next\/static\/chunks\/[\w.~-]+\.js/gu));
  // Only there for browsers that know no modules; the others do not fetch it.
  for (const [, old = ''] of html.matchAll(/<script src="([^"]+)"[^>]* noModule/gu)) named.delete(old);
  return named;
}

/** Opens the chapter with the scripts that the page names; whatever it fetches after them is held back until `release`. */
async function opensWithoutTheRest(room: OpenRoom): Promise<{ page: Page; release: () => void }> {
  const { page, context } = room.host;
  const named = namedBy(await (await context.request.get(room.readPath())).text());
  const held = Promise.withResolvers<void>();
  await page.route('**/_next/static/chunks/*.js', async (route) => {
    if (!named.has(new URL(route.request().url()).pathname)) await held.promise;
    await route.continue();
  });
  // What is held back may hold back the page's load event.
  await page.goto(room.readPath(), { waitUntil: 'commit' });
  await isAwake(page);
  return { page, release: () => held.resolve() };
}

test('OP90 the scripts that the reading page names are within their bound, compressed, and kept for good', async ({
  scene,
}) => {
  const room = await scene.opensRoom();
  const { request } = room.host.context;
  const named = namedBy(await (await request.get(room.readPath())).text());
  expect(named.size).toBeGreaterThan(5);

  let bytes = 0;
  for (const path of named) {
    const response = await request.get(path);
    const body = await response.body();
    bytes += gzipSync(body).length;
    expect(response.headers()['cache-control']).toContain('immutable');
    // Below a kilobyte compressing is not worth its header.
    if (body.length > 1_024) expect(response.headers()['content-encoding']).toBe('br');
  }
  expect(bytes).toBeLessThan(FIRST_LOAD_MAX_BYTES);
});

test('OP91 what is pressed before its code has come opens when it comes', async ({ scene }) => {
  const { page, release } = await opensWithoutTheRest(await scene.opensRoom());
  const here = page.getByRole('button', { name: /Who is here/u }).first();
  await here.click();
  await expect(here).toHaveAttribute('aria-busy', 'true');
  await expect(page.getByRole('dialog', { name: 'Who is here' })).toHaveCount(0);
  release();
  await expect(page.getByRole('dialog', { name: 'Who is here' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog', { name: 'Who is here' })).toHaveCount(0);
  await expect(here).toBeFocused();
});

test('OP91 sheets and the bar of a selection come late, and what was asked for is not forgotten', async ({ scene }) => {
  const { page, release } = await opensWithoutTheRest(await scene.opensRoom());
  await page.keyboard.press('s');
  await page.getByRole('button', { name: 'The page: text and theme' }).click();
  await expect(page.getByText('Opening…')).toBeVisible();
  await expect(page.getByRole('toolbar', { name: 'Selection' })).toHaveCount(0);
  release();
  await expect(page.getByRole('dialog', { name: 'The page' })).toBeVisible();
  await expect(page.getByText('Opening…')).toHaveCount(0);
  await expect(page.getByRole('toolbar', { name: 'Selection' })).toBeVisible();
});

for (const { what, keys, role, name } of [
  { what: 'a note', keys: ['s', 'n'], role: 'textbox', name: 'Your note' },
  { what: 'the search', keys: ['/'], role: 'searchbox', name: 'Search the book' },
] as const) {
  test(`OP95 what is typed into the field of ${what} before its code has come stands in it when it comes`, async ({
    scene,
  }) => {
    const { page, release } = await opensWithoutTheRest(await scene.opensRoom());
    for (const key of keys) await page.keyboard.press(key);
    // Most of these letters would be commands of the page.
    await page.keyboard.type('such jokk');
    await page.keyboard.press('Backspace');
    await page.keyboard.type('es');
    await expect(page.getByRole(role, { name })).toHaveCount(0);
    release();
    await expect(page.getByRole(role, { name })).toHaveValue('such jokes');
    await expect(page.getByRole('dialog')).toHaveCount(0);
  });
}
