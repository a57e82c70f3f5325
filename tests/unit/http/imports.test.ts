import { Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { Imports, type Brought } from '#server/http/imports.ts';
import { createLog } from '#server/log.ts';
import { previewImport } from '#server/importers/preview-import.ts';
import type { SettledBook } from '#server/importers/settled-book.ts';
import { refuse } from '#shared/protocol/refusal.ts';
import { type MemberId, newId, type RoomId } from '#shared/records/ids.ts';

const log = createLog('silent', new Writable());
const room = newId<RoomId>();
const member = newId<MemberId>();
const brought: Brought = { bytes: new Uint8Array(1), fileName: 'lamp.epub', format: null, title: null };

/** What a reading weighs is its pictures; all share one array, so that the test is light. */
const plates = new Uint8Array(90_000_000);
const book: SettledBook = {
  title: 'The Lamp',
  author: null,
  language: 'en',
  direction: 'ltr',
  chapters: [{ title: '', blocks: [{ type: 'paragraph', text: 'Dark.', marks: [], quoteDepth: 0 }] }],
  pictures: [{ hash: 'a', type: 'image/webp', width: 9, height: 9, bytes: plates }],
};
const draft = { book, format: 'epub' as const, preview: previewImport(book, 'epub', 'lamp') };

const neverAsked = () => Promise.reject(new Error('it is gone'));

/** Resolves when this many are read. */
async function read(imports: Imports, count: number): Promise<void> {
  while (imports.of(room, member).filter(({ state }) => state !== 'waiting' && state !== 'reading').length < count) {
    await new Promise((resolve) => setImmediate(resolve));
  }
}

describe('what waits to be put on the shelf', () => {
  it('IM197 is held up to a weight; the oldest is let go with a sentence, and weighs nothing any more', async () => {
    const imports = new Imports(log, Date.now, async () => ({ ok: true, draft }));
    for (let round = 0; round < 4; round += 1) imports.add(room, member, brought);
    await read(imports, 4);
    const states = imports.of(room, member);
    expect(states.map(({ state }) => state)).toEqual(['failed', 'failed', 'ready', 'ready']);
    expect(states[0]?.error).toMatchObject({ code: 'preview-gone' });
    const [gone] = states;
    expect(gone && (await imports.shelve(gone.id, neverAsked))).toMatchObject({ ok: false, code: 'preview-gone' });
    await imports.close();
  });

  it('IM194 reading is ended when it is cancelled, and the next one is read', async () => {
    const started: Brought[] = [];
    const imports = new Imports(log, Date.now, (one, { signal }) => {
      started.push(one);
      return new Promise((resolve) => {
        signal.addEventListener('abort', () => resolve(refuse('import-failed')));
      });
    });
    const first = imports.add(room, member, brought);
    imports.add(room, member, { ...brought, fileName: 'next.epub' });
    expect(started.map(({ fileName }) => fileName)).toEqual(['lamp.epub']);
    expect(first.ok && imports.drop(first.import.id)).toBe(true);
    while (started.length < 2) await new Promise((resolve) => setImmediate(resolve));
    expect(imports.of(room, member)).toMatchObject([{ fileName: 'next.epub', state: 'reading' }]);
    await imports.close();
  });

  it('IM197 files that wait to be read are bounded too', async () => {
    const large = { ...brought, bytes: plates };
    const never = Promise.withResolvers<never>();
    const imports = new Imports(log, Date.now, () => never.promise);
    const answers = Array.from({ length: 4 }, () => imports.add(room, member, large).ok);
    // The first is read, two wait, and one more is too much.
    expect(answers).toEqual([true, true, true, false]);
  });
});
