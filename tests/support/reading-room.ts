import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  expect,
  type Page,
  test as base,
} from '@playwright/test';
import { createdRoomSchema, type InviteRole, type Invites } from '#shared/protocol/http.ts';
import { bookSchema } from '#shared/records/book.ts';
import { importSchema, planOf } from '#shared/records/import.ts';
import type { ChapterId, RoomId } from '#shared/records/ids.ts';
import { passages } from './passages.ts';

/** One person in one browser of their own. */
export interface Person {
  name: string;
  page: Page;
  context: BrowserContext;
}

export interface OpenRoom {
  id: RoomId;
  title: string;
  invites: Invites;
  host: Person;
  chapters: ChapterId[];
  /** Where the room's first (or another) chapter is read. */
  readPath(index?: number): string;
}

interface OpenOptions {
  /** The text that the host brings in; a small chapter of our own by default. */
  text?: string;
  /** A file that the host brings in instead. */
  file?: Uint8Array;
  title?: string;
  host?: string;
  context?: BrowserContextOptions;
}

/**
 * Verbs for scenes with several people. Setting up goes over the HTTP API, so that each test spends its time on what it is
 * about; pages are opened as people open them. A page that logs an error, or throws, fails the test at its end.
 */
export interface Scene {
  opensRoom(options?: OpenOptions): Promise<OpenRoom>;
  /** Joins by invitation and stands on no page yet. */
  joins(room: OpenRoom, name: string, role?: InviteRole, context?: BrowserContextOptions): Promise<Person>;
  /** Joins, and opens the first chapter once its margin is live. */
  reads(room: OpenRoom, name: string, role?: InviteRole, context?: BrowserContextOptions): Promise<Person>;
  /** Opens a chapter for somebody who is in the room, and waits until they are connected. */
  opensChapter(person: Person, room: OpenRoom, index?: number): Promise<void>;
  /** Messages that a page may log in this test, because the test provokes them (a lost connection, a refused request). */
  expectsConsole(pattern: RegExp): void;
}

/** A browser says so itself whenever a request fails; the interface must say it in words, which is what tests look at. */
const browserNotices = /Failed to load resource|net::ERR_|WebSocket connection to/u;

export const test = base.extend<{ scene: Scene }>({
  scene: async ({ browser, baseURL }, use) => {
    const people: Person[] = [];
    const problems: string[] = [];
    const expected: RegExp[] = [];
    await use(createScene(browser, baseURL ?? '', people, problems, (pattern) => expected.push(pattern)));
    await Promise.all(people.map(({ context }) => context.close()));
    expect(problems.filter((problem) => !expected.some((pattern) => pattern.test(problem)))).toEqual([]);
  },
});

function createScene(
  browser: Browser,
  origin: string,
  people: Person[],
  problems: string[],
  expectsConsole: (pattern: RegExp) => void,
): Scene {
  const appears = async (name: string, options: BrowserContextOptions = {}): Promise<Person> => {
    const context = await browser.newContext({ baseURL: origin, ...options });
    const page = await context.newPage();
    page.on('pageerror', (error) => problems.push(`${name}: ${error.message}`));
    page.on('console', (message) => {
      if (message.type() === 'error' && !browserNotices.test(message.text()))
        problems.push(`${name}: ${message.text()}`);
    });
    const person = { name, page, context };
    people.push(person);
    return person;
  };

  const scene: Scene = {
    async opensRoom({ text = passages, file, title = 'Thursday Pages', host: hostName = 'Mara', context } = {}) {
      const host = await appears(hostName, context);
      const made = await host.context.request.post('/api/rooms', { data: { title, name: hostName } });
      expect(made.status(), await made.text()).toBeLessThan(300);
      const { room, invites } = createdRoomSchema.parse(await made.json());
      const chapters = await bringIn(host, room.id, file ?? text);
      return {
        id: room.id,
        title,
        invites,
        host,
        chapters,
        readPath: (index = 0) => `/rooms/${room.id}/read/${chapters[index]}`,
      };
    },
    async joins(room, name, role = 'reader', context) {
      const person = await appears(name, context);
      const joined = await person.context.request.post(`/api/invites/${room.invites[role]}/accept`, { data: { name } });
      expect(joined.status(), await joined.text()).toBeLessThan(300);
      return person;
    },
    async reads(room, name, role = 'reader', context) {
      const person = await scene.joins(room, name, role, context);
      await scene.opensChapter(person, room);
      return person;
    },
    async opensChapter(person, room, index = 0) {
      await person.page.goto(room.readPath(index));
      await expect(person.page.locator('html')).toHaveAttribute('data-connection', 'online');
    },
    expectsConsole,
  };
  return scene;
}

/** Brings a pasted text or a file into the room and waits for the import; the ids of its chapters. */
async function bringIn(host: Person, room: RoomId, brought: string | Uint8Array): Promise<ChapterId[]> {
  const started = await host.context.request.post(
    `/api/rooms/${room}/books`,
    typeof brought === 'string'
      ? { data: { text: brought, format: 'text' } }
      : { multipart: { file: { name: 'book', mimeType: 'application/octet-stream', buffer: Buffer.from(brought) } } },
  );
  expect(started.status(), await started.text()).toBe(202);
  const { id } = importSchema.parse(await started.json());
  const read = async () => importSchema.parse(await (await host.context.request.get(`/api/imports/${id}`)).json());
  await expect.poll(async () => (await read()).state).toMatch(/ready|failed/u);
  const { preview } = await read();
  if (preview === null) throw new Error('the text was refused');
  const shelved = await host.context.request.post(`/api/imports/${id}/shelve`, { data: planOf(preview) });
  const { book } = importSchema.parse(await shelved.json());
  const response = await host.context.request.get(`/api/rooms/${room}/books/${book}`);
  return bookSchema.parse(await response.json()).chapters.map((chapter) => chapter.id);
}

/** The block of the text column with this number, counted from 1. */
export const block = (person: Person, number: number) => person.page.locator(`[data-b="b${number}"]`);
/** Every mark that belongs to some annotation and holds these words. */
export const mark = (person: Person, words: string) => person.page.locator('mark[data-notes]', { hasText: words });

/** Selects these words of one block with the mouse, as a person would: press before them, release behind them. */
export async function selects(person: Person, words: string): Promise<void> {
  const { page } = person;
  const target = page.locator('[data-b]', { hasText: words }).first();
  await target.scrollIntoViewIfNeeded();
  const box = await target.evaluate((element, wanted) => {
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    const runs: Text[] = [];
    let all = '';
    while (walker.nextNode()) {
      const text = walker.currentNode as Text;
      if (!text.parentElement?.hasAttribute('data-o')) continue;
      runs.push(text);
      all += text.data;
    }
    const from = all.indexOf(wanted);
    const point = (offset: number) => {
      let left = offset;
      for (const run of runs) {
        if (left <= run.length) return { node: run, offset: left };
        left -= run.length;
      }
      throw new Error(`no such offset: ${offset}`);
    };
    const rectAt = (offset: number, edge: 'left' | 'right') => {
      const range = document.createRange();
      const at = point(offset);
      const to = point(offset + 1);
      range.setStart(at.node, at.offset);
      range.setEnd(to.node, to.offset);
      const rect = range.getBoundingClientRect();
      return { x: edge === 'left' ? rect.left + 1 : rect.right - 1, y: (rect.top + rect.bottom) / 2 };
    };
    return { start: rectAt(from, 'left'), end: rectAt(from + wanted.length - 1, 'right') };
  }, words);
  await page.mouse.move(box.start.x, box.start.y);
  await page.mouse.down();
  await page.mouse.move(box.end.x, box.end.y, { steps: 4 });
  await page.mouse.up();
}

export { expect };
