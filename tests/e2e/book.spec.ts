import sharp from 'sharp';
import { makeEpub } from '#tests/support/make-epub.ts';
import { hasNoBarrier } from '#tests/support/no-barrier.ts';
import { block, expect, mark, type Person, test } from '#tests/support/reading-room.ts';

const sentence =
  'The ferry came in late that night, and the keeper counted its lamps before he went down to the water.';
const prose = (count: number): string => `<p>${sentence}</p>`.repeat(count);
const cells = (count: number, name: 'td' | 'th'): string =>
  Array.from(
    { length: count },
    (_, index) => `<${name}>${name === 'th' ? 'Remarks' : 'lamp'} number ${index}</${name}>`,
  ).join('');

const picture = await sharp({ create: { width: 400, height: 300, channels: 3, background: 'teal' } })
  .png()
  .toBuffer();

const book = makeEpub({
  texts: {
    'part.xhtml': '<h1>Part One</h1>',
    'one.xhtml': `<h2>The Harbour</h2><p>The harbour was dark<a epub:type="noteref" href="#n1">1</a> and <ruby>灯台<rt>とうだい</rt></ruby> stood high<span epub:type="pagebreak" id="p" title="12"/> over it.</p>
      <figure><img src="lamp.png" alt="A lamp"/><figcaption>The lamp in winter</figcaption></figure>
      <p>All of it is in <a href="two.xhtml#storm">the second part</a>.</p>
      <table><tr>${cells(8, 'th')}</tr><tr>${cells(8, 'td')}</tr></table>
      <p lang="he" dir="rtl">היה חושך בנמל</p>${prose(30)}
      <aside epub:type="footnote" id="n1"><p>Nobody had lit it.</p></aside>`,
    'two.xhtml': `<h2>The Storm</h2>${prose(30)}<p id="storm">The storm came at last.</p>${prose(30)}`,
  },
  nav: `<li><a href="part.xhtml">Part One</a><ol><li><a href="one.xhtml">The Harbour</a></li><li><a href="two.xhtml">The Storm</a></li></ol></li>`,
  manifest: '<item id="l" href="lamp.png" media-type="image/png"/>',
  files: { 'OEBPS/lamp.png': picture },
});

const phone = { viewport: { width: 390, height: 844 }, hasTouch: true };
const reference = (person: Person) => person.page.getByRole('article').locator('[role="doc-noteref"]');
const slip = (person: Person) => person.page.getByRole('dialog', { name: 'Note 1' });

test('RD60 a note of the book opens beside its reference, by keyboard too, and gives focus back', async ({ scene }) => {
  const room = await scene.opensRoom({ file: book });
  await scene.opensChapter(room.host, room);
  const { page } = room.host;
  await reference(room.host).focus();
  await page.keyboard.press('Enter');
  await expect(slip(room.host)).toContainText('Nobody had lit it.');
  await page.keyboard.press('Escape');
  await expect(slip(room.host)).toBeHidden();
  await expect(reference(room.host)).toBeFocused();
});

test('RD60 on a phone it is a sheet; the list under the text has it, with the way back', async ({ scene }) => {
  const room = await scene.opensRoom({ file: book, context: phone });
  await scene.opensChapter(room.host, room);
  const { page } = room.host;
  await reference(room.host).tap();
  await expect(slip(room.host)).toContainText('Nobody had lit it.');
  await slip(room.host).getByRole('link', { name: 'Among the notes' }).tap();
  const notes = page.locator('[role="doc-endnotes"]');
  await expect(notes).toBeInViewport();
  await notes.locator('[role="doc-backlink"]').tap();
  await expect(reference(room.host)).toBeInViewport();
});

test('RD61 a selection over a note’s number, ruby and a printed page quotes the text alone', async ({ scene }) => {
  const room = await scene.opensRoom({ file: book });
  await scene.opensChapter(room.host, room);
  const reader = await scene.reads(room, 'Tobias');
  await block(room.host, 3).evaluate((element) => {
    const runs = [...element.querySelectorAll('[data-o]')].map((run) => run.firstChild as Text);
    const from = runs.find((run) => run.data.includes('dark'));
    const to = runs.at(-1);
    if (from === undefined || to === undefined) throw new Error('the words are not there');
    getSelection()?.setBaseAndExtent(from, from.data.indexOf('dark'), to, to.data.indexOf(' it.'));
  });
  const bar = room.host.page.getByRole('toolbar', { name: 'Selection' });
  await bar.getByRole('button', { name: /Woad/u }).click();
  await expect(mark(reader, '灯台')).toBeVisible();
  const words = await block(reader, 3)
    .locator('mark[data-notes] [data-o]')
    .evaluateAll((runs) => runs.map((run) => run.textContent).join(''));
  expect(words).toBe('dark and 灯台 stood high over');
  await reader.page.goto(`/rooms/${room.id}/notebook`);
  await expect(reader.page.getByText('dark and 灯台 stood high over')).toBeVisible();
});

test('RD62 a picture enlarges by mouse and keyboard, and Esc goes back to it', async ({ scene }) => {
  const room = await scene.opensRoom({ file: book });
  await scene.opensChapter(room.host, room);
  const { page } = room.host;
  const enlarge = page.getByRole('button', { name: 'Enlarge: A lamp' });
  await expect(enlarge.getByRole('img')).toHaveJSProperty('naturalWidth', 400);
  await enlarge.focus();
  await page.keyboard.press('Enter');
  const large = page.getByRole('dialog', { name: 'The lamp in winter' });
  await expect(large.getByRole('img', { name: 'A lamp' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(large).toBeHidden();
  await expect(enlarge).toBeFocused();
});

test('RD63 a link within the book leads to its place in another chapter', async ({ scene }) => {
  const room = await scene.opensRoom({ file: book });
  await scene.opensChapter(room.host, room);
  await room.host.page.getByRole('link', { name: 'the second part' }).click();
  await expect(room.host.page.getByRole('heading', { level: 1 })).toHaveText('The Storm');
  await expect(room.host.page.getByText('The storm came at last.')).toBeInViewport();
});

test('RD64 on a phone a wide table scrolls and the page does not; axe finds nothing', async ({ scene }) => {
  const room = await scene.opensRoom({ file: book, context: phone });
  await scene.opensChapter(room.host, room);
  const { page } = room.host;
  const table = page.getByRole('group', { name: 'Table' });
  await expect(table.getByRole('cell')).toHaveCount(8);
  expect(await table.evaluate((element) => element.scrollWidth > element.clientWidth)).toBe(true);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  await hasNoBarrier(page);
  await reference(room.host).tap();
  await expect(slip(room.host)).toBeVisible();
  await hasNoBarrier(page);
});

test('RD65 contents nest as the book’s own do; the part’s heading stands above its first chapter', async ({
  scene,
}) => {
  const room = await scene.opensRoom({ file: book });
  await scene.opensChapter(room.host, room);
  const { page } = room.host;
  await expect(page.getByRole('heading', { name: 'Part One' })).toBeVisible();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('The Harbour');
  await page.getByRole('button', { name: 'Contents' }).click();
  await expect(page.getByRole('dialog').getByRole('listitem')).toHaveText([
    /^Part One/u,
    /^The Harbour/u,
    /^The Storm/u,
  ]);
});

test('RD66 the text of each language says so, and runs its own way', async ({ scene }) => {
  const room = await scene.opensRoom({ file: book });
  await scene.opensChapter(room.host, room);
  const hebrew = room.host.page.getByText('היה חושך בנמל');
  await expect(room.host.page.locator('[data-b][lang="he"][dir="rtl"]')).toContainText('היה חושך בנמל');
  await expect(hebrew).toHaveCSS('direction', 'rtl');
});
