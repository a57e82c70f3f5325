import { block, expect, mark, type Person, selects, test } from '#tests/support/reading-room.ts';
import { hasNoBarrier } from '#tests/support/no-barrier.ts';

const paragraphs = Array.from({ length: 60 }, (_, index) => {
  const number = index + 1;
  return `Paragraph ${number} says that the lamp was lit at ${number} o’clock. It adds that nobody came before morning, and that the frost had drawn ferns on the panes.`;
});
const long = paragraphs.join('\n\n');
const twoChapters = `# The Lock\n\n## Chapter One\n\n${paragraphs.slice(0, 30).join('\n\n')}\n\n## Chapter Two\n\n${paragraphs.slice(30).join('\n\n')}`;

/** How far down the screen a block begins, in pixels. */
const topOf = (person: Person, number: number) =>
  block(person, number).evaluate((element) => element.getBoundingClientRect().top);
const progress = (person: Person) => person.page.getByRole('progressbar', { name: 'Read of this chapter' });

test('RD10 the text is on the page, whole and in order, before any script', async ({ scene }) => {
  const room = await scene.opensRoom({ text: long, context: { javaScriptEnabled: false } });
  await room.host.page.goto(room.readPath());
  await expect(room.host.page.locator('.prose p')).toHaveText(paragraphs);
});

test('RD11 who is not in the room meets a closed door, and an unknown chapter is not found', async ({
  scene,
  browser,
  baseURL,
}) => {
  const room = await scene.opensRoom();
  const stranger = await browser.newContext(baseURL === undefined ? {} : { baseURL });
  const page = await stranger.newPage();
  await page.goto(room.readPath());
  await expect(page.getByRole('heading', { name: 'This browser is not in the room' })).toBeVisible();
  await stranger.close();
  const missing = await room.host.page.goto(`/rooms/${room.id}/read/00000000000000000000`);
  expect(missing?.status()).toBe(404);
});

test('RD12 the place is kept, and found again on the next visit', async ({ scene }) => {
  const room = await scene.opensRoom({ text: long });
  await scene.opensChapter(room.host, room);
  const { page } = room.host;
  await block(room.host, 30).evaluate((element) => scrollTo(0, element.getBoundingClientRect().top + scrollY - 72));
  await expect(progress(room.host)).not.toHaveAttribute('aria-valuenow', '0');
  const kept = async () => {
    const answer = await page.request.get(`/api/rooms/${room.id}`);
    return JSON.stringify(await answer.json());
  };
  await expect.poll(kept).toContain('"b30"');
  await page.goto(`/rooms/${room.id}`);
  await scene.opensChapter(room.host, room);
  await expect(page.getByText('You were here')).toBeAttached();
  await expect.poll(() => topOf(room.host, 30)).toBeLessThan(120);
  expect(await topOf(room.host, 30)).toBeGreaterThan(-40);
});

test('RD13 how the page is set takes effect at once and is there after a reload, from the server on', async ({
  scene,
}) => {
  const room = await scene.opensRoom();
  await scene.opensChapter(room.host, room);
  const { page } = room.host;
  const size = () => page.locator('.prose').evaluate((element) => parseFloat(getComputedStyle(element).fontSize));
  const before = await size();
  await page.getByRole('button', { name: /^The page/u }).click();
  const sheet = page.getByRole('dialog', { name: 'The page' });
  await sheet.getByRole('radio', { name: 'Vellum' }).click();
  await sheet.getByRole('slider', { name: 'Size' }).press('ArrowRight');
  await sheet.getByRole('radio', { name: 'Space' }).check();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'sepia');
  expect(await size()).toBeGreaterThan(before);
  await page.keyboard.press('Escape');
  await expect(sheet).toBeHidden();
  const html = await (await page.request.get(room.readPath())).text();
  expect(html).toMatch(/<html[^>]*data-theme="sepia"[^>]*data-size="1"/u);
  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('data-paragraphs', 'space');
  expect(await size()).toBeGreaterThan(before);
});

test('RD13 the sentence at the reading line stays while the type grows', async ({ scene }) => {
  const room = await scene.opensRoom({ text: long });
  await scene.opensChapter(room.host, room);
  const { page } = room.host;
  await block(room.host, 30).evaluate((element) =>
    scrollTo(0, element.getBoundingClientRect().top + scrollY - innerHeight / 3),
  );
  await expect(progress(room.host)).not.toHaveAttribute('aria-valuenow', '0');
  await page.getByRole('button', { name: /^The page/u }).click();
  const slider = page.getByRole('slider', { name: 'Size' });
  for (let step = 0; step < 4; step += 1) await slider.press('ArrowRight');
  await expect.poll(() => topOf(room.host, 30)).toBeLessThan(500);
  expect(await topOf(room.host, 30)).toBeGreaterThan(60);
});

test('RD14 chapters lead on and back, and the contents say where one is', async ({ scene }) => {
  const room = await scene.opensRoom({ text: twoChapters });
  expect(room.chapters.length).toBeGreaterThan(1);
  await scene.opensChapter(room.host, room, room.chapters.length - 2);
  const { page } = room.host;
  await page.locator('a[rel="next"]').click();
  await expect(page).toHaveURL(room.readPath(room.chapters.length - 1));
  await expect(page.locator('a[rel="prev"]')).toBeVisible();
  await page.getByRole('button', { name: 'Contents' }).click();
  const contents = page.getByRole('dialog');
  await expect(contents.locator('[aria-current="page"]')).toHaveCount(1);
  await contents
    .getByRole('link')
    .nth(room.chapters.length - 2)
    .click();
  await expect(page).toHaveURL(room.readPath(room.chapters.length - 2));
});

test('RD15 what others wrote since the last visit is counted, and one key goes to it', async ({ scene }) => {
  const room = await scene.opensRoom({ text: long });
  const reader = await scene.reads(room, 'Tobias');
  await expect(progress(reader)).toBeVisible();
  await scene.opensChapter(room.host, room);
  await selects(room.host, 'lit at 50 o’clock');
  await room.host.page.getByRole('button', { name: /Woad/u }).click();
  await expect(reader.page.getByRole('button', { name: /^1 new/u })).toBeAttached();
  await expect(reader.page.getByRole('status').filter({ hasText: '1 new note in this chapter' })).toBeAttached();
  await reader.page.keyboard.press('u');
  await expect(mark(reader, 'lit at 50 o’clock')).toBeInViewport();
  await expect(reader.page.getByRole('button', { name: 'Nothing new' })).toBeAttached();
});

test('RD16 the tools recede while one reads and a key brings them back', async ({ scene }) => {
  const room = await scene.opensRoom({ text: long });
  await scene.opensChapter(room.host, room);
  const { page } = room.host;
  const reading = page.locator('.reading');
  await page.mouse.move(600, 450);
  await page.mouse.wheel(0, 600);
  await expect(reading).toHaveAttribute('data-receded', '');
  await page.keyboard.press('Shift');
  await expect(reading).not.toHaveAttribute('data-receded', '');
});

test('RD16 on a phone, a tap where the receded lectern stood does not start a session', async ({ scene }) => {
  const room = await scene.opensRoom({ text: long });
  await scene.opensChapter(room.host, room);
  const { page } = room.host;
  await page.setViewportSize({ width: 390, height: 844 });
  const lectern = page.getByRole('button', { name: 'Take the lectern' });
  const takesTaps = () =>
    lectern.evaluate((button) => {
      const { left, top, width, height } = button.getBoundingClientRect();
      return button.contains(document.elementFromPoint(left + width / 2, top + height / 2));
    });
  await page.keyboard.press('Shift');
  await expect.poll(takesTaps).toBe(true);
  await page.mouse.move(200, 450);
  await page.mouse.wheel(0, 600);
  await expect(page.locator('.reading')).toHaveAttribute('data-receded', '');
  await expect.poll(takesTaps).toBe(false);
});

test('RD17 axe finds nothing on the page, with marks, an open thread, the settings or the keys', async ({ scene }) => {
  const room = await scene.opensRoom();
  await scene.opensChapter(room.host, room);
  const { page } = room.host;
  await selects(room.host, 'counted the boats again');
  await page.getByRole('button', { name: /Saffron/u }).click();
  await mark(room.host, 'counted the boats again').first().click();
  await page.keyboard.press('Shift');
  await hasNoBarrier(page);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: /^The page/u }).click();
  await hasNoBarrier(page);
  await page.keyboard.press('Escape');
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible();
  await hasNoBarrier(page);
});
