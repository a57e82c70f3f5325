import { block, expect, type OpenRoom, type Person, selects, test } from '#tests/support/reading-room.ts';

const margin = ({ page }: Person) => page.getByRole('complementary', { name: 'Notes in the margin' });
const openThread = ({ page }: Person) => page.locator('article.is-open');

interface Readers {
  reads: (room: OpenRoom, name: string) => Promise<Person>;
  opensChapter: (person: Person, room: OpenRoom) => Promise<void>;
}

/** A host and a reader on one page; the reader has written one note, which the host has open. */
async function noteBeforeHost(scene: Readers, room: OpenRoom, note: string): Promise<{ host: Person; reader: Person }> {
  const { host } = room;
  await scene.opensChapter(host, room);
  const reader = await scene.reads(room, 'Tobias');
  const text = await block(reader, 3).locator('[data-o]').first().textContent();
  await selects(reader, (text ?? '').split(' ').slice(0, 4).join(' '));
  await reader.page.getByRole('toolbar').getByRole('button', { name: 'Comment' }).click();
  await reader.page.getByRole('textbox', { name: 'Your note' }).fill(note);
  await reader.page.getByRole('button', { name: 'Comment', exact: true }).last().click();
  await margin(host).getByText(note).click();
  return { host, reader };
}

async function fromMenu(host: Person, item: string | RegExp): Promise<void> {
  await openThread(host)
    .getByRole('button', { name: /^More about/u })
    .first()
    .click();
  await host.page.getByRole('menuitem', { name: item }).click();
}

test('MG30 a hidden note leaves everyone’s page at once, is read by the host alone, and can be restored', async ({
  scene,
}) => {
  const room = await scene.opensRoom();
  const { host, reader } = await noteBeforeHost(scene, room, 'Rude words');
  const pilar = await scene.reads(room, 'Pilar');
  await expect(margin(pilar)).toContainText('Rude words');
  await fromMenu(host, 'Hide from the room');
  await expect(margin(pilar)).not.toContainText('Rude words');
  await expect(openThread(reader)).toContainText('Hidden by a host.');
  await expect(openThread(host)).toContainText('Rude words');
  await openThread(host).getByRole('button', { name: 'Restore' }).click();
  await expect(margin(pilar)).toContainText('Rude words');
});

test('MG31 who is muted reads on, is told why, and keeps what was being written', async ({ scene }) => {
  const room = await scene.opensRoom();
  const { host, reader } = await noteBeforeHost(scene, room, 'Too much');
  await openThread(reader).getByRole('textbox', { name: 'Reply' }).fill('And another thing');
  await fromMenu(host, 'Mute Tobias');
  await expect(openThread(reader)).toContainText('A host has muted you.');
  await expect(openThread(reader)).toContainText('And another thing');
  await openThread(reader).getByRole('button', { name: 'Keep it in pencil' }).click();
  await expect(openThread(reader)).toContainText('In pencil');
  await expect(margin(host)).not.toContainText('And another thing');
});

test('MG32 who is made a listener writes no more, and still reacts', async ({ scene }) => {
  const room = await scene.opensRoom();
  const { host, reader } = await noteBeforeHost(scene, room, 'Reading along');
  await fromMenu(host, 'Make Tobias a listener');
  await expect(openThread(reader)).toContainText('You are listening here.');
  await expect(openThread(reader).getByRole('textbox')).toHaveCount(0);
  await openThread(reader).getByRole('button', { name: 'React' }).first().click();
  await reader.page.getByRole('button', { name: 'Agreed' }).click();
  await expect(openThread(host).getByRole('button', { name: 'Agreed, 1: Tobias' })).toBeVisible();
});

test('MG33 who is removed is put out of the live page at once', async ({ scene }) => {
  scene.expectsConsole(/websocket|Failed/iu);
  const room = await scene.opensRoom();
  const { host, reader } = await noteBeforeHost(scene, room, 'Goodbye');
  await fromMenu(host, 'Remove Tobias…');
  await host.page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
  await expect(reader.page.getByRole('heading', { name: 'You have been removed from Thursday Pages' })).toBeVisible();
  await expect(margin(host)).toContainText('Goodbye');
});

test('MG34 a refused note keeps its words and can be kept in pencil', async ({ scene }) => {
  // On localhost a browser does not say that it is offline: the socket finds out by its own heartbeat.
  test.setTimeout(150_000);
  scene.expectsConsole(/websocket|Failed/iu);
  const room = await scene.opensRoom();
  const { host, reader } = await noteBeforeHost(scene, room, 'Under way');
  await reader.context.setOffline(true);
  await expect(reader.page.locator('html')).toHaveAttribute('data-connection', 'offline', { timeout: 60_000 });
  await openThread(reader).getByRole('textbox', { name: 'Reply' }).fill('Written in the tunnel');
  await openThread(reader).getByRole('button', { name: 'Reply', exact: true }).click();
  await fromMenu(host, 'Mute Tobias');
  await expect(openThread(host)).not.toContainText('Written in the tunnel');
  await reader.context.setOffline(false);
  await expect(openThread(reader)).toContainText('not taken');
  await openThread(reader).getByRole('button', { name: 'Keep it in pencil' }).first().click();
  await expect(margin(reader).getByRole('article', { name: /^Your pencil note/u })).toContainText(
    'Written in the tunnel',
  );
  await expect(margin(host)).not.toContainText('Written in the tunnel');
});
