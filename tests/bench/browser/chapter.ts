import type { Browser, BrowserContext, Page, ViewportSize } from '@playwright/test';
import { selects } from '#tests/support/reading-room.ts';
import { annotationId, type BenchRoom, type Needs, type Seat } from '../house.ts';
import { LecternReader } from '../load/lectern-reader.ts';
import { percentile } from '../percentile.ts';
import { least, type Measure, most } from '../scene.ts';
import { installProbe, takeRecord } from './page-probe.ts';
import { countScripts, type Weight } from './served-scripts.ts';

const KILOBYTE = 1_000;
const LONG_TASK_MS = 50;
/** A page is at rest when it has had no long task for this long. */
const REST_MS = 1_500;
const SCROLL_PX_PER_SECOND = 8_000;
/** Blocks near the top of the chapter, in sight when the page stands there. */
const BLOCKS_IN_SIGHT = [1, 2, 3];
const REMOTE_NOTES = 50;
const BETWEEN_REMOTE_MS = 100;
/** A page that cannot follow is watched no longer; what it did show by then is what is told. */
const WATCH_MAX_MS = 60_000;
/** Longer than anything may take before the page counts as broken. */
const TIMEOUT_MS = 240_000;
const note = 'The lamp again, and nobody lights it.';

/** A chapter that is read in Chromium. */
export interface BrowserScene {
  title: string;
  viewport: ViewportSize;
  needs: (quick: boolean) => Needs;
}

const needs = (quick: boolean, repeats: number): Needs => ({
  rooms: 1,
  people: [{ role: 'reader', count: quick ? 4 : 204 }],
  notes: quick ? 100 : 10_000,
  repeats: quick ? 1 : repeats,
});

const desk = { width: 1440, height: 900 };
const phone = { width: 390, height: 844 };

export const browserScenes: readonly BrowserScene[] = [
  // The text of 95 paragraphs four times over.
  { title: '30,000 words with 10,000 annotations in Chromium', viewport: desk, needs: (quick) => needs(quick, 4) },
  { title: 'The same at the width of a phone', viewport: phone, needs: (quick) => needs(quick, 4) },
  {
    title: '200,000 words in one chapter with 10,000 annotations in Chromium',
    viewport: desk,
    needs: (quick) => needs(quick, 27),
  },
];

export interface ChapterRun {
  port: number;
  room: BenchRoom;
  viewport: ViewportSize;
  quick: boolean;
}

/** Opens the chapter, scrolls it from end to end, writes a note in it, and watches others write. */
export async function playChapter(browser: Browser, { port, room, viewport, quick }: ChapterRun): Promise<Measure[]> {
  const [reader, writer] = room.seats.slice(-2);
  if (!reader || !writer) throw new Error('nobody is there to read');
  const page = await openPage(browser, port, reader, viewport);
  const scripts = countScripts(page);
  try {
    const address = `http://127.0.0.1:${port}/rooms/${room.id}/read/${room.chapter}`;
    const answer = await page.goto(address, { waitUntil: 'commit' });
    const marksMs = await marksAreThere(page);
    await rests(page);
    const opening = await takeRecord(page);
    const html = (await answer?.text()) ?? '';
    const named = await scripts.weigh((path) => html.includes(path));
    const all = await scripts.weigh();
    const textMs = await firstPaint(page);

    await scrollsThrough(page);
    const scrolling = await takeRecord(page);
    await writes(page, room);
    const writing = await takeRecord(page);
    await page.evaluate(() => scrollTo({ top: 0 }));
    await rests(page);
    const remote = await watches(page, { port, room, viewport, quick }, writer);

    return [
      least('text readable, ms', textMs),
      least('marks on the page, ms', marksMs),
      ...tasksWhile('opening', opening.longTasks),
      ...tasksWhile('scrolling end to end', scrolling.longTasks),
      ...tasksWhile('writing a note', writing.longTasks),
      least('writing a note: slowest key or press, ms', Math.max(0, ...writing.interactions)),
      most('remote notes watched', remote.length),
      least('remote note, ack to paint p50, ms', percentile(remote, 50)),
      least('remote note, ack to paint p95, ms', percentile(remote, 95)),
      ...weightOf('script of the first load (what the page names)', named),
      ...weightOf('script until its notes stand there', await untilNotes(page.context(), address)),
      ...weightOf('all script by the time it rests', all),
      least('all script by the time it rests, unpacked, kB', all.unpacked / KILOBYTE),
      least(
        `all script by the time it rests, as served (${scripts.encodings().join(', ')}), kB`,
        all.served / KILOBYTE,
      ),
    ];
  } finally {
    await page.context().close();
  }
}

async function openPage(browser: Browser, port: number, seat: Seat, viewport: ViewportSize): Promise<Page> {
  const context = await browser.newContext({ viewport });
  const [name = '', value = ''] = seat.cookie.split('=');
  await context.addCookies([{ name, value, url: `http://127.0.0.1:${port}` }]);
  const page = await context.newPage();
  page.setDefaultTimeout(TIMEOUT_MS);
  await installProbe(page);
  return page;
}

/** What a page fetches that never comes to rest: the first load, and what its margin needs. */
async function untilNotes(context: BrowserContext, address: string): Promise<Weight> {
  const page = await context.newPage();
  const scripts = countScripts(page);
  await page.addInitScript(() => {
    window.requestIdleCallback = () => 0;
  });
  await page.goto(address);
  await marksAreThere(page);
  await page.locator('.margin .note, .rail .bead').first().waitFor({ state: 'attached' });
  const weight = await scripts.weigh();
  await page.close();
  return weight;
}

const weightOf = (what: string, { brotli, gzip }: Weight): Measure[] => [
  least(`${what}, with Brotli, kB`, brotli / KILOBYTE),
  least(`${what}, with gzip, kB`, gzip / KILOBYTE),
];

/** Milliseconds from the navigation until the first mark was there. */
async function marksAreThere(page: Page): Promise<number> {
  await page.locator('mark[data-notes]').first().waitFor({ state: 'attached' });
  return page.evaluate(() => performance.now());
}

const firstPaint = (page: Page): Promise<number> =>
  page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Number.NaN);

/** Resolves when no task was long for a while, and the page is connected. */
async function rests(page: Page): Promise<void> {
  await page.locator('html[data-connection="online"]').waitFor({ state: 'attached' });
  await page.evaluate(async (restMs) => {
    const { longTasks } = window.benchProbe.record;
    for (let seen = -1; seen !== longTasks.length;) {
      seen = longTasks.length;
      await new Promise((resolve) => {
        setTimeout(resolve, restMs);
      });
    }
  }, REST_MS);
}

/** With the wheel, as a person would, only that nobody does it this long. */
async function scrollsThrough(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const { width, height } = page.viewportSize() ?? desk;
  for (let left = await below(page); left > 1; left = await below(page)) {
    await session.send('Input.synthesizeScrollGesture', {
      x: width / 2,
      y: height / 2,
      yDistance: -Math.min(left, SCROLL_PX_PER_SECOND),
      speed: SCROLL_PX_PER_SECOND,
      preventFling: true,
      gestureSourceType: 'mouse',
    });
  }
  await session.detach();
}

const below = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollHeight - innerHeight - scrollY);

async function writes(page: Page, room: BenchRoom): Promise<void> {
  const words = room.blocks[2]?.text.split(' ').slice(0, 4).join(' ') ?? '';
  await selects({ name: 'Reader', page, context: page.context() }, words);
  await page.getByRole('toolbar').getByRole('button', { name: 'Comment' }).click();
  await page.getByRole('textbox', { name: 'Your note' }).pressSequentially(note, { delay: 40 });
  await page.getByRole('button', { name: 'Comment', exact: true }).last().click();
  await page.locator('article:is(.is-open, .is-pop) .note-body').first().waitFor();
}

/** Somebody else writes where this page can see it; how long after each acknowledgement it was painted here. */
async function watches(page: Page, { port, room, quick }: ChapterRun, seat: Seat): Promise<number[]> {
  const acks = new Map<number, (at: number) => void>();
  const acked = (number: number, ok: boolean): void => {
    if (ok) acks.get(number)?.(performance.timeOrigin + performance.now());
  };
  const writer = new LecternReader({ port, room, seat, ears: { acked }, documents: false });
  await writer.ready;
  const waited: number[] = [];
  const until = performance.now() + WATCH_MAX_MS;
  for (let count = 0; count < (quick ? 5 : REMOTE_NOTES) && performance.now() < until; count += 1) {
    const inSight = BLOCKS_IN_SIGHT[count % BLOCKS_IN_SIGHT.length] ?? 1;
    // Numbers say in which block a note stands.
    const number = room.blocks.length * (Math.ceil(room.notes / room.blocks.length) + count) + inSight;
    const block = room.blocks[inSight]?.id ?? '';
    const painted = page.evaluate(([where, id]) => window.benchProbe.painted(where, id), [
      block,
      annotationId(number),
    ] as const);
    const ack = new Promise<number>((resolve) => acks.set(number, resolve));
    writer.create(number);
    waited.push(Math.max(0, (await painted) - (await ack)));
    await page.waitForTimeout(BETWEEN_REMOTE_MS);
  }
  writer.close();
  return waited;
}

function tasksWhile(when: string, tasks: number[]): Measure[] {
  const long = tasks.filter((ms) => ms > LONG_TASK_MS);
  return [least(`${when}: longest task, ms`, Math.max(0, ...long)), least(`${when}: tasks over 50 ms`, long.length)];
}
