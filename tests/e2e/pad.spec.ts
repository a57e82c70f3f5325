import { hasNoBarrier } from '#tests/support/no-barrier.ts';
import { block, expect, type OpenRoom, type Person, selects, test } from '#tests/support/reading-room.ts';

const words = ({ page }: Person) => page.getByRole('textbox', { name: /^The pad of/u });
const saving = ({ page }: Person) => page.locator('.pad-saving');

async function opensPad(person: Person, room: OpenRoom): Promise<void> {
  await person.page.goto(`/rooms/${room.id}`);
  await person.page.getByRole('link', { name: 'The pad' }).click();
  await expect(words(person)).toBeVisible();
  await expect(saving(person)).not.toHaveAttribute('data-saving', 'opening');
}

async function writes(person: Person, text: string): Promise<void> {
  await words(person).click();
  await person.page.keyboard.press('Control+End');
  await person.page.keyboard.type(text);
}

async function writesOn(person: Person, line: string, text: string): Promise<void> {
  await words(person).locator('p', { hasText: line }).click();
  await person.page.keyboard.press('End');
  await person.page.keyboard.type(text);
}

/** What the pad says on somebody's page, without the names at the carets. */
const readsHere = (person: Person): Promise<string> =>
  words(person).evaluate((element) => {
    const copy = element.cloneNode(true) as HTMLElement;
    for (const caret of copy.querySelectorAll('.pad-caret')) caret.remove();
    return [...copy.children].map((child) => child.textContent).join('\n');
  });

const tool = ({ page }: Person, name: string) =>
  page.getByRole('toolbar', { name: 'Text' }).getByRole('button', { name, exact: true });

test('PD80 three people write one pad at once, see each other’s carets with their names, and undo their own alone', async ({
  scene,
}) => {
  const room = await scene.opensRoom();
  const [tobias, pilar] = [await scene.joins(room, 'Tobias'), await scene.joins(room, 'Pilar')];
  const people = [room.host, tobias, pilar];
  for (const person of people) await opensPad(person, room);
  await writes(room.host, 'What we read\nTobias:\nPilar:');
  for (const person of [tobias, pilar]) await expect(words(person)).toContainText('Pilar:');
  await Promise.all([writesOn(tobias, 'Tobias:', ' the ferry.'), writesOn(pilar, 'Pilar:', ' the harbour.')]);
  for (const person of people) {
    await expect(words(person)).toContainText('What we read');
    await expect(saving(person)).toHaveText('Saved');
  }
  expect(new Set(await Promise.all(people.map(readsHere))).size).toBe(1);
  await expect(tobias.page.locator('.pad-caret-name', { hasText: 'Pilar' })).toHaveCount(1);
  await expect(tobias.page.getByRole('group', { name: 'Also in the pad' }).getByRole('img')).toHaveCount(2);

  // More often than he has anything to undo: nothing of the others may go.
  for (let times = 0; times < 30; times += 1) await tobias.page.keyboard.press('Control+z');
  for (const person of people) {
    await expect.poll(() => readsHere(person)).toBe('What we read\nTobias:\nPilar: the harbour.');
  }
});

test('PD81 headings, lists, things to do and links are made with the bar, and others see them', async ({ scene }) => {
  const room = await scene.opensRoom();
  const tobias = await scene.joins(room, 'Tobias');
  await opensPad(room.host, room);
  await opensPad(tobias, room);
  const { page } = room.host;
  await words(room.host).click();
  await tool(room.host, 'Heading').click();
  await page.keyboard.type('Questions\n');
  await tool(room.host, 'Things to do').click();
  await page.keyboard.type('Ask Ines\nBring tea\n\n');
  await tool(room.host, 'List').click();
  await page.keyboard.type('one\ntwo\n\n');
  await tool(room.host, 'Bold').click();
  await page.keyboard.type('certain');
  await expect(words(tobias).getByRole('heading', { name: 'Questions', level: 1 })).toBeVisible();
  await expect(words(tobias).getByRole('checkbox')).toHaveCount(2);
  await words(tobias).getByRole('checkbox').first().check();
  await expect(words(room.host).getByRole('checkbox').first()).toBeChecked();
  await expect(words(tobias).locator('ul:not([data-type]) li')).toHaveText(['one', 'two']);
  await expect(words(tobias).locator('strong')).toHaveText('certain');

  await tool(room.host, 'Link').click();
  await page.getByRole('textbox', { name: 'Address' }).fill('javascript:alert(1)');
  await page.getByRole('button', { name: 'Set the link' }).click();
  await expect(page.getByText('This is no address of a page or of a mailbox.')).toBeVisible();
  await page.getByRole('textbox', { name: 'Address' }).fill('example.org/ferry');
  await page.getByRole('button', { name: 'Set the link' }).click();
  await expect(words(tobias).getByRole('link', { name: 'example.org/ferry' })).toHaveAttribute(
    'href',
    'https://example.org/ferry',
  );
  await hasNoBarrier(room.host.page);
});

test('PD82 what is written without a connection says where it is kept, and comes along', async ({ scene }) => {
  const room = await scene.opensRoom();
  const tobias = await scene.joins(room, 'Tobias');
  await opensPad(room.host, room);
  await opensPad(tobias, room);
  await writes(room.host, 'Together. ');
  await expect(words(tobias)).toContainText('Together.');
  await tobias.context.setOffline(true);
  await expect(saving(tobias)).toContainText('No connection');
  await writes(tobias, 'In the tunnel.');
  await expect(saving(tobias)).toContainText('kept on this device');
  await writes(room.host, 'Meanwhile.');
  await tobias.context.setOffline(false);
  await expect(words(room.host)).toContainText('In the tunnel.');
  await expect(words(tobias)).toContainText('Meanwhile.');
  await expect(saving(tobias)).toHaveText('Saved');
});

test('PD83 a listener reads along and is told why; made a reader they write, and a listener again they do not', async ({
  scene,
}) => {
  const room = await scene.opensRoom();
  const lou = await scene.joins(room, 'Lou', 'listener');
  await opensPad(room.host, room);
  await opensPad(lou, room);
  await writes(room.host, 'For all.');
  await expect(words(lou)).toContainText('For all.');
  await expect(lou.page.getByText('You are listening here')).toBeVisible();
  await expect(words(lou)).toHaveAttribute('contenteditable', 'false');
  const { page } = room.host;
  const changes = async (role: string) => {
    const people = await page.context().newPage();
    await people.goto(`/rooms/${room.id}`);
    await people.getByRole('button', { name: /Everyone in the room/u }).click();
    await people.getByRole('button', { name: 'Lou: more' }).click();
    await people.getByRole('menuitem', { name: role }).click();
    await people.close();
  };
  await changes('Make Lou a reader');
  await expect(words(lou)).toHaveAttribute('contenteditable', 'true');
  await writes(lou, ' And of me.');
  await expect(words(room.host)).toContainText('And of me.');
  await changes('Make Lou a listener');
  await expect(words(lou)).toHaveAttribute('contenteditable', 'false');
});

test('PD84 a version is named, looked at and restored, and the restore is taken back by another', async ({ scene }) => {
  const room = await scene.opensRoom();
  const tobias = await scene.joins(room, 'Tobias');
  await opensPad(room.host, room);
  await opensPad(tobias, room);
  await writes(room.host, 'First thoughts.');
  await expect(saving(room.host)).toHaveText('Saved');
  const { page } = room.host;
  await page.getByRole('button', { name: 'Versions' }).click();
  await page.getByRole('textbox', { name: 'Name this version' }).fill('After the first evening');
  await page.getByRole('button', { name: 'Keep it' }).click();
  await expect(page.getByRole('button', { name: /After the first evening/u })).toBeVisible();
  await page.keyboard.press('Escape');
  await writes(tobias, ' Second thoughts.');
  await expect(words(room.host)).toContainText('Second thoughts.');

  await page.getByRole('button', { name: 'Versions' }).click();
  await page.getByRole('button', { name: /After the first evening/u }).click();
  await expect(page.getByRole('region', { name: 'What the pad said' })).toHaveText('First thoughts.');
  await page.getByRole('button', { name: 'Restore this version' }).click();
  await expect(words(tobias)).not.toContainText('Second thoughts.');
  await expect(words(tobias)).toContainText('First thoughts.');

  await page.getByRole('button', { name: 'Versions' }).click();
  await page.getByRole('button', { name: /Before a version was restored/u }).click();
  await page.getByRole('button', { name: 'Restore this version' }).click();
  await expect(words(tobias)).toContainText('Second thoughts.');
});

test('PD85 words are sent from the page to the pad, lead back to their place, are found by search and taken home', async ({
  scene,
}) => {
  const room = await scene.opensRoom();
  const tobias = await scene.reads(room, 'Tobias');
  const text = await block(tobias, 3).locator('[data-o]').first().textContent();
  const quoted = (text ?? '').split(' ').slice(0, 4).join(' ');
  await opensPad(room.host, room);
  await selects(tobias, quoted);
  await tobias.page
    .getByRole('toolbar', { name: 'Selection' })
    .getByRole('button', { name: 'Send to the pad' })
    .click();
  await expect(tobias.page.getByText('It is in the pad.')).toBeVisible();
  const quotation = words(room.host).getByRole('figure');
  await expect(quotation).toContainText(quoted);
  await writes(room.host, 'We wondered about herons.');
  await expect(saving(room.host)).toHaveText('Saved');

  const { page } = room.host;
  await page.getByRole('link', { name: 'Notebook' }).click();
  await page.getByRole('textbox', { name: 'Search the notes' }).fill('HERONS');
  await expect(page.getByRole('region', { name: /In the pad/u })).toContainText('We wondered about herons.');
  const preview = page.getByRole('region', { name: 'Preview' });
  const address = await page.getByRole('link', { name: 'Download' }).getAttribute('href');
  const file = await (await page.context().request.get(address ?? '')).text();
  expect(file).toContain('We wondered about herons.');
  await page.getByRole('checkbox', { name: 'With the pad' }).uncheck();
  await expect(preview).toBeVisible();
  const without = await page.getByRole('link', { name: 'Download' }).getAttribute('href');
  expect(await (await page.context().request.get(without ?? '')).text()).not.toContain('herons');
  await page.getByRole('link', { name: 'We wondered about herons.' }).click();
  await expect(words(room.host).locator('p', { hasText: 'We wondered about herons.' })).toBeInViewport();
  await expect.poll(() => page.evaluate(() => CSS.highlights.get('found')?.size)).toBe(1);

  await words(room.host).getByRole('figure').getByRole('link').click();
  await expect(page).toHaveURL(/\/read\/.*#at=/u);
  await expect(block(room.host, 3)).toBeInViewport();
});

test('PD86 the pad can be read before any script has run, and on a phone', async ({ scene }) => {
  const room = await scene.opensRoom();
  await opensPad(room.host, room);
  await writes(room.host, 'Words for everybody.');
  await expect(saving(room.host)).toHaveText('Saved');
  const address = room.host.page.url();
  const still = await scene.joins(room, 'Pilar', 'reader', {
    javaScriptEnabled: false,
    viewport: { width: 390, height: 844 },
  });
  await still.page.goto(address);
  await expect(still.page.getByText('Words for everybody.')).toBeVisible();
  const wide = await still.page.evaluate(() => document.documentElement.scrollWidth);
  expect(wide).toBeLessThanOrEqual(390);
});

test('PD87 words copied from the page become a quotation in the pad; pasted words of elsewhere leave their dress behind', async ({
  scene,
}) => {
  const room = await scene.opensRoom();
  const tobias = await scene.reads(room, 'Tobias');
  const text = await block(tobias, 3).locator('[data-o]').first().textContent();
  const quoted = (text ?? '').split(' ').slice(0, 4).join(' ');
  await selects(tobias, quoted);
  await expect(tobias.page.getByRole('toolbar', { name: 'Selection' })).toBeVisible();
  const html = await tobias.page.evaluate(() => {
    const data = new DataTransfer();
    document.dispatchEvent(new ClipboardEvent('copy', { clipboardData: data, bubbles: true, cancelable: true }));
    return data.getData('text/html');
  });
  await opensPad(tobias, room);
  await opensPad(room.host, room);
  const pastes = (pasted: string) =>
    words(tobias).evaluate((element, given) => {
      const data = new DataTransfer();
      data.setData('text/html', given);
      element.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
    }, pasted);
  await words(tobias).click();
  await pastes(html);
  await expect(words(room.host).getByRole('figure')).toContainText(quoted);
  await expect(words(room.host).getByRole('figure').getByRole('link')).toHaveAttribute('href', /\/read\/.*#at=b/u);

  await words(tobias).press('Control+End');
  await pastes(
    '<ol start="99999999999" type="z"><li>one</li></ol><p style="color:red">two <a href="https://example.org/" class="x" target="_blank" title="t">three</a> <a href="javascript:alert(1)">four</a></p><figure data-source="s" data-chapter="../x" data-at="y"><blockquote><p>five</p></blockquote></figure><script>alert(1)</script><table><tr><td>six</td></tr></table>',
  );
  for (const word of ['one', 'two', 'three', 'four', 'five', 'six']) await expect(words(room.host)).toContainText(word);
  await expect(words(room.host).getByRole('link', { name: 'three' })).toHaveAttribute('href', 'https://example.org/');
  await expect(words(room.host).getByRole('link', { name: 'four' })).toHaveCount(0);
  await expect(saving(tobias)).toHaveText('Saved');
});

test('PD88 what somebody wrote offline waits on the device while they may not write, and comes along when they may', async ({
  scene,
}) => {
  const room = await scene.opensRoom();
  const tobias = await scene.joins(room, 'Tobias');
  await opensPad(room.host, room);
  await opensPad(tobias, room);
  await writes(room.host, 'Together. ');
  await expect(words(tobias)).toContainText('Together.');
  await tobias.context.setOffline(true);
  await writes(tobias, 'In the tunnel.');
  await expect(saving(tobias)).toContainText('kept on this device');
  const people = await room.host.context.newPage();
  const makes = async (role: string) => {
    await people.goto(`/rooms/${room.id}`);
    await people.getByRole('button', { name: /Everyone in the room/u }).click();
    await people.getByRole('button', { name: 'Tobias: more' }).click();
    await people.getByRole('menuitem', { name: role }).click();
  };
  await makes('Make Tobias a listener');
  await tobias.context.setOffline(false);
  await expect(words(tobias)).toHaveAttribute('contenteditable', 'false');
  await expect(words(tobias)).not.toContainText('In the tunnel.');
  await expect(words(room.host)).not.toContainText('In the tunnel.');
  await makes('Make Tobias a reader');
  await expect(words(room.host)).toContainText('In the tunnel.');
  await expect(words(tobias)).toContainText('In the tunnel.');
});

test('PD89 what the server will not take is shown to be copied, and the pad goes on with a fresh copy', async ({
  scene,
}) => {
  const room = await scene.opensRoom();
  const tobias = await scene.joins(room, 'Tobias');
  await opensPad(room.host, room);
  await opensPad(tobias, room);
  await writes(room.host, 'Kept. ');
  await expect(words(tobias)).toContainText('Kept.');
  await words(tobias).click();
  await words(tobias).evaluate((element) => {
    const data = new DataTransfer();
    data.setData('text/plain', `too much ${'x'.repeat(560_000)}`);
    element.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
  });
  const lost = tobias.page.getByRole('region', { name: 'Not in the pad' });
  await expect(lost).toContainText('too much');
  await tobias.page.reload();
  await expect(lost).toContainText('too much');
  await expect(words(tobias)).toContainText('Kept.');
  await expect(words(tobias)).not.toContainText('too much');
  await writes(tobias, 'And on.');
  await expect(words(room.host)).toContainText('And on.');
  await expect(words(room.host)).not.toContainText('too much');
  await lost.getByRole('button', { name: 'Let them go' }).click();
  await expect(lost).toBeHidden();
});
