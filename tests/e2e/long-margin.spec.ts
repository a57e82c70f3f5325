import { type AnnotationId, type CommandId, newId } from '#shared/records/ids.ts';
import { chapterSchema } from '#shared/records/book.ts';
import { block, expect, type OpenRoom, type Person, type Scene, selects, test } from '#tests/support/reading-room.ts';
import { type EventSocket, Visitor } from '#tests/support/visitor.ts';

const PARAGRAPHS = 400;
const WRITERS = 4;
/** Every other paragraph has a note; the keys and the link are tried on those far down. */
const NOTES = PARAGRAPHS / 2;
const text = Array.from(
  { length: PARAGRAPHS },
  (_, index) =>
    `Paragraph ${index + 1} begins here. ${'The keeper counted the lamps along the water again. '.repeat(3 + (index % 5))}`,
).join('\n\n');

const margin = ({ page }: Person) => page.getByRole('complementary', { name: 'Notes in the margin' });
const cards = (person: Person) => margin(person).locator('> [data-entry]');
const card = (person: Person, number: number) => cards(person).filter({ hasText: `Remark ${number}.` });

interface Written {
  room: OpenRoom;
  /** The ids of the notes, in reading order. */
  notes: AnnotationId[];
  /** Writes one more, at the beginning of this block (counted from 1). */
  writes: (number: number, body: string) => Promise<void>;
}

/** A chapter in which a few people wrote a lot. */
async function muchWritten(scene: Scene, origin: string): Promise<Written> {
  const room = await scene.opensRoom({ text });
  const path = `/api/rooms/${room.id}/chapters/${room.chapters[0]}`;
  const { id: chapter, hash, blocks } = chapterSchema.parse(await (await room.host.context.request.get(path)).json());
  const note = async (socket: EventSocket, number: number, body: string): Promise<AnnotationId> => {
    const start = { block: blocks[number - 1]?.id ?? '', offset: 0 };
    const annotation = newId<AnnotationId>();
    const ack = await socket.emitWithAck('command', {
      id: newId<CommandId>(),
      kind: 'annotation.create',
      annotation,
      chapter,
      passage: { start, end: { ...start, offset: 9 } },
      hash,
      colour: 'woad',
      body,
      visibility: 'room',
    });
    expect(ack.ok).toBe(true);
    return annotation;
  };
  const written = await Promise.all(
    Array.from({ length: WRITERS }, async (_, index) => {
      const { context, page } = await scene.joins(room, `Writer ${index + 1}`);
      const [cookie] = await context.cookies();
      await page.close();
      const visitor = new Visitor(origin);
      visitor.cookie = `${cookie?.name}=${cookie?.value}`;
      const socket = await visitor.enter(room.id);
      const own: [number, AnnotationId][] = [];
      for (let number = index; number < NOTES; number += WRITERS) {
        own.push([number, await note(socket, number * 2 + 1, `Remark ${number + 1}.`)]);
      }
      return { socket, own };
    }),
  );
  const notes = written.flatMap(({ own }) => own).sort(([a], [b]) => a - b);
  const [first] = written;
  if (first === undefined) throw new Error('nobody wrote');
  return {
    room,
    notes: notes.map(([, id]) => id),
    writes: async (number, body) => void (await note(first.socket, number, body)),
  };
}

/** The cards in sight, and where on the page each stands. */
const inSight = (person: Person): Promise<[string, number][]> =>
  cards(person).evaluateAll((elements) =>
    elements.flatMap((element): [string, number][] => {
      const { top, bottom } = element.getBoundingClientRect();
      return bottom > 0 && top < innerHeight ? [[element.getAttribute('data-entry') ?? '', top + scrollY]] : [];
    }),
  );

const goesTo = (person: Person, number: number) =>
  block(person, number).evaluate((element) => element.scrollIntoView({ block: 'center', behavior: 'instant' }));

const topOf = (person: Person, number: number) =>
  card(person, number).evaluate((element) => Math.round(element.getBoundingClientRect().top));

test('MG26 cards far away are not on the page; each says which of how many it is, also far down', async ({
  scene,
  baseURL,
}) => {
  const { room } = await muchWritten(scene, baseURL ?? '');
  const reader = await scene.reads(room, 'Tobias');
  await expect(card(reader, 1)).toHaveAttribute('aria-posinset', '1');
  await expect(card(reader, 1)).toHaveAttribute('aria-setsize', String(NOTES));
  await expect(card(reader, NOTES)).toHaveCount(0);
  expect(await cards(reader).count()).toBeLessThan(NOTES / 2);
  await goesTo(reader, PARAGRAPHS - 1);
  await expect(card(reader, NOTES)).toBeInViewport();
  await expect(card(reader, NOTES)).toHaveAttribute('aria-posinset', String(NOTES));
  await expect(card(reader, 1)).toHaveCount(0);
});

test('MG26 the keys go from note to note past what is on the page, and the focused card stays when one scrolls away', async ({
  scene,
  baseURL,
}) => {
  const { room } = await muchWritten(scene, baseURL ?? '');
  const reader = await scene.reads(room, 'Tobias');
  await card(reader, 1).getByRole('button').focus();
  for (let number = 2; number <= 40; number += 1) {
    await reader.page.keyboard.press('ArrowDown');
    await expect(card(reader, number).getByRole('button')).toBeFocused();
  }
  await expect(card(reader, 40)).toBeInViewport();
  await goesTo(reader, PARAGRAPHS - 1);
  await expect(card(reader, NOTES)).toBeInViewport();
  await expect(card(reader, 40).getByRole('button')).toBeFocused();
  await expect(card(reader, 45)).toHaveCount(0);
  await reader.page.keyboard.press('ArrowUp');
  await expect(card(reader, 39).getByRole('button')).toBeFocused();
  await expect(card(reader, 39)).toBeInViewport();
});

test('MG26 a link leads to the thread of a note far down', async ({ scene, baseURL }) => {
  const { room, notes } = await muchWritten(scene, baseURL ?? '');
  const reader = await scene.joins(room, 'Tobias');
  await reader.page.goto(`${room.readPath()}#note-${notes[NOTES - 10]}`);
  const thread = reader.page.locator('article.is-open');
  await expect(thread).toContainText(`Remark ${NOTES - 9}.`);
  await expect(thread).toBeInViewport();
});

test('MG27 what comes far above and far below, and what one scrolls past, moves no card in sight', async ({
  scene,
  baseURL,
}) => {
  const { room, writes } = await muchWritten(scene, baseURL ?? '');
  const reader = await scene.reads(room, 'Tobias');
  await goesTo(reader, 301);
  await expect(card(reader, 151)).toBeInViewport();
  const before = await topOf(reader, 151);
  await writes(100, 'Far above.');
  await writes(380, 'Far below.');
  await expect(reader.page.locator('mark', { hasText: 'Paragraph' }).first()).toBeAttached();
  await expect(reader.page.locator('[data-b="b380"] mark')).toHaveCount(1);
  expect(await topOf(reader, 151)).toBe(before);

  // Upwards into what was never seen: between two looks every card moves exactly as far as the page.
  for (let step = 0; step < 25; step += 1) {
    const then = await inSight(reader);
    await reader.page.evaluate(async () => {
      scrollBy({ top: -300, behavior: 'instant' });
      for (let frame = 0; frame < 3; frame += 1) await new Promise((resolve) => requestAnimationFrame(resolve));
    });
    const moved = (await inSight(reader)).filter(([id, top]) => {
      const was = then.find(([other]) => other === id);
      return was !== undefined && Math.abs(was[1] - top) > 1;
    });
    expect(moved).toEqual([]);
  }
});

test('MG28 a draft and its words stay while one scrolls far away and back', async ({ scene, baseURL }) => {
  const { room } = await muchWritten(scene, baseURL ?? '');
  const [tobias, pilar] = [await scene.reads(room, 'Tobias'), await scene.reads(room, 'Pilar')];
  await selects(tobias, 'Paragraph 2 begins here');
  await tobias.page.getByRole('toolbar').getByRole('button', { name: 'Comment' }).click();
  const field = tobias.page.getByRole('textbox', { name: 'Your note' });
  await field.fill('Unfinished');
  await goesTo(tobias, PARAGRAPHS - 1);
  await expect(card(tobias, NOTES)).toBeInViewport();
  await expect(field).toBeFocused();
  await expect(field).not.toBeInViewport();
  await tobias.page.keyboard.type(' business');
  await tobias.page.keyboard.press('Control+Enter');
  await expect(cards(pilar).filter({ hasText: 'Unfinished business' })).toBeAttached();
});

for (const [width, height] of [
  [820, 1180],
  [390, 844],
] as const) {
  test(`MG38 at ${width} px the counts near what is in sight are on the page, at their lines, also far down`, async ({
    scene,
    baseURL,
  }) => {
    const { room, writes } = await muchWritten(scene, baseURL ?? '');
    const reader = await scene.reads(room, 'Tobias', 'reader', { viewport: { width, height } });
    const counts = reader.page.getByRole('navigation', { name: 'Notes beside the text' }).getByRole('button');
    /** How far each count in sight is from the first line of a block that has a note. */
    const offLine = () =>
      counts.evaluateAll((buttons) => {
        const lines = [...document.querySelectorAll('mark[data-notes]')].map(
          (mark) => mark.getClientRects()[0]?.top ?? 0,
        );
        return buttons.flatMap((button) => {
          const { top, bottom } = button.getBoundingClientRect();
          if (bottom < 0 || top > innerHeight) return [];
          return [Math.min(...lines.map((line) => Math.abs(line - top)))];
        });
      });
    await expect(counts.first()).toBeInViewport();
    expect(await counts.count()).toBeLessThan(NOTES / 4);
    await goesTo(reader, PARAGRAPHS - 1);
    await expect(counts.last()).toBeInViewport();
    expect(await counts.count()).toBeLessThan(NOTES / 4);
    await goesTo(reader, 301);
    await expect(reader.page.locator('[data-b="b301"] mark')).toHaveCount(1);
    await expect.poll(async () => (await offLine()).length).toBeGreaterThan(1);
    expect(Math.max(...(await offLine()))).toBeLessThan(16);
    const before = await counts.count();
    await writes(302, 'Near.');
    await expect(counts).toHaveCount(before + 1);
    await counts.nth(Math.floor(before / 2)).click();
    await expect(reader.page.getByRole('article').filter({ hasText: /Remark 15\d|Near/u })).toBeInViewport();
  });
}
