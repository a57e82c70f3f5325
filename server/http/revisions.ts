import { refuse } from '#shared/protocol/refusal.ts';
import type { Chapter } from '#shared/records/book.ts';
import { newId, type ImportId, type MemberId, type RoomId } from '#shared/records/ids.ts';
import type { RevisionDraft } from '#shared/records/revision.ts';
import type { Block } from '#shared/text/block.ts';
import { measureChapter, withIds } from '#server/importers/measure-chapter.ts';
import { runImport } from '#server/importers/run-import.ts';
import type { SettledBlock, SettledBook } from '#server/importers/settled-book.ts';
import type { Log } from '#server/log.ts';
import type { LiveRoom, NewText } from '#server/rooms/rooms.ts';
import { REVISION_DRAFTS_MAX } from '#server/limits.ts';
import { hintOf } from './bring-in.ts';
import type { Brought } from './imports.ts';

/** An author looks at a preview for minutes; a text that is not published within the hour is brought again. */
const KEPT_MS = 60 * 60_000;
/** Most of the time goes into reading; the rest into finding out what moves. */
const READ_SHARE = 0.7;

interface Entry {
  room: LiveRoom;
  by: MemberId;
  view: RevisionDraft;
  text: NewText | null;
  endsAt: number;
}

/**
 * New texts on their way to take a chapter's place, in memory: read one after the other, looked at, published by whoever
 * brought them. What a restart interrupts is gone, as with imports.
 */
export class Revisions {
  readonly #log: Log;
  readonly #now: () => number;
  readonly #entries = new Map<ImportId, Entry>();
  readonly #stop = new AbortController();
  #reading: Promise<void> = Promise.resolve();

  constructor(log: Log, now: () => number) {
    this.#log = log;
    this.#now = now;
  }

  add(room: LiveRoom, by: MemberId, chapter: Chapter, brought: Brought): RevisionDraft {
    const id = newId<ImportId>();
    const view: RevisionDraft = { id, state: 'reading', progress: 0, preview: null, error: null };
    const entry: Entry = { room, by, view, text: null, endsAt: this.#now() + KEPT_MS };
    this.#entries.set(id, entry);
    this.#forget();
    this.#reading = this.#reading.then(() => this.#read(entry, chapter, brought));
    return view;
  }

  /** Only for whoever brought it. */
  find(id: ImportId, by: MemberId): RevisionDraft | null {
    this.#forget();
    const entry = this.#entries.get(id);
    return entry?.by === by ? entry.view : null;
  }

  /** The text of a draft that is ready, in the room that it was brought to. */
  ready(id: ImportId, by: MemberId, room: RoomId): NewText | null {
    const entry = this.#entries.get(id);
    return entry?.by === by && entry.room.id === room ? entry.text : null;
  }

  async close(): Promise<void> {
    this.#stop.abort();
    await this.#reading;
  }

  async #read(entry: Entry, chapter: Chapter, brought: Brought): Promise<void> {
    const change = (to: Partial<RevisionDraft>) => {
      entry.view = { ...entry.view, ...to };
    };
    try {
      const outcome = await this.#textAndPreview(entry, chapter, brought, (progress) => change({ progress }));
      if (outcome.ok) {
        entry.text = outcome.text;
        change({ state: 'ready', progress: 1, preview: outcome.preview });
      } else change({ state: 'failed', error: { code: outcome.code, message: outcome.message } });
    } catch (error) {
      this.#log.error({ err: error, revision: entry.view.id }, 'a revision could not be prepared');
      const { code, message } = refuse('unavailable');
      change({ state: 'failed', error: { code, message } });
    }
  }

  async #textAndPreview({ room, by }: Entry, chapter: Chapter, brought: Brought, onProgress: (done: number) => void) {
    if (this.#stop.signal.aborted) return refuse('unavailable');
    const order = { bytes: brought.bytes, hint: hintOf(brought), titleHint: null };
    const run = runImport(order, { onProgress: (done) => onProgress(done * READ_SHARE) });
    this.#stop.signal.addEventListener('abort', () => run.cancel(), { once: true });
    const outcome = await run.done;
    if (!outcome.ok) return outcome;
    onProgress(READ_SHARE);
    const text = { from: chapter.hash, ...asOneChapter(outcome.book, chapter) };
    const previewed = await room.revisions.preview(by, text);
    return previewed.ok ? { ...previewed, text } : previewed;
  }

  #forget(): void {
    for (const [id, entry] of this.#entries) {
      if (entry.endsAt > this.#now() && this.#entries.size <= REVISION_DRAFTS_MAX) return;
      this.#entries.delete(id);
    }
  }
}

/**
 * What was brought, as the text of this one chapter: its own first heading is the chapter's title, and where it reads as
 * several chapters the titles of the others stand in it as headings. A picture that is neither in what was brought nor in the
 * chapter already is its words.
 */
function asOneChapter(
  { chapters, pictures = [] }: SettledBook,
  chapter: Chapter,
): Pick<NewText, 'chapter' | 'pictures'> {
  const drafted = chapters.flatMap(({ title, blocks }, index): SettledBlock[] =>
    index === 0 || title === '' ? blocks : [headingOf(title), ...blocks],
  );
  const known = new Set(chapter.blocks.map(pictureOf).filter((picture) => picture !== null));
  const brought = new Set(pictures.map(({ hash }) => hash));
  const shown = drafted.map((block): SettledBlock =>
    block.type === 'figure' && block.picture !== null && !known.has(block.picture) && !brought.has(block.picture)
      ? { ...block, picture: null }
      : block,
  );
  const blocks = withIds(shown);
  const inText = new Set(blocks.map(pictureOf));
  return {
    chapter: { id: chapter.id, blocks, ...measureChapter(shown, chapter.language) },
    pictures: pictures.filter(({ hash }) => inText.has(hash) && !known.has(hash)),
  };
}

const headingOf = (title: string): SettledBlock => ({
  type: 'heading',
  level: 2,
  text: title,
  marks: [],
  quoteDepth: 0,
});
const pictureOf = (block: Block) => (block.type === 'figure' ? block.picture : null);
