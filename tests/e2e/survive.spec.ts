import { test } from '#tests/support/killable-server.ts';
import { chapterOf95 } from '#tests/support/passages.ts';
import { block, expect, mark, type Person, selects } from '#tests/support/reading-room.ts';

const margin = ({ page }: Person) => page.getByRole('complementary', { name: 'Notes in the margin' });

async function comments(person: Person, words: string, note: string): Promise<void> {
  await selects(person, words);
  await person.page.getByRole('button', { name: 'Comment', exact: true }).click();
  await person.page.getByRole('textbox', { name: 'Your note' }).fill(note);
  await person.page.keyboard.press('Control+Enter');
  await expect(margin(person).getByText(note)).toBeVisible();
}

test('OP40 four people read a chapter together; a fifth comes late; the server is killed; all of it is there', async ({
  scene,
  server,
}) => {
  test.setTimeout(240_000);
  // A killed server is a lost connection, and pages say so to the console as browsers do.
  scene.expectsConsole(/./u);
  const room = await scene.opensRoom({ text: chapterOf95 });
  await scene.opensChapter(room.host, room);
  const tobias = await scene.reads(room, 'Tobias');
  const pilar = await scene.reads(room, 'Pilar');
  const kenji = await scene.reads(room, 'Kenji', 'cohost');
  const everybody = [room.host, tobias, pilar, kenji];

  await expect(tobias.page.locator('p[data-b]')).toHaveCount(95);
  const shown = await tobias.page.locator('p[data-b]').allTextContents();
  expect(shown.map((text) => text.trim())).toEqual(chapterOf95.split('\n\n'));

  await selects(tobias, 'Sentence 2 of the morning');
  await tobias.page.getByRole('button', { name: /Highlight, Saffron/u }).click();
  await comments(pilar, 'Sentence 3 of the morning', 'Is it morning?');
  for (const person of everybody) {
    await expect(mark(person, 'Sentence 2 of the morning')).toBeVisible();
    await expect(mark(person, 'Sentence 3 of the morning')).toBeVisible();
  }
  await mark(kenji, 'Sentence 3 of the morning').click();
  await kenji.page.getByRole('textbox', { name: /Reply/u }).fill('It is always morning here.');
  await kenji.page.keyboard.press('Control+Enter');
  await mark(room.host, 'Sentence 3 of the morning').click();
  await expect(room.host.page.getByText('It is always morning here.')).toBeVisible();
  await room.host.page.getByRole('button', { name: 'React' }).first().click();
  await room.host.page.getByRole('group', { name: 'Signs' }).getByRole('button', { name: 'Loved' }).click();
  await expect(room.host.page.getByRole('button', { name: /^Loved, 1: you/u })).toBeVisible();
  await expect(margin(pilar).getByText('It is always morning here.')).toBeVisible();

  await room.host.page.getByRole('button', { name: 'Take the lectern' }).click();
  for (const reader of [tobias, kenji])
    await expect(reader.page.getByText('Following Mara').filter({ visible: true })).toBeVisible();

  const ines = await scene.reads(room, 'Ines');
  await expect(mark(ines, 'Sentence 2 of the morning')).toBeVisible();
  await expect(margin(ines).getByText('Is it morning?')).toBeVisible();
  await expect(ines.page.getByText('Following Mara').filter({ visible: true })).toBeVisible();

  await server.kill();
  await expect(tobias.page.locator('html')).toHaveAttribute('data-connection', 'offline');
  await selects(tobias, 'Sentence 5 of the morning');
  await tobias.page.getByRole('button', { name: /Highlight, Saffron/u }).click();
  await server.start();
  for (const person of [room.host, tobias, pilar, kenji, ines]) {
    await expect(person.page.locator('html')).toHaveAttribute('data-connection', 'online', { timeout: 30_000 });
    await expect(mark(person, 'Sentence 5 of the morning')).toHaveCount(1);
  }

  const late = await scene.reads(room, 'Yusra');
  await expect(mark(late, 'Sentence 2 of the morning')).toHaveCount(1);
  await expect(mark(late, 'Sentence 5 of the morning')).toHaveCount(1);
  await mark(late, 'Sentence 3 of the morning').click();
  await expect(late.page.getByText('It is always morning here.')).toBeVisible();
  await expect(block(late, 95)).toContainText('Sentence 95');
});
