import { makeEpub } from '#tests/support/make-epub.ts';
import { hasNoBarrier } from '#tests/support/no-barrier.ts';
import { block, expect, type Person, test } from '#tests/support/reading-room.ts';

const filler = '<p>The keeper went down to the water and counted the boats again.</p>'.repeat(40);
const book = makeEpub({
  texts: {
    'one.xhtml': `<h1>The Harbour</h1><p>There was a Café at the harbour.</p>${filler}<p>Nobody sat in the “old café” at night.</p>${filler}`,
    'two.xhtml': `<h1>The Storm</h1>${filler}<p>The storm took the roof of the CAFÉ.</p>${filler}`,
  },
  nav: '<li><a href="one.xhtml">The Harbour</a></li><li><a href="two.xhtml">The Storm</a></li>',
});

const panel = (person: Person) => person.page.getByRole('search', { name: 'Search the book' });
const field = (person: Person) => panel(person).getByRole('searchbox');
const says = (person: Person) => panel(person).getByRole('status');

/** The words that a highlight of the page paints, in the blocks in sight. */
const painted = (person: Person, name: 'hit' | 'hit-now') =>
  person.page.evaluate(
    (which) => Array.from(CSS.highlights.get(which) ?? [], (range) => (range as Range).toString()),
    name,
  );

test('RD75 `/` searches the whole book; Enter goes from hit to hit, into the next chapter and round', async ({
  scene,
}) => {
  const room = await scene.opensRoom({ file: book });
  await scene.opensChapter(room.host, room);
  const { page } = room.host;
  await page.keyboard.press('/');
  await expect(field(room.host)).toBeFocused();
  await page.keyboard.type('cafe');
  await expect(says(room.host)).toHaveText('3 places in 2 chapters');
  await expect(panel(room.host).getByRole('button', { name: 'Nobody sat in the “old café” at night.' })).toBeVisible();
  await expect.poll(() => painted(room.host, 'hit')).toEqual(['Café']);

  await page.keyboard.press('Enter');
  await expect(says(room.host)).toHaveText('1 of 3 in 2 chapters');
  await expect.poll(() => painted(room.host, 'hit-now')).toEqual(['Café']);
  await page.keyboard.press('Enter');
  await expect(block(room.host, 43)).toBeInViewport();
  await expect.poll(() => painted(room.host, 'hit-now')).toEqual(['café']);
  await page.keyboard.press('Enter');
  await page.waitForURL(`**${room.readPath(1)}#at=*`);
  await expect(page.getByRole('article').getByText('The storm took the roof')).toBeInViewport();
  await expect(says(room.host)).toHaveText('3 of 3 in 2 chapters');
  await expect.poll(() => painted(room.host, 'hit-now')).toEqual(['CAFÉ']);
  await expect(field(room.host)).toBeFocused();
  await page.keyboard.press('Shift+Enter');
  await page.waitForURL(`**${room.readPath(0)}#at=*`);
  await expect(block(room.host, 43)).toBeInViewport();

  await page.keyboard.press('Escape');
  await expect(panel(room.host)).toBeHidden();
  expect(await page.evaluate(() => CSS.highlights.has('hit') || CSS.highlights.has('hit-now'))).toBe(false);
});

test('RD75 the first hit is the next one from where one reads', async ({ scene }) => {
  const room = await scene.opensRoom({ file: book });
  await scene.opensChapter(room.host, room);
  const { page } = room.host;
  await block(room.host, 30).evaluate((element) => element.scrollIntoView({ block: 'start' }));
  await page.getByRole('button', { name: 'Search the book' }).click();
  await page.keyboard.type('cafe');
  await expect(says(room.host)).toHaveText('3 places in 2 chapters');
  await page.keyboard.press('Enter');
  await expect(says(room.host)).toHaveText('2 of 3 in 2 chapters');
});

test('RD76 what is not there is said in words, and a refusal in its own', async ({ scene }) => {
  const room = await scene.opensRoom({ file: book });
  await scene.opensChapter(room.host, room);
  const { page } = room.host;
  await page.keyboard.press('/');
  await page.keyboard.type('lighthouse');
  await expect(says(room.host)).toHaveText('“lighthouse” is not in this book.');
  await page.route('**/search?*', (route) =>
    route.fulfill({ status: 429, json: { ok: false, code: 'too-fast', message: 'That was a lot at once.' } }),
  );
  await page.keyboard.type('s');
  await expect(says(room.host)).toHaveText('That was a lot at once.');
});

test('RD76 a search that takes long says that it goes on', async ({ scene }) => {
  const room = await scene.opensRoom({ file: book });
  await scene.opensChapter(room.host, room);
  const { page } = room.host;
  const { promise: held, resolve: answer } = Promise.withResolvers<void>();
  await page.route('**/search?*', async (route) => {
    await held;
    await route.continue();
  });
  await page.keyboard.press('/');
  await page.keyboard.type('cafe');
  await expect(says(room.host)).toHaveText('Searching the book…');
  answer();
  await expect(says(room.host)).toHaveText('3 places in 2 chapters');
});

test('RD77 on a phone the search is a sheet under the text, from the menu; a tap goes to the place', async ({
  scene,
}) => {
  const room = await scene.opensRoom({
    file: book,
    context: { viewport: { width: 390, height: 844 }, hasTouch: true },
  });
  await scene.opensChapter(room.host, room);
  const { page } = room.host;
  await page.getByRole('button', { name: 'Menu' }).tap();
  await page.getByRole('menuitem', { name: 'Search the book' }).tap();
  await field(room.host).fill('old café');
  await panel(room.host).getByRole('button', { name: 'Nobody sat in' }).tap();
  await expect(block(room.host, 43)).toBeInViewport();
  const sheet = await panel(room.host).boundingBox();
  const words = await block(room.host, 43).boundingBox();
  expect(words?.y).toBeLessThan(sheet?.y ?? 0);
});

test('RD78 axe finds nothing on a page with the search open, on desktop and phone', async ({ scene }) => {
  const room = await scene.opensRoom({ file: book });
  await scene.opensChapter(room.host, room);
  const { page } = room.host;
  await page.keyboard.press('/');
  await page.keyboard.type('cafe');
  await expect(says(room.host)).toHaveText('3 places in 2 chapters');
  await page.keyboard.press('Enter');
  await hasNoBarrier(page);
  await page.setViewportSize({ width: 390, height: 844 });
  await hasNoBarrier(page);
});
