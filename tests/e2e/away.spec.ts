import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { newId } from '#shared/records/ids.ts';
import { asPerson, does } from '#tests/support/host-commands.ts';
import { hasNoBarrier } from '#tests/support/no-barrier.ts';
import { test as killable } from '#tests/support/killable-server.ts';
import { expect, mark, type OpenRoom, type Person, selects, test } from '#tests/support/reading-room.ts';

const margin = ({ page }: Person) => page.getByRole('complementary', { name: 'Notes in the margin' });
const isAt = ({ page }: Person, connection: string) =>
  expect(page.locator('html')).toHaveAttribute('data-connection', connection);
const notTaken = ({ page }: Person) => page.getByText('Something that you wrote was not taken.');

async function begins(person: Person, words: string, note: string): Promise<void> {
  await selects(person, words);
  await person.page.getByRole('toolbar').getByRole('button', { name: 'Comment' }).click();
  await person.page.getByRole('textbox', { name: 'Your note' }).fill(note);
}

async function comments(person: Person, words: string, note: string): Promise<void> {
  await begins(person, words, note);
  await person.page.keyboard.press('Control+Enter');
  await expect(margin(person).getByText(note)).toBeVisible();
}

test('GD60 a book that is taken off the shelf: the open page says so, with the words and the way back', async ({
  scene,
}) => {
  const room = await scene.opensRoom();
  const tobias = await scene.reads(room, 'Tobias');
  await begins(tobias, 'There were eleven.', 'Eleven is a fine number.');
  const host = await hostOf(room);
  const { book } = await bookOf(room);
  await does(host, { kind: 'book.remove', book });
  const { page } = tobias;
  await expect(page.getByRole('heading', { name: /was taken off the shelf/u })).toBeVisible();
  await expect(page.getByRole('alertdialog')).toContainText('Eleven is a fine number.');
  await page.getByRole('button', { name: 'Copy' }).click();
  await expect(page.getByText('Copied.')).toBeVisible();
  await page.getByRole('button', { name: /^To the shelf of/u }).click();
  await expect(page).toHaveURL(`/rooms/${room.id}`);
  host.disconnect();
});

test('GD61 what was refused while one was away is kept with its sentence, over a reload and on the shelf', async ({
  scene,
}) => {
  const room = await scene.opensRoom();
  const host = await hostOf(room);
  const thread = newId();
  const note = {
    kind: 'annotation.create',
    annotation: thread,
    chapter: room.chapters[0],
    colour: 'woad',
    visibility: 'room',
  };
  const passage = { start: { block: 'b1', offset: 4 }, end: { block: 'b1', offset: 15 } };
  await does(host, { ...note, passage, body: 'Who counts boats?' });
  const tobias = await scene.reads(room, 'Tobias');
  await margin(tobias).getByText('Who counts boats?').click();
  await tobias.context.setOffline(true);
  await isAt(tobias, 'offline');
  const { page } = tobias;
  await page.getByRole('textbox', { name: /^Reply/u }).fill('I do, on Sundays.');
  await page.keyboard.press('Control+Enter');
  await does(host, { kind: 'annotation.delete', annotation: thread });
  await tobias.context.setOffline(false);
  await isAt(tobias, 'online');
  await expect(notTaken(tobias)).toBeVisible();
  await page.reload();
  await expect(notTaken(tobias)).toBeVisible();
  await page.getByRole('button', { name: 'See it' }).click();
  await expect(page.getByRole('dialog')).toContainText('I do, on Sundays.');
  await expect(page.getByRole('dialog')).toContainText('It is not here any more.');
  await page.goto(`/rooms/${room.id}`);
  await page.getByRole('button', { name: 'See it' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Discard' }).click();
  await expect(notTaken(tobias)).toHaveCount(0);
  await page.reload();
  await isAt(tobias, 'online');
  await expect(notTaken(tobias)).toHaveCount(0);
  host.disconnect();
});

test('GD62 an older page is told to reload, by either kind of socket, and what was written on it goes through afterwards', async ({
  scene,
}) => {
  const room = await scene.opensRoom();
  for (const [socket, name] of [
    ['/socket.io', 'Tobias'],
    ['/sync/', 'Pilar'],
  ] as const) {
    const reader = await scene.joins(room, name);
    await reader.page.addInitScript(speaksAnOlderVersion, socket);
    await reader.page.goto(room.readPath());
    await expect(
      reader.page.getByText('A newer version of this room is running. Reload to go on.', { exact: false }),
    ).toBeVisible();
    await comments(reader, 'There were eleven.', `Written on an old page by ${name}.`);
    await expect(margin(reader).getByText('waiting for connection')).toBeVisible();
    await reader.page.evaluate(() => sessionStorage.setItem('newer', 'yes'));
    await reader.page.getByRole('button', { name: 'Reload' }).click();
    await isAt(reader, 'online');
    await expect(margin(reader).getByText(`Written on an old page by ${name}.`)).toBeVisible();
    await expect(margin(reader).getByText('waiting for connection')).toHaveCount(0);
  }
  const late = await scene.reads(room, 'Kenji');
  for (const name of ['Tobias', 'Pilar']) {
    await expect(margin(late).getByText(`Written on an old page by ${name}.`)).toBeVisible();
  }
});

killable(
  'GD63 a document that was rebuilt while one was away is fetched anew, and what waits goes through',
  async ({ scene, server }) => {
    killable.setTimeout(240_000);
    scene.expectsConsole(/./u);
    const room = await scene.opensRoom();
    const tobias = await scene.reads(room, 'Tobias');
    await comments(tobias, 'There were eleven.', 'Before.');
    await server.kill();
    await isAt(tobias, 'offline');
    await comments(tobias, 'There had been ten at noon', 'In between.');
    const file = new DatabaseSync(join(server.dataDir, 'lectern.sqlite'));
    file.exec("update documents set snapshot = x'0102030405'; delete from document_updates");
    file.close();
    await server.start();
    await isAt(tobias, 'online');
    const kenji = await scene.reads(room, 'Kenji');
    for (const person of [tobias, kenji]) {
      for (const words of ['There were eleven.', 'There had been ten at noon'])
        await expect(mark(person, words)).toHaveCount(1);
      for (const note of ['Before.', 'In between.'])
        await expect(margin(person).getByText(note, { exact: true })).toBeVisible();
    }
    // A page that went on with the document it had would show all of that, and hear of nothing that is written from now on.
    await comments(kenji, 'nothing had come through since', 'Afterwards.');
    await expect(margin(tobias).getByText('Afterwards.', { exact: true })).toBeVisible();
  },
);

test('GD64 a browser that was signed out while it was away shows the words that nobody got, over a reload too', async ({
  scene,
}) => {
  scene.expectsConsole(/401|signed-out|WebSocket/u);
  const room = await scene.opensRoom();
  const tobias = await scene.reads(room, 'Tobias');
  const { page, context } = tobias;
  await context.setOffline(true);
  await isAt(tobias, 'offline');
  await comments(tobias, 'There were eleven.', 'Written in a tunnel.');
  const headers = { origin: new URL(page.url()).origin };
  const devices = `/api/rooms/${room.id}/devices`;
  const { devices: own } = (await (await context.request.get(devices)).json()) as { devices: { id: string }[] };
  expect((await context.request.delete(`${devices}/${own[0]?.id}`, { headers })).ok()).toBe(true);
  await context.setOffline(false);
  const unsent = page.getByRole('region', { name: 'Something that you wrote was not taken' });
  await expect(page.getByRole('heading', { name: 'This browser is not in the room any more' })).toBeVisible();
  await expect(unsent).toContainText('Written in a tunnel.');
  await page.reload();
  await expect(page.getByRole('heading', { name: 'This browser is not in the room' })).toBeVisible();
  await expect(unsent).toContainText('Written in a tunnel.');
  await hasNoBarrier(page);
  await unsent.getByRole('button', { name: 'Copy' }).click();
  await expect(page.getByText('Copied.')).toBeVisible();
  await unsent.getByRole('button', { name: 'Discard' }).click();
  await expect(unsent).toHaveCount(0);
});

killable(
  'PD90 lines that a browser has and a rebuilt pad lacks are shown to be copied, and its history says what happened',
  async ({ scene, server }) => {
    killable.setTimeout(240_000);
    scene.expectsConsole(/./u);
    const room = await scene.opensRoom();
    const { page } = room.host;
    const words = page.getByRole('textbox', { name: /^The pad of/u });
    await page.goto(`/rooms/${room.id}`);
    await page.getByRole('link', { name: 'The pad' }).click();
    await words.click();
    await page.keyboard.type('In a version.');
    await expect(page.locator('.pad-saving')).toHaveText('Saved');
    await page.getByRole('button', { name: 'Versions' }).click();
    await page.getByRole('textbox', { name: 'Name this version' }).fill('The first evening');
    await page.getByRole('button', { name: 'Keep it' }).click();
    await expect(page.getByRole('button', { name: /The first evening/u })).toBeVisible();
    await page.keyboard.press('Escape');
    await words.click();
    await page.keyboard.press('Control+End');
    await page.keyboard.type('\nIn no version.');
    await expect(page.locator('.pad-saving')).toHaveText('Saved');
    await server.kill();
    const file = new DatabaseSync(join(server.dataDir, 'lectern.sqlite'));
    file.exec("update documents set snapshot = x'05c801'; delete from document_updates");
    file.close();
    await server.start();
    const lost = page.getByRole('region', { name: 'Not in the pad' });
    await expect(lost).toContainText('In no version.');
    await expect(words).toHaveText('In a version.');
    await page.getByRole('button', { name: 'Versions' }).click();
    await page.getByRole('button', { name: /Found damaged, and rebuilt/u }).click();
    await expect(page.getByText(/could not read the pad any more/u)).toBeVisible();
  },
);

/** The host's browser, which stands on no page. */
async function hostOf(room: OpenRoom) {
  await room.host.page.goto(`/rooms/${room.id}`);
  return asPerson(room.host, room.id);
}

async function bookOf(room: OpenRoom): Promise<{ book: string }> {
  const answer = await room.host.context.request.get(`/api/rooms/${room.id}`);
  const { books } = (await answer.json()) as { books: { id: string }[] };
  return { book: books[0]?.id ?? '' };
}

/** Runs in the page before anything else: the page's own code, with the version of an older one on this kind of socket. */
function speaksAnOlderVersion(socket: string): void {
  if (sessionStorage.getItem('newer') !== null) return;
  const Native = window.WebSocket;
  window.WebSocket = class extends Native {
    readonly #isOld: boolean;
    constructor(url: string | URL, protocols?: string | string[]) {
      const isOld = String(url).includes(socket);
      super(isOld ? String(url).replace(/protocol=\d+/u, 'protocol=0') : url, protocols);
      this.#isOld = isOld;
    }
    override send(data: string | Blob | BufferSource): void {
      super.send(this.#isOld && typeof data === 'string' ? data.replace(/"protocol":\d+/u, '"protocol":0') : data);
    }
  };
}
