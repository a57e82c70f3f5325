import { expect, type OpenRoom, type Person, test } from '#tests/support/reading-room.ts';
import { hasNoBarrier } from '#tests/support/no-barrier.ts';
import { longChapter } from '#tests/support/passages.ts';

/** The host stands on the page and takes the lectern. */
async function leads(scene: { opensChapter: (person: Person, room: OpenRoom) => Promise<void> }, room: OpenRoom) {
  await scene.opensChapter(room.host, room);
  await room.host.page.getByRole('button', { name: 'Take the lectern' }).click();
  await expect(room.host.page.getByRole('complementary', { name: 'The lectern' })).toBeVisible();
}

const following = (person: Person, name = 'Mara') =>
  person.page.getByText(`Following ${name}`).filter({ visible: true });
const inSight = (person: Person, words: string) => person.page.locator('[data-b]', { hasText: words });

interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}
/** By more than the pixel that rounding makes. */
const meet = (one: Box, other: Box): boolean =>
  one.x < other.x + other.width - 1 &&
  one.x + one.width > other.x + 1 &&
  one.y < other.y + other.height - 1 &&
  one.y + one.height > other.y + 1;

async function boxOf({ page }: Person, selector: string): Promise<Box | null> {
  const box = page.locator(selector).first();
  return (await box.count()) > 0 ? box.boundingBox() : null;
}

/** What of the page the signs would float over. */
async function driftCovers(person: Person): Promise<string[]> {
  const drift = await boxOf(person, '.drift');
  if (drift === null) throw new Error('nothing can float');
  const covered: string[] = [];
  for (const selector of ['.text', '.desk', '.lane']) {
    const other = await boxOf(person, selector);
    if (other !== null && meet(drift, other)) covered.push(selector);
  }
  return covered;
}

/** Reads on with the wheel until this paragraph stands well inside the page. */
async function readsOnTo(person: Person, words: string): Promise<void> {
  await person.page.mouse.move(500, 400);
  await expect(async () => {
    await person.page.mouse.wheel(0, 400);
    await expect(inSight(person, words)).toBeInViewport({ ratio: 1, timeout: 300 });
  }).toPass();
}

test.describe('a session', () => {
  test('SE20 readers are taken along sentence by sentence, on every screen size', async ({ scene }) => {
    const room = await scene.opensRoom({ text: longChapter });
    const desk = await scene.reads(room, 'Tobias');
    const phone = await scene.reads(room, 'Pilar', 'listener', {
      viewport: { width: 390, height: 844 },
      hasTouch: true,
    });
    await leads(scene, room);
    await expect(following(desk)).toBeVisible();
    await expect(following(phone)).toBeVisible();
    await readsOnTo(room.host, 'Paragraph 40 ');
    await expect(inSight(desk, 'Paragraph 40 ')).toBeInViewport();
    await expect(inSight(phone, 'Paragraph 40 ')).toBeInViewport();
    await expect(room.host.page.getByText('2 of 2 follow you')).toBeVisible();
    await hasNoBarrier(room.host.page);
    await hasNoBarrier(desk.page);
    await hasNoBarrier(phone.page);
  });

  test('SE21 scrolling oneself leaves, Esc leaves, one tap returns, and selecting does not leave', async ({
    scene,
  }) => {
    const room = await scene.opensRoom({ text: longChapter });
    const reader = await scene.reads(room, 'Tobias');
    await leads(scene, room);
    await readsOnTo(room.host, 'Paragraph 30 ');
    await expect(inSight(reader, 'Paragraph 30 ')).toBeInViewport();
    await reader.page.locator('[data-b]', { hasText: 'Paragraph 30 ' }).dblclick();
    await expect(following(reader)).toBeVisible();
    await reader.page.keyboard.press('Escape');
    await reader.page.keyboard.press('Escape');
    await expect(following(reader)).toBeHidden();
    await reader.page.getByRole('button', { name: /Return|Follow/u }).click();
    await expect(following(reader)).toBeVisible();
    await reader.page.mouse.move(500, 400);
    // The first turn may only stop the glide there.
    await expect(async () => {
      await reader.page.mouse.wheel(0, -2000);
      await expect(reader.page.getByRole('button', { name: 'Return' })).toBeVisible({ timeout: 1_000 });
    }).toPass();
    await expect(following(reader)).toBeHidden();
    await reader.page.getByRole('button', { name: 'Return' }).click();
    await expect(inSight(reader, 'Paragraph 30 ')).toBeInViewport();
    await expect(following(reader)).toBeVisible();
    await reader.page.getByRole('button', { name: 'About the whole chapter' }).filter({ visible: true }).click();
    await expect(following(reader)).toBeHidden();
    await expect(inSight(reader, 'Paragraph 60 ')).toBeInViewport();
  });

  test('SE21 who turns the wheel while the page glides back to the host stays where it stops', async ({ scene }) => {
    const room = await scene.opensRoom({ text: longChapter });
    const reader = await scene.reads(room, 'Tobias');
    await leads(scene, room);
    await expect(following(reader)).toBeVisible();
    await reader.page.keyboard.press('Escape');
    await readsOnTo(room.host, 'Paragraph 30 ');
    await expect(reader.page.getByRole('button', { name: 'Return' })).toBeVisible();
    await reader.page.evaluate(() =>
      addEventListener('scroll', () => document.body.dispatchEvent(new WheelEvent('wheel', { bubbles: true })), {
        once: true,
      }),
    );
    await reader.page.getByRole('button', { name: 'Return' }).click();
    await expect(following(reader)).toBeHidden();
    const rests = () =>
      reader.page.evaluate(
        () =>
          new Promise<boolean>((resolve) => {
            const at = scrollY;
            setTimeout(() => resolve(scrollY === at), 300);
          }),
      );
    await expect.poll(rests).toBe(true);
    await expect(inSight(reader, 'Paragraph 30 ')).not.toBeInViewport();
    await expect(reader.page.getByRole('button', { name: 'Return' })).toBeVisible();
  });

  test('SE22 everyone can be brought here once: followers are taken, others are asked', async ({ scene }) => {
    const room = await scene.opensRoom({ text: longChapter });
    const reader = await scene.reads(room, 'Tobias');
    await leads(scene, room);
    await expect(following(reader)).toBeVisible();
    await reader.page.keyboard.press('Escape');
    await readsOnTo(room.host, 'Paragraph 40 ');
    await room.host.page.getByRole('button', { name: 'Bring everyone here' }).click();
    await expect(reader.page.getByText('Mara asks everyone here')).toBeVisible();
    await hasNoBarrier(reader.page);
    await reader.page.getByRole('button', { name: 'Go there' }).click();
    await expect(inSight(reader, 'Paragraph 40 ')).toBeInViewport();
    await expect(following(reader)).toBeVisible();
  });

  test('SE23 the spotlight falls on everyone’s page, and goes', async ({ scene }) => {
    const room = await scene.opensRoom();
    const reader = await scene.reads(room, 'Tobias');
    await leads(scene, room);
    await room.host.page.getByRole('button', { name: 'Spotlight' }).click();
    await expect(reader.page.locator('.opening.spotlight')).toBeVisible();
    await expect.poll(() => reader.page.evaluate(() => CSS.highlights.has('spotlit'))).toBe(true);
    await hasNoBarrier(reader.page);
    await room.host.page.getByRole('button', { name: 'Spotlight on' }).click();
    await expect(reader.page.locator('.opening.spotlight')).toHaveCount(0);
  });

  test('SE24 hands go up with a word, the host sees the queue, and lowers them', async ({ scene }) => {
    const room = await scene.opensRoom();
    const listener = await scene.reads(room, 'Bea', 'listener');
    await leads(scene, room);
    await listener.page.getByRole('button', { name: 'Raise hand' }).click();
    await listener.page.getByLabel('What about, if you like').fill('about the cup');
    await hasNoBarrier(listener.page);
    await listener.page.getByRole('button', { name: 'Raise hand' }).last().click();
    const hand = room.host.page.getByRole('listitem').filter({ hasText: 'about the cup' });
    await expect(hand).toContainText('Bea');
    await expect(listener.page.getByRole('button', { name: 'Your hand is up' })).toBeVisible();
    await hand.getByRole('button', { name: 'Lower Bea’s hand' }).click();
    await expect(hand).toHaveCount(0);
    await expect(listener.page.getByRole('button', { name: 'Raise hand' })).toBeVisible();
  });

  test('SE25 signs float past everyone’s margin with a name', async ({ scene }) => {
    const room = await scene.opensRoom();
    const listener = await scene.reads(room, 'Bea', 'listener');
    await leads(scene, room);
    // It floats past in seconds, so one looks before it comes.
    const floats = expect(room.host.page.locator('.drift')).toContainText('Bea');
    await listener.page.getByRole('button', { name: 'Moved' }).click();
    await floats;
  });

  test('SE25 signs float beside text and desk, on every screen size', async ({ scene }) => {
    const room = await scene.opensRoom({ text: longChapter });
    const reader = await scene.reads(room, 'Tobias');
    await leads(scene, room);
    await expect(following(reader)).toBeVisible();
    for (const person of [room.host, reader]) {
      for (const width of [1440, 1280, 1024, 820, 390]) {
        await person.page.setViewportSize({ width, height: 900 });
        await expect
          .poll(() => driftCovers(person), `${person === reader ? 'a reader' : 'the host'} at ${width}`)
          .toEqual([]);
      }
    }
  });

  test('SE25 two signs given in one breath both float', async ({ scene }) => {
    const room = await scene.opensRoom();
    const listener = await scene.reads(room, 'Bea', 'listener');
    await leads(scene, room);
    const signs = room.host.page.locator('.drift .arrives');
    const floats = Promise.all([expect(signs).toHaveCount(2), expect(signs).toHaveText([/Bea/u, /Bea/u])]);
    await listener.page.getByRole('button', { name: 'Moved' }).evaluate((button: HTMLElement) => {
      button.click();
      button.click();
    });
    await floats;
  });

  test('SE26 when the host’s connection drops the session waits, and a co-host takes the lectern', async ({
    scene,
  }) => {
    const room = await scene.opensRoom();
    const cohost = await scene.reads(room, 'Kenji', 'cohost');
    const reader = await scene.reads(room, 'Tobias');
    await leads(scene, room);
    await expect(following(reader)).toBeVisible();
    await room.host.page.close();
    await expect(reader.page.getByText('Mara’s connection dropped.')).toBeVisible();
    await hasNoBarrier(cohost.page);
    await cohost.page.getByRole('button', { name: 'Take the lectern' }).click();
    await expect(cohost.page.getByRole('complementary', { name: 'The lectern' })).toBeVisible();
    await expect(following(reader, 'Kenji')).toBeVisible();
  });

  test('SE29 on a tablet the empty lectern is taken from the foot, and raised hands are a count there', async ({
    scene,
  }) => {
    const room = await scene.opensRoom();
    const cohost = await scene.reads(room, 'Kenji', 'cohost', { viewport: { width: 820, height: 1180 } });
    const listener = await scene.reads(room, 'Bea', 'listener');
    await leads(scene, room);
    await listener.page.getByRole('button', { name: 'Raise hand' }).click();
    await listener.page.getByRole('button', { name: 'Raise hand' }).last().click();
    await cohost.page.getByRole('button', { name: 'One hand is up' }).click();
    await expect(cohost.page.getByRole('dialog', { name: 'Raised hands' })).toContainText('Bea');
    await hasNoBarrier(cohost.page);
    await cohost.page.keyboard.press('Escape');
    await room.host.page.close();
    await cohost.page.getByRole('button', { name: 'Take the lectern' }).click();
    await cohost.page.getByRole('button', { name: 'The desk', exact: true }).click();
    const desk = cohost.page.getByRole('complementary', { name: 'The lectern' });
    await expect(desk.getByText('Kenji (you)')).toBeVisible();
    await hasNoBarrier(cohost.page);
  });

  test('SE30 beside the desk the margin’s notes are counts that open under their words', async ({ scene }) => {
    const room = await scene.opensRoom();
    await leads(scene, room);
    await room.host.page.keyboard.press('s');
    await room.host.page.keyboard.press('n');
    await room.host.page.getByRole('textbox', { name: 'Your note' }).fill('Begin here.');
    await room.host.page.keyboard.press('Control+Enter');
    await room.host.page.keyboard.press('Escape');
    await room.host.page.getByRole('button', { name: '1 note', exact: true }).click();
    await expect(room.host.page.locator('.popnote')).toContainText('Begin here.');
    await expect(room.host.page.getByRole('complementary', { name: 'Notes in the margin' })).toHaveCount(0);
    await hasNoBarrier(room.host.page);
  });

  test('SE27 the lectern is handed over, and the session ends with a recap for all', async ({ scene }) => {
    const room = await scene.opensRoom();
    const cohost = await scene.reads(room, 'Kenji', 'cohost');
    const reader = await scene.reads(room, 'Tobias');
    await leads(scene, room);
    await room.host.page.getByRole('button', { name: 'Hand over' }).click();
    await room.host.page.getByRole('menuitem', { name: 'Kenji' }).click();
    await expect(cohost.page.getByRole('complementary', { name: 'The lectern' })).toBeVisible();
    await expect(following(reader, 'Kenji')).toBeVisible();
    await cohost.page.getByRole('button', { name: 'End the session' }).click();
    await expect(reader.page.getByText('The session is over.')).toBeVisible();
    await hasNoBarrier(reader.page);
    await expect(reader.page.getByText('Following')).toBeHidden();
  });

  test('SE28 following crosses chapters', async ({ scene }) => {
    const room = await scene.opensRoom({ text: `Chapter 1\n\n${longChapter}\n\nChapter 2\n\n${longChapter}` });
    const reader = await scene.reads(room, 'Tobias');
    await leads(scene, room);
    await expect(following(reader)).toBeVisible();
    await room.host.page.goto(room.readPath(1));
    await expect(reader.page).toHaveURL(new RegExp(room.readPath(1)));
    await expect(following(reader)).toBeVisible();
  });

  test('PR20 everyone sees who is here and where they read, and can go there', async ({ scene }) => {
    const room = await scene.opensRoom({ text: longChapter });
    const reader = await scene.reads(room, 'Tobias');
    await scene.opensChapter(room.host, room);
    await readsOnTo(room.host, 'Paragraph 40 ');
    await reader.page.getByRole('button', { name: 'Who is here: 2' }).filter({ visible: true }).click();
    await hasNoBarrier(reader.page);
    await reader.page.getByRole('button', { name: 'Mara', exact: true }).click();
    await expect(inSight(reader, 'Paragraph 40 ')).toBeInViewport();
    await expect(reader.page.getByRole('button', { name: 'Go to where Mara reads' })).toBeVisible();
    await reader.page.keyboard.press('Escape');
    await room.host.page.close();
    await expect(reader.page.getByRole('button', { name: 'Who is here: 1' }).filter({ visible: true })).toBeVisible();
  });
});
