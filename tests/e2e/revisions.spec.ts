import { block, expect, mark, type OpenRoom, type Person, selects, test } from '#tests/support/reading-room.ts';
import { hasNoBarrier } from '#tests/support/no-barrier.ts';
import { longChapter } from '#tests/support/passages.ts';

const revisedSlip = ({ page }: Person) => page.getByRole('status').filter({ hasText: 'revised the text.' });
const lostNotes = ({ page }: Person) => page.getByRole('region', { name: 'Notes whose words are gone' });
const dialog = ({ page }: Person) => page.getByRole('dialog', { name: 'Revise the text' });

async function comments(person: Person, words: string, note: string): Promise<void> {
  await selects(person, words);
  await person.page.getByRole('toolbar').getByRole('button', { name: 'Comment' }).click();
  await person.page.getByRole('textbox', { name: 'Your note' }).fill(note);
  await person.page.getByRole('button', { name: 'Comment', exact: true }).last().click();
  await expect(person.page.locator('article.is-open .note-body')).toHaveCount(1);
  await person.page.keyboard.press('Escape');
}

/** The host brings a new text and looks at what it would move. */
async function bringsText(host: Person, text: string): Promise<void> {
  await host.page.getByRole('navigation', { name: 'Tools' }).getByRole('button', { name: 'Revise the text' }).click();
  await dialog(host).getByRole('textbox', { name: 'The new text of the chapter' }).fill(text);
  await dialog(host).getByRole('button', { name: 'See what would move' }).click();
  await expect(dialog(host).getByRole('button', { name: 'Publish it' })).toBeVisible();
}

async function publishes(host: Person): Promise<void> {
  await dialog(host).getByRole('button', { name: 'Publish it' }).click();
  await expect(dialog(host)).toHaveCount(0);
}

async function hostReads(scene: { opensChapter: (person: Person, room: OpenRoom) => Promise<void> }, room: OpenRoom) {
  await scene.opensChapter(room.host, room);
  return room.host;
}

const paragraphs = longChapter.split('\n\n');
const sentence = (index: number) => `Paragraph ${index} begins where the last one stopped.`;

/** A new first paragraph, a typo in the fifth, and the twentieth gone. */
const revised = [
  'A new beginning, before everything else.',
  ...paragraphs
    .map((text) =>
      text.replace(
        'Paragraph 5 begins where the last one stopped.',
        'Paragraph 5 begins where the former one stopped.',
      ),
    )
    .filter((text) => !text.startsWith('Paragraph 20 ')),
].join('\n\n');

test('RV20 while others read, the host sees what a new text would move and publishes it; notes go with their words, and nobody’s page jumps', async ({
  scene,
}) => {
  const room = await scene.opensRoom({ text: longChapter });
  const host = await hostReads(scene, room);
  const tobias = await scene.reads(room, 'Tobias');
  await comments(tobias, sentence(3), 'Kept');
  await comments(tobias, sentence(5), 'Moved');
  await comments(tobias, sentence(20), 'Lost');
  const pilar = await scene.reads(room, 'Pilar');
  await expect(mark(pilar, sentence(3))).toHaveCount(1);
  await block(pilar, 40).evaluate((element) => element.scrollIntoView({ block: 'center' }));
  const topOf = (words: string) =>
    pilar.page
      .locator('[data-b]', { hasText: words })
      .first()
      .evaluate((element) => Math.round(element.getBoundingClientRect().top));
  await expect(block(pilar, 40)).toBeInViewport();
  const before = await topOf(sentence(40));

  await bringsText(host, revised);
  await expect(dialog(host).locator('[data-fate="kept"] .num')).toHaveText('1');
  await expect(dialog(host).locator('[data-fate="moved"] .num')).toHaveText('1');
  await expect(dialog(host).locator('[data-fate="orphaned"] .num')).toHaveText('1');
  await expect(dialog(host)).toContainText(sentence(20));
  await hasNoBarrier(host.page);
  await expect(mark(pilar, sentence(20))).toHaveCount(1);
  await publishes(host);

  for (const person of [host, tobias, pilar]) {
    await expect(revisedSlip(person)).toContainText(
      person === host ? 'You revised the text. 2 places changed' : 'Mara revised the text. 2 places changed',
    );
    await expect(block(person, 1)).toContainText('A new beginning');
    await expect(mark(person, sentence(3))).toHaveCount(1);
    await expect(mark(person, 'Paragraph 5 begins where the former one stopped.')).toHaveCount(1);
    await expect(mark(person, sentence(20))).toHaveCount(0);
  }
  await expect.poll(() => topOf(sentence(40))).toBe(before);
  await expect(pilar.page.locator('[data-changed]')).toHaveCount(2);
  await revisedSlip(pilar).getByRole('button', { name: 'Show' }).click();
  await expect(block(pilar, 1)).toBeInViewport();
  await revisedSlip(pilar).getByRole('button', { name: 'Show' }).click();
  await expect(block(pilar, 6)).toBeInViewport();
  await hasNoBarrier(pilar.page);
  await revisedSlip(pilar).getByRole('button', { name: 'Seen' }).click();
  await expect(pilar.page.locator('[data-changed]')).toHaveCount(0);
});

test('RV21 a note that lost its words keeps its thread on a shelf under the chapter, and its author puts it to other words', async ({
  scene,
}) => {
  const room = await scene.opensRoom({ text: longChapter });
  const host = await hostReads(scene, room);
  const tobias = await scene.reads(room, 'Tobias');
  await comments(tobias, sentence(20), 'A note without a home');
  const pilar = await scene.reads(room, 'Pilar');
  await expect(mark(pilar, sentence(20))).toHaveCount(1);
  await bringsText(host, revised);
  await publishes(host);

  await expect(lostNotes(pilar)).toContainText('A note without a home');
  await expect(lostNotes(pilar)).toContainText(sentence(20));
  await expect(lostNotes(pilar).getByRole('button', { name: 'Choose other words' })).toHaveCount(0);
  await lostNotes(tobias).getByRole('button', { name: 'Choose other words' }).click();
  await selects(tobias, sentence(21));
  await tobias.page.getByRole('button', { name: 'Put it here' }).click();
  for (const person of [host, tobias, pilar]) {
    await expect(mark(person, sentence(21))).toHaveCount(1);
    await expect(lostNotes(person)).toHaveCount(0);
  }
});

test('RV22 words that were replaced are suggested, and confirmed with one press', async ({ scene }) => {
  const room = await scene.opensRoom({ text: longChapter });
  const host = await hostReads(scene, room);
  const tobias = await scene.reads(room, 'Tobias');
  await comments(tobias, 'Paragraph 7', 'On the seventh');
  await bringsText(host, longChapter.replace('Paragraph 7 begins', 'The seventh begins'));
  await expect(dialog(host).locator('[data-fate="uncertain"] .num')).toHaveText('1');
  await expect(dialog(host)).toContainText('The seventh');
  await publishes(host);
  await expect(lostNotes(host)).toContainText('Perhaps it belongs to “The seventh”');
  await lostNotes(host).getByRole('button', { name: 'Put it there' }).click();
  await expect(mark(tobias, 'The seventh')).toHaveCount(1);
  await expect(lostNotes(tobias)).toHaveCount(0);
});

test('RV23 the host takes a revision back, and everything is where it was', async ({ scene }) => {
  const room = await scene.opensRoom({ text: longChapter });
  const host = await hostReads(scene, room);
  const tobias = await scene.reads(room, 'Tobias');
  await comments(tobias, sentence(20), 'Back again');
  await bringsText(host, revised);
  await publishes(host);
  await expect(mark(tobias, sentence(20))).toHaveCount(0);
  await host.page.getByRole('button', { name: 'Undo' }).click();
  for (const person of [host, tobias]) {
    await expect(block(person, 1)).toContainText(sentence(1));
    await expect(mark(person, sentence(20))).toHaveCount(1);
    await expect(lostNotes(person)).toHaveCount(0);
  }
});

test('RV24 a comment being written while the text is revised stays at its words', async ({ scene }) => {
  const room = await scene.opensRoom({ text: longChapter });
  const host = await hostReads(scene, room);
  const tobias = await scene.reads(room, 'Tobias');
  await selects(tobias, sentence(8));
  await tobias.page.getByRole('toolbar').getByRole('button', { name: 'Comment' }).click();
  await tobias.page.getByRole('textbox', { name: 'Your note' }).fill('Half a thought');
  await bringsText(host, revised);
  await publishes(host);
  await expect(block(tobias, 1)).toContainText('A new beginning');
  await expect(tobias.page.getByRole('textbox', { name: 'Your note' })).toHaveValue('Half a thought');
  await tobias.page.getByRole('button', { name: 'Comment', exact: true }).last().click();
  await expect(mark(host, sentence(8))).toHaveCount(1);
});

test('RV25 a typo is mended in the text that stands there', async ({ scene }) => {
  const room = await scene.opensRoom({ text: longChapter });
  const host = await hostReads(scene, room);
  const tobias = await scene.reads(room, 'Tobias');
  await comments(tobias, sentence(2), 'On the second');
  await host.page.getByRole('navigation', { name: 'Tools' }).getByRole('button', { name: 'Revise the text' }).click();
  await dialog(host).getByRole('button', { name: 'Mend the text that stands there' }).click();
  const field = dialog(host).getByRole('textbox', { name: 'The new text of the chapter' });
  await field.fill((await field.inputValue()).replace('Paragraph 1 begins', 'Paragraph one begins'));
  await dialog(host).getByRole('button', { name: 'See what would move' }).click();
  await expect(dialog(host)).toContainText('1 paragraph of 60 would hold other words');
  await publishes(host);
  await expect(block(tobias, 1)).toContainText('Paragraph one begins');
  await expect(mark(tobias, sentence(2))).toHaveCount(1);
});
