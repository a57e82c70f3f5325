import { CommentRangeEnd, CommentRangeStart, CommentReference, Document, Packer, Paragraph, TextRun } from 'docx';
import sharp from 'sharp';
import { expect, type Person, test } from '#tests/support/reading-room.ts';
import { makeEpub, METADATA } from '#tests/support/make-epub.ts';
import { hasNoBarrier } from '#tests/support/no-barrier.ts';
import { isAwake, opens } from '#tests/support/opens.ts';

const EPUB = 'application/epub+zip';

const paragraphs = (about: string): string =>
  Array.from({ length: 6 }, (_, at) => `<p>${about} number ${at + 1}, and the lamp was lit.</p>`).join('');

async function lampEpub(): Promise<Buffer> {
  const cover = await sharp({ create: { width: 200, height: 300, channels: 3, background: '#2f4a5c' } })
    .png()
    .toBuffer();
  return Buffer.from(
    makeEpub({
      texts: {
        'one.xhtml': `<h1>Dusk</h1>${paragraphs('Evening')}<hr/><p>Then it was dark.</p>${paragraphs('Hour')}`,
        'two.xhtml': `<h1>Night</h1>${paragraphs('Dream')}`,
        'three.xhtml': '<h1>Colophon</h1><p>Set in type.</p>',
      },
      metadata: `${METADATA}<meta name="cover" content="cover"/>`,
      manifest: '<item id="cover" href="cover.png" media-type="image/png" properties="cover-image"/>',
      files: { 'OEBPS/cover.png': new Uint8Array(cover) },
    }),
  );
}

async function commentedDocx(): Promise<Buffer> {
  const document = new Document({
    comments: { children: [{ id: 0, author: 'Bo', date: new Date(0), children: [new Paragraph('Too early?')] }] },
    sections: [
      {
        children: [
          new Paragraph({
            children: [
              new TextRun('It was '),
              new CommentRangeStart(0),
              new TextRun('already dark'),
              new CommentRangeEnd(0),
              new TextRun({ children: [new CommentReference(0)] }),
              new TextRun(' when the ferry came.'),
            ],
          }),
        ],
      },
    ],
  });
  return Packer.toBuffer(document);
}

/** A host on the shelf of their room. */
async function atTheShelf(host: Person, room: { id: string; title: string }): Promise<void> {
  await opens(host.page, `/rooms/${room.id}`);
  await expect(host.page.getByRole('heading', { level: 1, name: room.title })).toBeVisible();
}

const ferry = ({ page }: Person) => page.getByRole('figure').filter({ hasText: 'The Ferry' });
const filesOf = ({ page }: Person) => page.getByLabel('Choose a file to bring in');
const chooses = async ({ page }: Person, chapter: string, what: string): Promise<void> => {
  await page.getByRole('button', { name: `${chapter}: more` }).click();
  await page.getByRole('menuitem', { name: what }).click();
};

test('IM60 a pasted text is read, shown, and stands on the shelf with one press', async ({ scene }) => {
  const room = await scene.opensRoom();
  const { page } = room.host;
  await atTheShelf(room.host, room);
  await page.getByRole('button', { name: 'paste text' }).click();
  await page.getByRole('textbox', { name: 'The text', exact: true }).fill('The ferry left at six, and nobody waved.');
  await page.getByLabel('Its title').fill('The Ferry');
  await page.getByRole('button', { name: 'Bring it in' }).click();
  const dialog = page.getByRole('dialog', { name: 'Look it over' });
  await expect(dialog.getByRole('button', { name: 'Put it on the shelf' })).toBeFocused();
  await expect(dialog.getByText('The ferry left at six')).toBeVisible();
  await hasNoBarrier(page);
  await page.keyboard.press('Enter');
  await expect(page.getByText('It stands on the shelf.')).toBeVisible();
  await expect(page.getByRole('heading', { level: 2, name: 'The Ferry' })).toBeVisible();
});

test('IM200 a book is renamed, split, joined and left out in its preview, over a reload in the middle, and read', async ({
  scene,
}) => {
  const room = await scene.opensRoom();
  const { host } = room;
  const { page } = host;
  await atTheShelf(host, room);
  await filesOf(host).setInputFiles({ name: 'lamp.epub', mimeType: EPUB, buffer: await lampEpub() });
  const dialog = page.getByRole('dialog', { name: 'Look it over' });
  await expect(dialog.getByRole('textbox', { name: 'Title', exact: true })).toHaveValue('The Lamp');
  await expect(dialog.getByRole('img', { name: 'The cover' })).toBeVisible();
  await expect(dialog.getByRole('combobox', { name: 'Language' })).toHaveValue('en');
  await hasNoBarrier(page);

  await dialog.getByRole('textbox', { name: 'Title', exact: true }).fill('A Lamp');
  await dialog.getByRole('textbox', { name: 'Title of chapter 1' }).fill('Early');
  await chooses(host, 'Early', 'Split it…');
  await dialog.getByLabel('The new chapter begins with').fill('then it was');
  await hasNoBarrier(page);
  await dialog.getByRole('button', { name: 'Then it was dark.' }).click();
  await expect(dialog.getByRole('textbox', { name: 'Title of chapter 2' })).toHaveValue('Then it was dark.');
  await chooses(host, 'Night', 'Join it to the one before');
  await chooses(host, 'Colophon', 'Leave it out');
  await expect(dialog.getByRole('heading', { name: /^2 chapters/u })).toBeVisible();

  await page.reload();
  await isAwake(page);
  await page.getByRole('button', { name: 'Look it over' }).click();
  await expect(dialog.getByRole('textbox', { name: 'Title', exact: true })).toHaveValue('A Lamp');
  await expect(dialog.getByRole('textbox', { name: /^Title of chapter/u })).toHaveCount(2);
  await expect(dialog.getByText('left out')).toBeVisible();
  await hasNoBarrier(page);
  await dialog.getByRole('button', { name: 'Put it on the shelf' }).click();
  await expect(page.getByText('It stands on the shelf.')).toBeVisible();

  await opens(page, `/rooms/${room.id}`);
  await page
    .getByRole('link', { name: 'A Lamp', exact: true })
    .or(page.getByRole('link', { name: 'Early' }))
    .click();
  await expect(page.getByRole('heading', { level: 1, name: 'Early' })).toBeVisible();
  await expect(page.getByText('Evening number 1, and the lamp was lit.')).toBeVisible();
});

test('IM201 what is not wanted is discarded, comments of a Word document come in as notes, and a restart is told', async ({
  scene,
}) => {
  const room = await scene.opensRoom();
  const { host } = room;
  const { page } = host;
  await atTheShelf(host, room);
  const file = { name: 'ferry.docx', mimeType: 'application/octet-stream', buffer: await commentedDocx() };
  await filesOf(host).setInputFiles(file);
  const dialog = page.getByRole('dialog', { name: 'Look it over' });
  await dialog.getByRole('button', { name: 'Discard' }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByText('ferry.docx')).toHaveCount(0);
  await filesOf(host).setInputFiles(file);
  await dialog.getByRole('switch', { name: 'Bring the comments in as my notes' }).click();
  await hasNoBarrier(page);
  await dialog.getByRole('button', { name: 'Put it on the shelf' }).click();
  await expect(page.getByText('It stands on the shelf.')).toBeVisible();
  await opens(page, `/rooms/${room.id}`);
  await expect(page.getByText(/\b1 note$/u)).toBeVisible();

  await filesOf(host).setInputFiles(file);
  await expect(dialog).toBeVisible();
  // What a restart does to it, without one: the other tests share this server.
  const listed = await page.request.get(`/api/rooms/${room.id}/imports`);
  const { imports } = (await listed.json()) as { imports: { id: string; state: string }[] };
  const ready = imports.find(({ state }) => state === 'ready');
  await page.request.delete(`/api/imports/${ready?.id}`);
  await page.reload();
  await expect(page.getByText('The server was started anew meanwhile')).toBeVisible();
});

test('IM204 an import is cancelled while it is read, and the next one goes on', async ({ scene }) => {
  const room = await scene.opensRoom();
  const { host } = room;
  const { page } = host;
  await atTheShelf(host, room);
  const lines = Array.from(
    { length: 80_000 },
    (_, at) => `The ferry left at six, and nobody waved, for the ${at}th time.`,
  );
  await filesOf(host).setInputFiles([
    { name: 'long.txt', mimeType: 'text/plain', buffer: Buffer.from(lines.join('\n\n')) },
    { name: 'short.txt', mimeType: 'text/plain', buffer: Buffer.from('The quay was empty.') },
  ]);
  await page.getByRole('button', { name: 'Cancel long.txt' }).click();
  await expect(page.getByText('long.txt')).toHaveCount(0);
  await expect(page.getByRole('dialog', { name: 'Look it over' }).getByText('The quay was empty.')).toBeVisible();
  const open = async (): Promise<string[]> => {
    const listed = await page.request.get(`/api/rooms/${room.id}/imports`);
    const { imports } = (await listed.json()) as { imports: { fileName: string; state: string }[] };
    return imports.filter(({ state }) => state !== 'done').map(({ fileName }) => fileName);
  };
  await expect.poll(open).toEqual(['short.txt']);
});

test('IM215 a file that is cancelled while it is sent is sent no further, and the server has nothing of it', async ({
  scene,
}) => {
  const room = await scene.opensRoom();
  const { host } = room;
  const { page } = host;
  await atTheShelf(host, room);
  const wire = await host.context.newCDPSession(page);
  const throttle = (uploadThroughput: number) =>
    wire.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: 0,
      downloadThroughput: -1,
      uploadThroughput,
    });
  await wire.send('Network.enable');
  await throttle(50_000);
  const ended = page.waitForEvent('requestfailed', (request) =>
    new URL(request.url()).pathname.endsWith(`/rooms/${room.id}/books`),
  );
  const buffer = Buffer.from('The ferry left at six, and nobody waved. '.repeat(200_000));
  await filesOf(host).setInputFiles({ name: 'long.txt', mimeType: 'text/plain', buffer });
  await expect(page.getByText('It is being sent.')).toBeVisible();
  await page.getByRole('button', { name: 'Cancel long.txt' }).click();
  expect((await ended).failure()?.errorText).toContain('ABORTED');
  await expect(page.getByText('long.txt')).toHaveCount(0);
  await throttle(-1);
  const listed = await page.request.get(`/api/rooms/${room.id}/imports`);
  expect(
    ((await listed.json()) as { imports: { state: string }[] }).imports.filter(({ state }) => state !== 'done'),
  ).toEqual([]);
});

test('RM45 the shelf says the summary, the notes and the source of a book, and axe finds nothing', async ({
  scene,
}) => {
  const room = await scene.opensRoom();
  const { host } = room;
  const { page } = host;
  await atTheShelf(host, room);
  const metadata = `${METADATA}<dc:description>Of a lamp.</dc:description><dc:rights>All of them.</dc:rights>
    <dc:publisher>Lamp House</dc:publisher><dc:identifier id="id">https://lamp.example/works/1</dc:identifier>`;
  const texts = { 'one.xhtml': `<h1>Dusk</h1>${paragraphs('Evening')}` };
  const buffer = Buffer.from(
    makeEpub({ texts, metadata: metadata.replace(/<dc:identifier[^<]*urn[^<]*<\/dc:identifier>/u, '') }),
  );
  await filesOf(host).setInputFiles({ name: 'lamp.epub', mimeType: EPUB, buffer });
  await page.getByRole('button', { name: 'Put it on the shelf' }).click();
  await expect(page.getByText('Of a lamp.')).toBeVisible();
  await page.getByText('About this book').click();
  await expect(page.getByText('All of them.')).toBeVisible();
  await expect(page.getByRole('link', { name: 'lamp.example' })).toHaveAttribute(
    'href',
    'https://lamp.example/works/1',
  );
  await hasNoBarrier(page);
});

test('RM44 the shelf shows the order of the books and how far one is, and a host moves a book for everyone', async ({
  scene,
}) => {
  const room = await scene.opensRoom();
  const { host } = room;
  const reader = await scene.reads(room, 'Ines');
  await atTheShelf(host, room);
  for (const title of ['The Ferry', 'The Quay']) {
    const data = { text: `${title} was empty that evening.`, format: 'text', title };
    await host.page.request.post(`/api/rooms/${room.id}/books`, { data });
    await host.page.reload();
    await host.page.getByRole('button', { name: 'Look it over' }).click();
    await host.page.getByRole('button', { name: 'Put it on the shelf' }).click();
    await expect(host.page.getByText('It stands on the shelf.')).toBeVisible();
  }
  await opens(reader.page, `/rooms/${room.id}`);
  await expect(ferry(reader)).toContainText('2.');
  await expect(reader.page.getByRole('button', { name: 'The Ferry: more' })).toHaveCount(0);
  await host.page.getByRole('button', { name: 'The Ferry: more' }).click();
  await hasNoBarrier(host.page);
  await host.page.getByRole('menuitem', { name: 'Read it earlier' }).click();
  await expect(ferry(host)).toContainText('1.');
  await expect(ferry(reader)).toContainText('1.');
  await reader.page.reload();
  await expect(ferry(reader)).toContainText('1.');
});

test.describe('on a phone, in the dark', () => {
  test.use({ viewport: { width: 390, height: 844 }, colorScheme: 'dark' });

  test('IM202 a preview fits the screen', async ({ scene }) => {
    const room = await scene.opensRoom();
    const { host } = room;
    await atTheShelf(host, room);
    await filesOf(host).setInputFiles({ name: 'lamp.epub', mimeType: EPUB, buffer: await lampEpub() });
    const dialog = host.page.getByRole('dialog', { name: 'Look it over' });
    await expect(dialog.getByRole('button', { name: 'Put it on the shelf' })).toBeInViewport();
    await chooses(host, 'Dusk', 'Split it…');
    await expect(dialog.getByRole('button', { name: 'Then it was dark.' })).toBeVisible();
    const width = await host.page.evaluate(() => document.documentElement.scrollWidth);
    expect(width).toBeLessThanOrEqual(390);
    await hasNoBarrier(host.page);
  });
});
