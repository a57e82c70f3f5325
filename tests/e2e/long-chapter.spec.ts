import { block, expect, mark, type Person, type Scene, test } from '#tests/support/reading-room.ts';

const PARAGRAPHS = 600;
const text = Array.from(
  { length: PARAGRAPHS },
  (_, index) =>
    `Paragraph ${index + 1} begins here. ${'The keeper counted the lamps along the water again. '.repeat(1 + (index % 7))}It ends at ${index + 1}.`,
).join('\n\n');

const prose = (person: Person) => person.page.locator('.prose');
const skips = (person: Person) => expect(prose(person)).toHaveAttribute('data-skips', '');
const scrolled = (person: Person) => person.page.evaluate(() => scrollY);

/** Where every block stands on the page, and how high it is. */
const geometry = (person: Person): Promise<number[][]> =>
  prose(person).evaluate((root) =>
    Array.from(root.querySelectorAll('[data-b]'), (element) => {
      const { top, height } = element.getBoundingClientRect();
      return [top + scrollY, height];
    }),
  );

const opens = async (scene: Scene) => {
  const room = await scene.opensRoom({ text });
  await scene.opensChapter(room.host, room);
  await skips(room.host);
  return room;
};

/** How far the block's top is from the reading line, in px. */
const atReadingLine = (person: Person, number: number) =>
  block(person, number).evaluate((element) => {
    const head = document.querySelector<HTMLElement>('.head')?.offsetHeight ?? 0;
    return Math.round(element.getBoundingClientRect().top - head - (innerHeight - head) / 3);
  });

test('RD80 what is out of sight is skipped, and every block stands where it would stand', async ({ scene }) => {
  const { host } = await opens(scene);
  const isSkipped = (number: number) =>
    block(host, number).evaluate((element) => !element.checkVisibility({ contentVisibilityAuto: true }));
  await expect.poll(() => isSkipped(500)).toBe(true);
  expect(await isSkipped(2)).toBe(false);
  const skipping = await geometry(host);
  await prose(host).evaluate((root) => delete root.dataset['skips']);
  expect(skipping).toEqual(await geometry(host));
});

test('RD80 with other type, and in a narrower window, it is measured anew', async ({ scene }) => {
  const { host } = await opens(scene);
  await host.page.keyboard.press('+');
  await host.page.setViewportSize({ width: 820, height: 900 });
  await expect
    .poll(async () => {
      const skipping = await geometry(host);
      await prose(host).evaluate((root) => delete root.dataset['skips']);
      const whole = await geometry(host);
      await prose(host).evaluate((root) => (root.dataset['skips'] = ''));
      return skipping.every(([top], index) => top === whole[index]?.[0]);
    })
    .toBe(true);
});

test('RD81 the browser’s own search, print and assistive technology have all of it', async ({ scene }) => {
  const { host } = await opens(scene);
  const last = block(host, PARAGRAPHS);
  await expect(host.page.getByRole('article')).toContainText(`It ends at ${PARAGRAPHS}.`);
  const found = await host.page.evaluate(
    (words) => (window as unknown as { find: (words: string) => boolean }).find(words),
    `It ends at ${PARAGRAPHS}.`,
  );
  expect(found).toBe(true);
  await expect(last).toBeInViewport();
  await host.page.evaluate(() => scrollTo({ top: 0 }));
  await host.page.emulateMedia({ media: 'print' });
  expect(await last.evaluate((element) => element.checkVisibility({ contentVisibilityAuto: true }))).toBe(true);
});

test('RD82 links, the kept place and the lectern lead to the very line', async ({ scene }) => {
  const room = await opens(scene);
  const { host } = room;
  const reader = await scene.reads(room, 'Tobias');
  await skips(reader);
  await reader.page.goto(`${room.readPath()}#at=b450.0-b450.9`);
  await expect.poll(async () => Math.abs(await atReadingLine(reader, 450))).toBeLessThan(12);
  await skips(reader);
  expect(Math.abs(await atReadingLine(reader, 450))).toBeLessThan(12);

  const where = await block(reader, 450).evaluate((element) => element.getBoundingClientRect().top);
  await reader.page.goto(`/rooms/${room.id}`);
  await scene.opensChapter(reader, room);
  await skips(reader);
  await expect(reader.page.getByText('You were here')).toBeAttached();
  const first = await reader.page.evaluate(() => {
    const head = document.querySelector<HTMLElement>('.head')?.offsetHeight ?? 0;
    const lines = [...document.querySelectorAll('.prose [data-b]')];
    return lines.find((line) => line.getBoundingClientRect().bottom > head + 16)?.id;
  });
  expect(Number(first?.slice(1))).toBeGreaterThan(440);
  expect(Number(first?.slice(1))).toBeLessThanOrEqual(450);
  expect(where).toBeGreaterThan(0);

  await reader.page.evaluate(() => scrollTo({ top: 0, behavior: 'instant' }));
  await host.page.getByRole('button', { name: 'Take the lectern' }).click();
  await block(host, 300).evaluate((element) => element.scrollIntoView({ block: 'center' }));
  await expect(block(reader, 300)).toBeInViewport();
});

test('RD83 nothing moves while one scrolls from end to end, and marks arrive in what is skipped', async ({ scene }) => {
  const room = await opens(scene);
  const { host } = room;
  const reader = await scene.reads(room, 'Tobias');
  await skips(reader);
  await block(host, 400).evaluate((element) => element.scrollIntoView({ block: 'center' }));
  await block(host, 400).evaluate((element) => {
    const words = element.querySelector('[data-o]')?.firstChild;
    if (words) getSelection()?.setBaseAndExtent(words, 0, words, 13);
  });
  await host.page.getByRole('toolbar', { name: 'Selection' }).getByRole('button', { name: /Woad/u }).click();
  await expect(mark(reader, 'Paragraph 400')).toHaveCount(1);
  const before = await geometry(reader);
  const height = await reader.page.evaluate(() => document.documentElement.scrollHeight);
  await reader.page.mouse.move(600, 400);
  for (let at = await scrolled(reader), last = -1; at !== last;) {
    last = at;
    await reader.page.mouse.wheel(0, 5_000);
    await reader.page.evaluate(
      () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
    );
    at = await scrolled(reader);
  }
  await expect(block(reader, PARAGRAPHS)).toBeInViewport();
  expect(await reader.page.evaluate(() => document.documentElement.scrollHeight)).toBe(height);
  expect(await geometry(reader)).toEqual(before);
});
