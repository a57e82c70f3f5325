import { expect, type Person, test } from '#tests/support/reading-room.ts';
import { hasNoBarrier } from '#tests/support/no-barrier.ts';
import { isAwake, opens } from '#tests/support/opens.ts';
import { passages } from '#tests/support/passages.ts';

const shelf = (room: { id: string }): string => `/rooms/${room.id}`;

async function standsOnShelf(person: Person, room: { id: string; title: string }): Promise<void> {
  await opens(person.page, shelf(room));
  await expect(person.page.getByRole('heading', { level: 1, name: room.title })).toBeVisible();
  await expect(person.page.getByRole('button', { name: /here now/u })).toBeVisible();
}

test.describe('the front page', () => {
  test('ID31 a room is made with its title and a name with an emoji in it, and nothing else', async ({ page }) => {
    await opens(page, '/');
    await hasNoBarrier(page);
    await page.getByLabel('A name for the room').fill('Sunday Seminar');
    await page.getByLabel('Your name').fill('Wim 🐝');
    await page.getByRole('button', { name: 'Open the room' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Sunday Seminar' })).toBeVisible();
    await expect(page.getByText('Nothing on the shelf yet')).toBeVisible();
    await hasNoBarrier(page);
    await opens(page, '/');
    await expect(page.getByRole('link', { name: 'Sunday Seminar' })).toBeVisible();
  });

  test('ID32 what is missing is said beside its field', async ({ page }) => {
    await opens(page, '/');
    await page.getByRole('button', { name: 'Open the room' }).click();
    await expect(page.getByLabel('Your name')).toHaveAttribute('aria-invalid', 'true');
    await hasNoBarrier(page);
  });

  test('ID33 a pasted link leads to its page, and a foreign one does not', async ({ page, scene, baseURL }) => {
    const room = await scene.opensRoom();
    await opens(page, '/');
    await page.getByRole('button', { name: 'I have a link' }).click();
    const field = page.getByLabel('The link, as it was sent to you');
    await field.fill('https://example.org/join/nowhere');
    await page.getByRole('button', { name: 'Go there' }).click();
    await expect(page.getByRole('alert').filter({ hasText: 'not a link to a room' })).toBeVisible();
    await hasNoBarrier(page);
    await field.fill(`${baseURL}/join/${room.invites.reader}`);
    await page.getByRole('button', { name: 'Go there' }).click();
    await expect(page.getByRole('heading', { level: 1, name: room.title })).toBeVisible();
  });

  test('RD41 a chosen theme is kept, and the server sends the page in it', async ({ page }) => {
    await opens(page, '/');
    await page.getByRole('button', { name: 'Theme' }).click();
    await page.getByRole('radio', { name: 'Vellum' }).check();
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'sepia');
    await hasNoBarrier(page);
    const sent = await page.request.get('/');
    expect(await sent.text()).toContain('data-theme="sepia"');
  });
});

test.describe('coming in', () => {
  test('ID34 an invitation shows the room and its book, asks for a name alone, and knows the browser again', async ({
    page,
    scene,
  }) => {
    const room = await scene.opensRoom();
    await opens(page, `/join/${room.invites.reader}`);
    await expect(page.getByRole('heading', { level: 1, name: room.title })).toBeVisible();
    await expect(page.locator('.titlepage .by')).not.toBeEmpty();
    await hasNoBarrier(page);
    await page.getByLabel('Your name in this room').fill('Ana María');
    await page.getByRole('button', { name: 'Come in' }).click();
    await expect(page).toHaveURL(new RegExp(`${shelf(room)}$`, 'u'));
    await opens(page, `/join/${room.invites.reader}`);
    await expect(page).toHaveURL(new RegExp(`${shelf(room)}$`, 'u'));
  });

  test('ID35 an invitation leads on to the page it was for, and never out of the room', async ({ page, scene }) => {
    const room = await scene.opensRoom();
    await opens(page, `/join/${room.invites.reader}?to=${encodeURIComponent('//example.org/x')}`);
    await page.getByLabel('Your name in this room').fill('Bea');
    await page.getByRole('button', { name: 'Come in' }).click();
    await expect(page).toHaveURL(new RegExp(`${shelf(room)}$`, 'u'));
    await opens(page, `/join/${room.invites.reader}?to=${encodeURIComponent(room.readPath())}`);
    await expect(page).toHaveURL(new RegExp(`${room.readPath()}$`, 'u'));
  });

  test('ID36 a replaced link, a strange browser and a wrong address are each told what is so', async ({
    page,
    scene,
  }) => {
    const room = await scene.opensRoom();
    await room.host.context.request.post(`/api/rooms/${room.id}/invites/reader/rotate`);
    await opens(page, `/join/${room.invites.reader}`);
    await expect(page.getByRole('heading', { name: 'This link was replaced' })).toBeVisible();
    await hasNoBarrier(page);
    await opens(page, shelf(room));
    await expect(page.getByRole('heading', { name: 'This browser is not in the room' })).toBeVisible();
    await hasNoBarrier(page);
    await opens(page, '/rooms/nowhere');
    await expect(page.getByRole('heading', { name: 'There is no page here' })).toBeVisible();
    await hasNoBarrier(page);
  });

  test('ID37 a link for another device works once, and only when its button is pressed', async ({
    page,
    browser,
    scene,
  }) => {
    const room = await scene.opensRoom();
    const reader = await scene.joins(room, 'Ines');
    await standsOnShelf(reader, room);
    await reader.page.getByRole('button', { name: 'Room and you' }).click();
    await reader.page.getByRole('menuitem', { name: 'Use on another device' }).click();
    await reader.page.getByRole('button', { name: 'Make a link' }).click();
    const link = await reader.page.getByLabel('Link for your other device').inputValue();
    await hasNoBarrier(reader.page);
    await page.request.get(link);
    await opens(page, link);
    await hasNoBarrier(page);
    await page.getByRole('button', { name: 'Read on this device' }).click();
    await expect(page).toHaveURL(new RegExp(`${shelf(room)}$`, 'u'));
    await isAwake(page);
    await page.getByRole('button', { name: /here now/u }).click();
    await expect(page.getByRole('listitem').filter({ hasText: 'Ines' })).toContainText('you');
    const other = await browser.newPage();
    await opens(other, link);
    await other.getByRole('button', { name: 'Read on this device' }).click();
    await expect(other.getByRole('alert').filter({ hasText: 'has been used' })).toBeVisible();
    await other.close();
  });
});

test.describe('the shelf', () => {
  test('IM60 pasted text and a chosen file come in and stand on the shelf; an empty file is refused in words', async ({
    page,
  }) => {
    await opens(page, '/');
    await page.getByLabel('A name for the room').fill('Thursday Pages');
    await page.getByLabel('Your name').fill('Mara');
    await page.getByRole('button', { name: 'Open the room' }).click();
    await page.getByRole('button', { name: 'paste text' }).click();
    await page.getByLabel('Its title').fill('The Lock');
    await page.getByRole('textbox', { name: 'The text', exact: true }).fill(passages);
    await hasNoBarrier(page);
    await page.getByRole('button', { name: 'Bring it in' }).click();
    const put = page.getByRole('button', { name: 'Put it on the shelf' });
    await put.click();
    await expect(page.getByRole('heading', { level: 2, name: 'The Lock' })).toBeVisible();
    const files = page.getByLabel('Choose a file to bring in');
    await files.setInputFiles({ name: 'empty.txt', mimeType: 'text/plain', buffer: Buffer.alloc(0) });
    await expect(page.getByText('This file is empty.')).toBeVisible();
    await files.setInputFiles({
      name: 'ferry.md',
      mimeType: 'text/markdown',
      buffer: Buffer.from('# The Ferry Book\n\nThe ferry left at six, and *nobody* waved.'),
    });
    await put.click();
    await expect(page.getByText('It stands on the shelf.')).toHaveCount(2);
    await expect(page.getByRole('figure')).toHaveCount(1);
    await hasNoBarrier(page);
  });

  test('RM40 links are shown by role, and replacing one kills it', async ({ page, scene }) => {
    const room = await scene.opensRoom();
    const { host } = room;
    await standsOnShelf(host, room);
    await host.page.getByRole('button', { name: 'Invite' }).click();
    const link = host.page.getByLabel('Link for listeners', { exact: true });
    await expect(link).toHaveValue(new RegExp(room.invites.listener, 'u'));
    await host.page.getByRole('button', { name: 'Replace the link for listeners' }).click();
    await hasNoBarrier(host.page);
    await host.page.getByRole('button', { name: 'Replace it' }).click();
    await expect(link).not.toHaveValue(new RegExp(room.invites.listener, 'u'));
    await opens(page, `/join/${room.invites.listener}`);
    await expect(page.getByRole('heading', { name: 'This link was replaced' })).toBeVisible();
    await opens(page, await link.inputValue());
    await expect(page.getByText('You come in as a listener')).toBeVisible();
  });

  test('RM41 a co-host invites readers and listeners and no co-hosts; a reader invites nobody', async ({ scene }) => {
    const room = await scene.opensRoom();
    const cohost = await scene.joins(room, 'Tobias', 'cohost');
    await standsOnShelf(cohost, room);
    await cohost.page.getByRole('button', { name: 'Invite' }).click();
    await expect(cohost.page.getByLabel('Link for readers', { exact: true })).toBeVisible();
    await expect(cohost.page.getByLabel('Link for co-hosts', { exact: true })).toHaveCount(0);
    const reader = await scene.joins(room, 'Ines');
    await standsOnShelf(reader, room);
    await expect(reader.page.getByRole('button', { name: 'Invite' })).toHaveCount(0);
    await expect(reader.page.getByText('Bring something in')).toHaveCount(0);
    await hasNoBarrier(reader.page);
  });

  test('RM42 muting, role, lock and removal take effect on the other page at once', async ({ scene }) => {
    const room = await scene.opensRoom();
    const { host } = room;
    const reader = await scene.joins(room, 'Ana María');
    await standsOnShelf(host, room);
    await standsOnShelf(reader, room);
    await host.page.getByRole('button', { name: '2 here now' }).click();
    const person = host.page.getByRole('listitem').filter({ hasText: 'Ana María' });
    const chooses = async (what: string) => {
      await person.getByRole('button', { name: 'Ana María: more' }).click();
      await hasNoBarrier(host.page);
      await host.page.getByRole('menuitem', { name: what }).click();
    };
    await chooses('Mute Ana María');
    await expect(person).toContainText('muted');
    await chooses('Make Ana María a listener');
    await expect(person).toContainText('listener');
    await host.page.getByRole('switch', { name: 'Lock the room' }).click();
    await expect(reader.page.getByText('locked')).toBeVisible();
    await chooses('Remove Ana María…');
    await host.page.getByRole('button', { name: 'Remove', exact: true }).click();
    await expect(reader.page.getByRole('heading', { name: 'You have been removed from this room' })).toBeVisible();
    await hasNoBarrier(reader.page);
    await opens(reader.page, `/join/${room.invites.reader}`);
    await expect(reader.page.getByRole('heading', { name: 'You have been removed from this room' })).toBeVisible();
    await chooses('Let Ana María in again');
    await opens(reader.page, shelf(room));
    await expect(reader.page.getByRole('heading', { level: 1, name: room.title })).toBeVisible();
  });

  test('ID38 name, monogram and ink can be changed, and others see it', async ({ scene }) => {
    const room = await scene.opensRoom();
    const reader = await scene.joins(room, 'Ines');
    await standsOnShelf(room.host, room);
    await standsOnShelf(reader, room);
    await reader.page.getByRole('button', { name: 'Room and you' }).click();
    await hasNoBarrier(reader.page);
    await reader.page.getByRole('menuitem', { name: 'Your name and ink' }).click();
    await reader.page.getByLabel('Your name in this room').fill('Inés Okafor');
    await reader.page.getByLabel('Monogram').fill('É');
    await reader.page.getByRole('radio', { name: 'plum' }).check();
    await hasNoBarrier(reader.page);
    await reader.page.getByRole('button', { name: 'Keep' }).click();
    await expect(room.host.page.getByRole('img', { name: 'Inés Okafor' })).toHaveText('É');
  });

  test('RM43 a book is taken off the shelf only after a question', async ({ scene }) => {
    const room = await scene.opensRoom();
    const { host } = room;
    await standsOnShelf(host, room);
    await host.page.getByRole('button', { name: /: more$/u }).click();
    await host.page.getByRole('menuitem', { name: 'Take it off the shelf' }).click();
    await hasNoBarrier(host.page);
    await host.page.getByRole('button', { name: 'Take it off', exact: true }).click();
    await expect(host.page.getByText('Nothing on the shelf yet')).toBeVisible();
  });
});

test.describe('on a phone, in the dark', () => {
  test.use({ viewport: { width: 390, height: 844 }, colorScheme: 'dark' });

  test('RD42 no page is wider than the screen, and none has a barrier', async ({ page, scene }) => {
    const room = await scene.opensRoom({ title: 'A room with a title that does not fit on any line of a phone' });
    const fits = async () => {
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      expect(width).toBeLessThanOrEqual(390);
      await hasNoBarrier(page);
    };
    await opens(page, '/');
    await fits();
    await opens(page, `/join/${room.invites.reader}`);
    await fits();
    await page.getByLabel('Your name in this room').fill('Bea');
    await page.getByRole('button', { name: 'Come in' }).click();
    await expect(page.getByRole('link', { name: 'Begin reading' })).toBeVisible();
    await fits();
    await opens(page, `${shelf(room)}/notebook`);
    await expect(page.getByRole('heading', { name: 'Notebook' })).toBeVisible();
    await fits();
  });
});
