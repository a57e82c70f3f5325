import { asPerson, does } from '#tests/support/host-commands.ts';
import { block, expect, type OpenRoom, type Person, type Scene, test } from '#tests/support/reading-room.ts';
import type { EventSocket } from '#tests/support/visitor.ts';
import { type AnnotationId, newId } from '#shared/records/ids.ts';

const PARAGRAPHS = 400;
const text = Array.from(
  { length: PARAGRAPHS },
  (_, index) => `Paragraph ${index + 1} begins here. ${'The keeper counted the lamps again. '.repeat(3)}`,
).join('\n\n');

/** Marks the first words of a paragraph, for everyone. */
const marks = (writer: EventSocket, room: OpenRoom, paragraph: number, body = '') =>
  does(writer, {
    kind: 'annotation.create',
    annotation: newId<AnnotationId>(),
    chapter: room.chapters[0],
    passage: {
      start: { block: `b${paragraph}`, offset: 0 },
      end: { block: `b${paragraph}`, offset: `Paragraph ${paragraph}`.length },
    },
    colour: 'woad',
    body,
    visibility: 'room',
  });

const marksOf = (person: Person, paragraph: number) => block(person, paragraph).locator('mark[data-notes]');

/** A reader whose browser never says that it rests, as Safari's does not: what is far is drawn when it comes near. */
async function readsWithoutRest(scene: Scene, room: OpenRoom): Promise<Person> {
  const reader = await scene.joins(room, 'Tobias');
  await reader.page.addInitScript(() => Reflect.deleteProperty(window, 'requestIdleCallback'));
  await scene.opensChapter(reader, room);
  return reader;
}

const opens = async (scene: Scene) => {
  const room = await scene.opensRoom({ text });
  await scene.opensChapter(room.host, room);
  return { room, writer: await asPerson(room.host, room.id) };
};

/** What is painted under this name, as text. */
const painted = (person: Person, name: string) =>
  person.page.evaluate((key) => [...(CSS.highlights.get(key) ?? [])].map(String).join(), name);

test('RD84 marks in sight are drawn at once, those far away when one comes near', async ({ scene }) => {
  const { room, writer } = await opens(scene);
  await marks(writer, room, 300);
  const reader = await readsWithoutRest(scene, room);
  await marks(writer, room, 2);
  await expect(marksOf(reader, 2)).toHaveCount(1);
  expect(await marksOf(reader, 300).count()).toBe(0);
  await block(reader, 300).evaluate((element) => element.scrollIntoView({ block: 'center' }));
  await expect(marksOf(reader, 300)).toHaveCount(1);
});

test('RD84 while the page is at rest, all marks are drawn', async ({ scene }) => {
  const { room, writer } = await opens(scene);
  for (const paragraph of [2, 150, 300]) await marks(writer, room, paragraph);
  const reader = await scene.reads(room, 'Tobias');
  await expect(reader.page.locator('mark[data-notes]')).toHaveCount(3);
  expect(await reader.page.evaluate(() => scrollY)).toBe(0);
});

test('RD84 a mark that comes renders its own block alone', async ({ scene }) => {
  const { room, writer } = await opens(scene);
  for (const paragraph of [2, 3, 4]) await marks(writer, room, paragraph);
  const reader = await scene.reads(room, 'Tobias');
  await expect(reader.page.locator('mark[data-notes]')).toHaveCount(3);
  await reader.page.locator('article.text').evaluate((root) => {
    const rewritten = new Set<string>();
    Object.assign(window, { rewritten });
    new MutationObserver((changes) => {
      for (const { target } of changes) {
        const written = target instanceof Element ? target.closest('[data-b]') : target.parentElement;
        if (written !== null) rewritten.add(written.id);
      }
    }).observe(root, { subtree: true, childList: true, characterData: true });
  });
  await marks(writer, room, 5);
  await expect(marksOf(reader, 5)).toHaveCount(1);
  const rewritten = () => reader.page.evaluate(() => [...(Reflect.get(window, 'rewritten') as Set<string>)]);
  expect(await rewritten()).toEqual(['b5']);
});

test('RD85 print has every mark', async ({ scene }) => {
  const { room, writer } = await opens(scene);
  await marks(writer, room, 300);
  const reader = await readsWithoutRest(scene, room);
  await marks(writer, room, 2);
  await expect(marksOf(reader, 2)).toHaveCount(1);
  expect(await marksOf(reader, 300).count()).toBe(0);
  await reader.page.pdf();
  await expect(marksOf(reader, 300)).toHaveCount(1);
});

test('RD85 a key that goes to a note finds its mark, however far away', async ({ scene }) => {
  const { room, writer } = await opens(scene);
  await marks(writer, room, 300, 'Far');
  const reader = await readsWithoutRest(scene, room);
  await marks(writer, room, 2, 'Near');
  await expect(marksOf(reader, 2)).toHaveCount(1);
  await reader.page.keyboard.press(']');
  await expect(marksOf(reader, 2)).toBeFocused();
  await reader.page.keyboard.press(']');
  await expect(marksOf(reader, 300)).toBeFocused();
  await expect(marksOf(reader, 300)).toHaveClass(/is-chosen/u);
  await expect(block(reader, 300)).toBeInViewport();
});

test('RD86 the spotlight in what was skipped, and in a paragraph that is being marked, stays on its words', async ({
  scene,
}) => {
  const { room, writer } = await opens(scene);
  const { host } = room;
  const reader = await scene.reads(room, 'Tobias');
  await expect(reader.page.locator('.prose')).toHaveAttribute('data-skips', '');
  await host.page.getByRole('button', { name: 'Take the lectern' }).click();
  await block(host, 300).evaluate((element) => element.scrollIntoView({ block: 'center' }));
  await expect(block(reader, 300)).toBeInViewport();
  await host.page.getByRole('button', { name: 'Spotlight' }).click();
  await expect.poll(() => painted(reader, 'spotlit')).not.toBe('');
  const words = await painted(reader, 'spotlit');
  const lit = await reader.page.evaluate(() => {
    const [range] = CSS.highlights.get('spotlit') ?? [];
    return range instanceof Range ? range.startContainer.parentElement?.closest('[data-b]')?.id : undefined;
  });
  expect(lit).toMatch(/^b(?:29|30)\d$/u);
  await marks(writer, room, Number(lit?.slice(1)));
  await expect(reader.page.locator(`#${lit} mark[data-notes]`)).toHaveCount(1);
  expect(await painted(reader, 'spotlit')).toBe(words);
});

test('RD86 words that a link shows stay painted when a mark comes upon them', async ({ scene }) => {
  const { room, writer } = await opens(scene);
  const reader = await scene.joins(room, 'Tobias');
  await reader.page.goto(`${room.readPath()}#at=b300.0-b300.29`);
  await expect.poll(() => painted(reader, 'shown')).toBe('Paragraph 300 begins here. Th');
  await marks(writer, room, 300);
  await expect(marksOf(reader, 300)).toHaveCount(1);
  expect(await painted(reader, 'shown')).toBe('Paragraph 300 begins here. Th');
});
