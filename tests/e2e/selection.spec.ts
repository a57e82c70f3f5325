import { block, expect, mark, type Person, selects, test } from '#tests/support/reading-room.ts';

const bar = (person: Person) => person.page.getByRole('toolbar', { name: 'Selection' });
const selectedText = (person: Person) => person.page.evaluate(() => document.getSelection()?.toString() ?? '');

/** From the middle of one block to the middle of another, with the mouse. */
async function dragsAcross(person: Person, from: number, to: number): Promise<void> {
  const [start, end] = [await block(person, from).boundingBox(), await block(person, to).boundingBox()];
  if (start === null || end === null) throw new Error('the blocks are not on the page');
  await person.page.mouse.move(start.x + 120, start.y + start.height / 2);
  await person.page.mouse.down();
  await person.page.mouse.move(end.x + 160, end.y + end.height / 2, { steps: 6 });
  await person.page.mouse.up();
}

test('RD20 words marked with the mouse show on everyone’s page, with the ink’s own underline', async ({ scene }) => {
  const room = await scene.opensRoom();
  await scene.opensChapter(room.host, room);
  const reader = await scene.reads(room, 'Tobias');
  await selects(room.host, 'the colour of slate');
  await bar(room.host)
    .getByRole('button', { name: /Heather/u })
    .click();
  await expect(mark(reader, 'the colour of slate')).toHaveClass(/heather/u);
  const style = await mark(reader, 'the colour of slate').evaluate(
    (element) => getComputedStyle(element).textDecorationStyle,
  );
  expect(style).toBe('wavy');
  await expect(bar(room.host)).toBeHidden();
});

test('RD20 a passage over paragraphs is one annotation with a part in each', async ({ scene }) => {
  const room = await scene.opensRoom();
  await scene.opensChapter(room.host, room);
  const reader = await scene.reads(room, 'Tobias');
  await dragsAcross(room.host, 5, 6);
  await bar(room.host).getByRole('button', { name: /Clay/u }).click();
  const first = block(reader, 5).locator('mark');
  const second = block(reader, 6).locator('mark');
  await expect(first.first()).toBeVisible();
  await expect(second.first()).toBeVisible();
  expect(await first.first().getAttribute('data-notes')).toBe(await second.first().getAttribute('data-notes'));
});

test('RD20 words that fill more than the screen have their bar on it, between head and foot', async ({ scene }) => {
  const text = Array.from({ length: 30 }, (_, index) => `Paragraph ${index + 1}: the lamp, the lock, the frost.`);
  const room = await scene.opensRoom({ text: text.join('\n\n') });
  await scene.opensChapter(room.host, room);
  const { page } = room.host;
  await block(room.host, 15).scrollIntoViewIfNeeded();
  await page.evaluate(() => {
    const [first, last] = [document.querySelector('[data-b="b2"]'), document.querySelector('[data-b="b29"]')];
    if (first && last) document.getSelection()?.setBaseAndExtent(first, 0, last, last.childNodes.length);
  });
  const clay = bar(room.host).getByRole('button', { name: /Clay/u });
  await expect(clay).toBeInViewport();
  await clay.click();
  await expect(block(room.host, 15).locator('mark.clay')).toBeVisible();
});

test('RD20 a drag that ends on the running foot selects words of the text and nothing of the page around it', async ({
  scene,
}) => {
  const room = await scene.opensRoom();
  await scene.opensChapter(room.host, room);
  const { page } = room.host;
  const start = await block(room.host, 5).boundingBox();
  const foot = await page.locator('.foot .folio').boundingBox();
  if (start === null || foot === null) throw new Error('not on the page');
  await page.mouse.move(start.x + 120, start.y + start.height / 2);
  await page.mouse.down();
  await page.mouse.move(foot.x + 60, foot.y + foot.height / 2, { steps: 6 });
  await page.mouse.up();
  await bar(room.host).getByRole('button', { name: /Clay/u }).click();
  await expect(block(room.host, 5).locator('mark.clay').first()).toBeVisible();
  for (const around of ['.head', '.foot']) await expect(page.locator(around).first()).toHaveCSS('user-select', 'none');
});

test('RD21 by keyboard alone: to a paragraph, its sentence, longer, and into ink', async ({ scene }) => {
  const room = await scene.opensRoom();
  await scene.opensChapter(room.host, room);
  const reader = await scene.reads(room, 'Tobias');
  const { keyboard } = room.host.page;
  await keyboard.press('j');
  await keyboard.press('j');
  await keyboard.press('s');
  const sentence = await selectedText(room.host);
  expect(sentence).not.toBe('');
  await keyboard.press('ArrowRight');
  const longer = await selectedText(room.host);
  expect(longer.length).toBeGreaterThan(sentence.length);
  expect(longer.startsWith(sentence)).toBe(true);
  await keyboard.press('ArrowLeft');
  await keyboard.press('3');
  await expect(reader.page.locator('mark.woad').first()).toBeVisible();
  expect((await reader.page.locator('mark.woad').allTextContents()).join('')).toBe(sentence);
});

test('RD21 the bar is reached by Tab, moved through by arrows, and Esc gives the words back', async ({ scene }) => {
  const room = await scene.opensRoom();
  await scene.opensChapter(room.host, room);
  const { keyboard } = room.host.page;
  await keyboard.press('j');
  await keyboard.press('s');
  await expect(bar(room.host)).toBeVisible();
  await keyboard.press('Tab');
  await expect(bar(room.host).getByRole('button', { name: /Saffron/u })).toBeFocused();
  await keyboard.press('ArrowRight');
  await expect(bar(room.host).getByRole('button', { name: /Verdigris/u })).toBeFocused();
  await keyboard.press('Escape');
  await expect(bar(room.host)).toBeVisible();
  expect(await selectedText(room.host)).not.toBe('');
  await keyboard.press('Escape');
  await expect(bar(room.host)).toBeHidden();
});

test('RD21 letters are letters while one writes, and where the reader turned them off', async ({ scene }) => {
  const room = await scene.opensRoom();
  await scene.opensChapter(room.host, room);
  const { page } = room.host;
  await page.keyboard.press('j');
  await page.keyboard.press('s');
  await page.keyboard.press('n');
  await expect(page.getByRole('textbox').first()).toBeFocused();
  await page.keyboard.type('jshn?');
  await expect(page.getByRole('textbox').first()).toHaveValue('jshn?');
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('button', { name: /^The page/u }).click();
  await page.getByRole('switch', { name: 'Letter keys' }).click();
  await page.keyboard.press('Escape');
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keys' })).toBeHidden();
});

test('RD22 on a phone, what is selected gets the bar at the foot of the page', async ({ scene }) => {
  const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
  const room = await scene.opensRoom();
  const reader = await scene.reads(room, 'Tobias', 'reader', phone);
  const watcher = await scene.reads(room, 'Yusra');
  // The handles belong to the system, out of a script's reach; what they do to the page is this.
  await block(reader, 5).evaluate((element) => {
    const text = element.querySelector('[data-o]')?.firstChild;
    if (text instanceof Text) document.getSelection()?.setBaseAndExtent(text, 4, text, 30);
    element.dispatchEvent(new TouchEvent('touchend', { bubbles: true }));
  });
  const foot = reader.page.locator('.selsheet');
  await expect(foot).toBeVisible();
  const words = await selectedText(reader);
  expect(words.trim()).not.toBe('');
  await foot.getByRole('button', { name: /Verdigris/u }).tap();
  await expect(watcher.page.locator('mark.verdigris').first()).toHaveText(words.trim());
});

test('RD22 on a phone, a comment on what is selected is written in the sheet that takes the place of the bar', async ({
  scene,
}) => {
  const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
  const room = await scene.opensRoom();
  const reader = await scene.reads(room, 'Tobias', 'reader', phone);
  const watcher = await scene.reads(room, 'Yusra');
  await block(reader, 5).evaluate((element) => {
    const text = element.querySelector('[data-o]')?.firstChild;
    if (text instanceof Text) document.getSelection()?.setBaseAndExtent(text, 4, text, 30);
    element.dispatchEvent(new TouchEvent('touchend', { bubbles: true }));
  });
  await reader.page.locator('.selsheet').getByRole('button', { name: 'Comment' }).tap();
  const sheet = reader.page.getByRole('dialog', { name: 'New note' });
  await sheet.getByRole('textbox', { name: 'Your note' }).fill('Of a phone.');
  await sheet.getByRole('button', { name: 'Comment', exact: true }).tap();
  await expect(watcher.page.getByText('Of a phone.')).toBeVisible();
});

test('RD23 a link to words opens at them, even far down the page', async ({ scene }) => {
  const text = Array.from({ length: 60 }, (_, index) => `Paragraph ${index + 1}: the lamp, the lock, the frost.`).join(
    '\n\n',
  );
  const room = await scene.opensRoom({ text });
  await room.host.context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await scene.opensChapter(room.host, room);
  await selects(room.host, 'Paragraph 50: the lamp');
  await bar(room.host).getByRole('button', { name: 'Copy a link to these words' }).click();
  await expect(room.host.page.getByText(/Link copied/u)).toBeVisible();
  const link = await room.host.page.evaluate(() => navigator.clipboard.readText());
  expect(link).toMatch(/#at=b\d+\.0-b\d+\.22$/u);
  const reader = await scene.joins(room, 'Tobias');
  await reader.page.goto(link);
  await expect(reader.page.getByText('Paragraph 50: the lamp')).toBeInViewport();
  expect(await reader.page.evaluate(() => CSS.highlights.has('shown'))).toBe(true);
});

test('RD24 a mark that arrives while its paragraph is being selected waits, and then shows', async ({ scene }) => {
  const room = await scene.opensRoom();
  await scene.opensChapter(room.host, room);
  const reader = await scene.reads(room, 'Tobias');
  await selects(reader, 'the lamp held low');
  await selects(room.host, 'the colour of slate');
  await bar(room.host)
    .getByRole('button', { name: /Saffron/u })
    .click();
  await selects(room.host, 'tied it up properly');
  await bar(room.host)
    .getByRole('button', { name: /Saffron/u })
    .click();
  // The second mark, in another paragraph, is there: so the first has long arrived, and still waits.
  await expect(mark(reader, 'tied it up properly')).toBeVisible();
  await expect(mark(reader, 'the colour of slate')).toHaveCount(0);
  expect(await selectedText(reader)).toBe('the lamp held low');
  await reader.page.keyboard.press('Escape');
  await expect(mark(reader, 'the colour of slate')).toBeVisible();
});

test('RD25 a highlight can be taken back at once', async ({ scene }) => {
  const room = await scene.opensRoom();
  await scene.opensChapter(room.host, room);
  const reader = await scene.reads(room, 'Tobias');
  await selects(room.host, 'the colour of slate');
  await bar(room.host)
    .getByRole('button', { name: /Saffron/u })
    .click();
  await expect(mark(reader, 'the colour of slate')).toBeVisible();
  await room.host.page.getByRole('button', { name: 'Undo' }).click();
  await expect(mark(reader, 'the colour of slate')).toHaveCount(0);
});

test('RD26 a mark in pencil is on its author’s page alone', async ({ scene }) => {
  const room = await scene.opensRoom();
  await scene.opensChapter(room.host, room);
  const reader = await scene.reads(room, 'Tobias');
  await selects(room.host, 'the colour of slate');
  await bar(room.host).getByRole('button', { name: 'Only me' }).click();
  await expect(mark(room.host, 'the colour of slate')).toHaveClass(/graphite/u);
  await selects(room.host, 'tied it up properly');
  await bar(room.host)
    .getByRole('button', { name: /Saffron/u })
    .click();
  await expect(mark(reader, 'tied it up properly')).toBeVisible();
  await expect(mark(reader, 'the colour of slate')).toHaveCount(0);
});

test('RD27 a listener may copy and keep marks in pencil, and is told why no more', async ({ scene }) => {
  const room = await scene.opensRoom();
  const listener = await scene.reads(room, 'Bea', 'listener');
  await selects(listener, 'the colour of slate');
  await expect(bar(listener).getByRole('button', { name: /Saffron/u })).toHaveAttribute('aria-disabled', 'true');
  await bar(listener)
    .getByRole('button', { name: /Saffron/u })
    .click({ force: true });
  const said = listener.page.getByRole('region', { name: 'Notifications' });
  await expect(said.getByText('You are listening here. Ask a host to make you a reader.')).toBeVisible();
  await expect(mark(listener, 'the colour of slate')).toHaveCount(0);
});

test('RD28 overlapping marks are each reached: the shorter first, then the next', async ({ scene }) => {
  const room = await scene.opensRoom();
  await scene.opensChapter(room.host, room);
  const { page } = room.host;
  await selects(room.host, 'with the lamp held low. The water');
  await bar(room.host).getByRole('button', { name: /Woad/u }).click();
  await expect(page.locator('mark.woad').first()).toBeVisible();
  await selects(room.host, 'lamp held low');
  await bar(room.host).getByRole('button', { name: /Clay/u }).click();
  const both = page.locator('mark.clay.second', { hasText: 'lamp held low' });
  await both.click();
  await expect(page.locator('mark.clay.is-chosen')).toBeVisible();
  await both.click();
  await expect(page.locator('mark.woad.is-chosen').first()).toBeVisible();
  await expect(page.locator('mark.clay.is-chosen')).toHaveCount(0);
});

test('RD29 the button of a paragraph, for screen readers, selects it and goes to the bar', async ({ scene }) => {
  const room = await scene.opensRoom();
  await scene.opensChapter(room.host, room);
  await block(room.host, 2).getByRole('button', { name: 'Annotate this paragraph' }).dispatchEvent('click');
  await expect(bar(room.host).getByRole('button', { name: /Saffron/u })).toBeFocused();
  expect(await selectedText(room.host)).toContain('lock-keeper counted the boats');
});
