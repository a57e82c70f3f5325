import { block, expect, mark, type OpenRoom, type Person, selects, test } from '#tests/support/reading-room.ts';
import { hasNoBarrier } from '#tests/support/no-barrier.ts';

const margin = ({ page }: Person) => page.getByRole('complementary', { name: 'Notes in the margin' });
const openThread = ({ page }: Person) => page.locator('article.is-open');

const talk = ({ page }: Person) => page.getByRole('region', { name: 'About the whole chapter' });

/** The first words of a block, to select or to find again. */
async function opening(person: Person, number: number): Promise<string> {
  const text = await block(person, number).locator('[data-o]').first().textContent();
  return (text ?? '').split(' ').slice(0, 4).join(' ');
}

async function comments(person: Person, words: string, note: string): Promise<void> {
  await selects(person, words);
  await person.page.getByRole('toolbar').getByRole('button', { name: 'Comment' }).click();
  await person.page.getByRole('textbox', { name: 'Your note' }).fill(note);
  await person.page.getByRole('button', { name: 'Comment', exact: true }).last().click();
  await expect(openThread(person).locator('.note-body')).toHaveCount(1);
}

async function replies(person: Person, words: string): Promise<void> {
  await openThread(person)
    .getByRole('textbox', { name: /^Reply/u })
    .fill(words);
  await openThread(person)
    .getByRole('textbox', { name: /^Reply/u })
    .press('Control+Enter');
}

async function opens(person: Person, note: string): Promise<void> {
  await margin(person).getByText(note).click();
  await expect(openThread(person)).toContainText(note);
}

async function fromMenu(person: Person, of: string, item: string | RegExp): Promise<void> {
  const entry = openThread(person).locator('.entry', { hasText: of }).last();
  await entry.hover();
  await entry.getByRole('button', { name: /^More about/u }).click();
  await person.page.getByRole('menuitem', { name: item }).click();
}

async function pair(
  scene: { reads: (room: OpenRoom, name: string) => Promise<Person> },
  room: OpenRoom,
): Promise<[Person, Person]> {
  return [await scene.reads(room, 'Tobias'), await scene.reads(room, 'Pilar')];
}

test('MG10 a comment stands at its words on everyone’s page, and is answered', async ({ scene }) => {
  const room = await scene.opensRoom();
  const [tobias, pilar] = await pair(scene, room);
  const words = await opening(tobias, 3);
  await comments(tobias, words, 'Is it *that* cold?');
  await expect(openThread(tobias)).toContainText('Is it that cold?');
  await expect(openThread(tobias).locator('em')).toHaveText('that');

  await opens(pilar, 'Is it that cold?');
  await replies(pilar, 'A ghost, with good manners');
  await expect(openThread(tobias)).toContainText('A ghost, with good manners');
  await expect(mark(pilar, words)).toHaveCount(1);
  const gap = await pilar.page.evaluate(() => {
    const line = document.querySelector('mark[data-notes] [data-o]')?.getClientRects()[0];
    const head = document.querySelector('article.is-open [data-line]')?.getClientRects()[0];
    return line && head ? Math.abs(line.top + line.height * 0.7926 - (head.top + head.height * 0.75)) : Number.NaN;
  });
  expect(gap).toBeLessThan(4);
});

test('MG11 words are changed, taken back and brought back; a deleted note stands while replies hang on it', async ({
  scene,
}) => {
  const room = await scene.opensRoom();
  const [tobias, pilar] = await pair(scene, room);
  await comments(tobias, await opening(tobias, 3), 'First thought');
  await opens(pilar, 'First thought');
  await replies(pilar, 'An answer');
  await expect(openThread(tobias)).toContainText('An answer');

  await fromMenu(tobias, 'First thought', 'Edit');
  const field = openThread(tobias).getByRole('textbox', { name: 'Your note' });
  await field.press('Escape');
  await expect(field).toHaveCount(0);
  await fromMenu(tobias, 'First thought', 'Edit');
  await field.fill('Second thought');
  await openThread(tobias).getByRole('button', { name: 'Save' }).click();
  await expect(openThread(pilar)).toContainText('Second thought');
  await expect(openThread(pilar)).toContainText('edited');

  await fromMenu(pilar, 'An answer', 'Delete');
  await expect(openThread(tobias)).not.toContainText('An answer');
  await pilar.page.getByRole('button', { name: 'Undo' }).click();
  await expect(openThread(tobias)).toContainText('An answer');

  await fromMenu(tobias, 'Second thought', 'Delete');
  await expect(openThread(pilar)).toContainText('deleted');
  await expect(openThread(pilar)).toContainText('An answer');
  await tobias.page.getByRole('button', { name: 'Undo' }).click();
  await expect(openThread(pilar)).toContainText('Second thought');
});

test('MG12 reactions count, say whose they are, and are taken off again', async ({ scene }) => {
  const room = await scene.opensRoom();
  const [tobias, pilar] = await pair(scene, room);
  await comments(tobias, await opening(tobias, 3), 'Best line so far');
  await opens(pilar, 'Best line so far');
  await openThread(pilar).getByRole('button', { name: 'React' }).first().click();
  await pilar.page.getByRole('button', { name: 'Loved', exact: true }).click();
  const theirs = openThread(tobias).getByRole('button', { name: 'Loved, 1: Pilar' });
  const tip = tobias.page.locator('.tip');
  await theirs.hover();
  await expect(tip).toHaveText('Loved: Pilar');
  await tobias.page.mouse.move(0, 0);
  await expect(tip).toHaveCount(0);
  await theirs.click();
  await expect(tip).toHaveCount(0);
  await expect(openThread(pilar).getByRole('button', { name: 'Loved, 2: Tobias and you' })).toHaveAttribute(
    'aria-pressed',
    'true',
  );
  await openThread(pilar)
    .getByRole('button', { name: /^Loved/u })
    .click();
  await expect(openThread(tobias).getByRole('button', { name: 'Loved, 1: you' })).toBeVisible();
});

test('MG13 who is writing is shown to the others in the thread, and no longer once it is sent', async ({ scene }) => {
  const room = await scene.opensRoom();
  const [tobias, pilar] = await pair(scene, room);
  await comments(tobias, await opening(tobias, 3), 'Anyone?');
  await opens(pilar, 'Anyone?');
  await openThread(pilar)
    .getByRole('textbox', { name: /^Reply/u })
    .pressSequentially('I am');
  await expect(openThread(tobias)).toContainText('Pilar is writing…');
  await openThread(pilar).getByRole('button', { name: 'Reply', exact: true }).click();
  await expect(openThread(tobias)).not.toContainText('is writing');
});

test('MG14 a private note is never in another’s page, nor in any frame sent to them', async ({ scene }) => {
  const room = await scene.opensRoom();
  const tobias = await scene.reads(room, 'Tobias');
  const pilar = await scene.joins(room, 'Pilar');
  const frames: string[] = [];
  pilar.page.on('websocket', (socket) =>
    socket.on('framereceived', ({ payload }) => frames.push(payload.toString('latin1'))),
  );
  await scene.opensChapter(pilar, room);
  const words = await opening(tobias, 3);
  await selects(tobias, words);
  await tobias.page.getByRole('toolbar').getByRole('button', { name: 'Comment' }).click();
  await tobias.page.getByRole('button', { name: /^Who reads it/u }).click();
  await tobias.page.getByRole('menuitem', { name: 'Only me' }).click();
  await tobias.page.getByRole('textbox', { name: 'Your note' }).fill('Cinnabar, for the essay');
  await tobias.page.getByRole('button', { name: 'Keep' }).click();
  await expect(openThread(tobias)).toContainText('only you');
  // A room note after it: when that has come, the private one would have come too.
  await tobias.page.keyboard.press('Escape');
  await comments(tobias, await opening(tobias, 4), 'For everybody');
  await expect(margin(pilar)).toContainText('For everybody');
  expect(await pilar.page.content()).not.toContain('Cinnabar');
  expect(frames.length).toBeGreaterThan(0);
  expect(frames.some((frame) => frame.includes('Cinnabar'))).toBe(false);
});

test('MG15 what is written without a connection says so, and arrives once and in order when there is one', async ({
  scene,
}) => {
  // On localhost a browser does not say that it is offline: the socket finds out by its own heartbeat.
  test.setTimeout(150_000);
  scene.expectsConsole(/websocket|Failed/iu);
  const room = await scene.opensRoom();
  const [tobias, pilar] = await pair(scene, room);
  await comments(tobias, await opening(tobias, 3), 'Before the tunnel');
  await opens(pilar, 'Before the tunnel');
  await tobias.context.setOffline(true);
  await expect(tobias.page.locator('html')).toHaveAttribute('data-connection', 'offline', { timeout: 60_000 });
  await expect(tobias.page.getByText('No connection. Read on:')).toBeVisible();
  for (const words of ['One', 'Two', 'Three']) await replies(tobias, `${words} in the tunnel`);
  await expect(openThread(tobias).getByText('waiting for connection')).toHaveCount(3);
  await expect(tobias.page.getByText('Three notes wait to be sent.')).toBeVisible();

  await tobias.context.setOffline(false);
  await expect(openThread(pilar)).toContainText('Three in the tunnel');
  await expect(openThread(pilar).getByText(/in the tunnel/u)).toHaveText([
    'One in the tunnel',
    'Two in the tunnel',
    'Three in the tunnel',
  ]);
  await expect(openThread(tobias).getByText('waiting for connection')).toHaveCount(0);
});

test('MG16 what is written stays when its note is taken back, and can become a note of its own', async ({ scene }) => {
  const room = await scene.opensRoom();
  const [tobias, pilar] = await pair(scene, room);
  await comments(tobias, await opening(tobias, 3), 'On second thoughts');
  await opens(pilar, 'On second thoughts');
  await openThread(pilar)
    .getByRole('textbox', { name: /^Reply/u })
    .fill('Half a sentence');
  await fromMenu(tobias, 'On second thoughts', 'Delete');
  await expect(openThread(pilar)).toContainText('Tobias took this note back while you were writing.');
  await expect(openThread(pilar)).toContainText('Half a sentence');
  await openThread(pilar).getByRole('button', { name: 'Make it a note of its own' }).click();
  await expect(margin(tobias)).toContainText('Half a sentence');
});

test('MG37 the menu of a note stands clear of the running foot, wherever the note is', async ({ scene }) => {
  const room = await scene.opensRoom();
  const [tobias] = await pair(scene, room);
  const { page } = tobias;
  await comments(tobias, await opening(tobias, 3), 'Low on the page');
  const more = openThread(tobias).getByRole('button', { name: /^More about/u });
  const button = await more.boundingBox();
  if (button === null) throw new Error('the note has no menu');
  const below = (height: number) => page.setViewportSize({ width: 1280, height: Math.round(button.y + height) });
  for (const height of [420, 330, 290, 260, 220]) {
    await below(height);
    await more.click();
    const menu = page.getByRole('menu');
    const foot = await page.locator('.foot').boundingBox();
    await expect
      .poll(async () => {
        const box = await menu.boundingBox();
        return box !== null && foot !== null && box.y >= 0 && box.y + box.height <= foot.y;
      }, `a window that ends ${height} px under the note`)
      .toBe(true);
    await page.keyboard.press('Escape');
    await expect(menu).toHaveCount(0);
  }
});

test('MG17 a draft is kept over a reload', async ({ scene }) => {
  const room = await scene.opensRoom();
  const tobias = await scene.reads(room, 'Tobias');
  await comments(tobias, await opening(tobias, 3), 'A note');
  await openThread(tobias).getByRole('textbox', { name: 'Reply' }).fill('Not yet sent');
  await tobias.page.reload();
  await margin(tobias).getByText('A note', { exact: true }).click();
  await expect(openThread(tobias).getByRole('textbox', { name: 'Reply' })).toHaveValue('Not yet sent');
});

test('MG18 the chapter as a whole is talked about under its end', async ({ scene }) => {
  const room = await scene.opensRoom();
  const [tobias, pilar] = await pair(scene, room);
  await talk(tobias).getByRole('textbox').fill('I liked it');
  await talk(tobias).getByRole('button', { name: 'Say it' }).click();
  await talk(pilar).getByText('I liked it').click();
  await talk(pilar).getByRole('textbox', { name: 'Reply to Tobias' }).fill('So did I');
  await talk(pilar).getByRole('button', { name: 'Reply', exact: true }).click();
  await expect(talk(tobias)).toContainText('1 reply');
});

test('MG19 a thread is opened from its mark, answered and left with the keyboard alone', async ({ scene }) => {
  const room = await scene.opensRoom();
  const [tobias, pilar] = await pair(scene, room);
  const words = await opening(tobias, 3);
  await comments(tobias, words, 'By hand');
  const target = mark(pilar, words);
  await expect(target).toHaveCount(1);
  await target.focus();
  await pilar.page.keyboard.press('Enter');
  await expect(openThread(pilar)).toBeFocused();
  await pilar.page.keyboard.press('r');
  await expect(openThread(pilar).getByRole('textbox', { name: 'Reply to Tobias' })).toBeFocused();
  await pilar.page.keyboard.type('By keys');
  await pilar.page.keyboard.press('Control+Enter');
  await expect(openThread(tobias)).toContainText('By keys');
  await pilar.page.keyboard.press('Escape');
  await expect(openThread(pilar)).toBeVisible();
  await openThread(pilar).focus();
  await pilar.page.keyboard.press('Escape');
  await expect(openThread(pilar)).toHaveCount(0);
  await expect(target).toBeFocused();
});

for (const [name, width, height] of [
  ['a column', 1440, 900],
  ['a rail', 820, 1180],
  ['a sheet', 390, 844],
] as const) {
  test(`MG20 the margin as ${name} has no accessibility violations, at rest and with an open thread`, async ({
    scene,
  }) => {
    const room = await scene.opensRoom({ context: { viewport: { width: 1440, height: 900 } } });
    const tobias = await scene.reads(room, 'Tobias');
    await comments(tobias, await opening(tobias, 3), 'A note with [a link](https://example.org)');
    await replies(tobias, 'A reply');
    const pilar = await scene.reads(room, 'Pilar', 'reader', { viewport: { width, height }, reducedMotion: 'reduce' });
    await expect(mark(pilar, await opening(pilar, 3))).toHaveCount(1);
    await hasNoBarrier(pilar.page);
    if (width >= 1200)
      await margin(pilar)
        .getByText('a link')
        .first()
        .locator('xpath=ancestor::article')
        .click({ position: { x: 5, y: 5 } });
    else await pilar.page.getByRole('button', { name: '2 notes' }).click();
    await expect(pilar.page.getByRole('article', { name: 'Reply by Tobias' })).toBeVisible();
    await hasNoBarrier(pilar.page);
  });
}

test('MG21 what comes above the words being read waits, and moves nothing, until one asks for it', async ({
  scene,
}) => {
  const room = await scene.opensRoom();
  const [tobias, pilar] = await pair(scene, room);
  await comments(tobias, 'By morning the frost', 'Further down');
  await expect(mark(pilar, 'By morning the frost')).toHaveCount(1);
  await pilar.page.evaluate(() => scrollTo({ top: document.body.scrollHeight, behavior: 'instant' }));
  const card = margin(pilar).getByRole('article', { name: /^Note by Tobias/u });
  const before = await card.boundingBox();
  await comments(tobias, await opening(tobias, 3), 'Above');
  await expect(pilar.page.getByRole('button', { name: '1 new note above' })).toBeVisible();
  expect(await card.boundingBox()).toEqual(before);
  await expect(margin(pilar)).not.toContainText('Above');
  await pilar.page.getByRole('button', { name: '1 new note above' }).click();
  await expect(margin(pilar).getByText('Above', { exact: true })).toBeInViewport();
});

test('MG22 a link to a note opens its thread, with its words in sight, at a first visit', async ({ scene }) => {
  const text = Array.from({ length: 60 }, (_, index) => `Paragraph ${index + 1}: the lamp, the lock, the frost.`).join(
    '\n\n',
  );
  const room = await scene.opensRoom({ text });
  await scene.opensChapter(room.host, room);
  await comments(room.host, 'Paragraph 50: the lamp', 'Who lit it?');
  const note = await mark(room.host, 'Paragraph 50: the lamp').first().getAttribute('data-notes');
  const reader = await scene.joins(room, 'Tobias');
  await reader.page.goto(`${room.readPath()}#note-${note}`);
  await expect(openThread(reader)).toContainText('Who lit it?');
  await expect(mark(reader, 'Paragraph 50: the lamp').first()).toBeInViewport();
  await expect(openThread(reader)).toBeInViewport();
});
