import { BLOCKS_PER_CHAPTER_MAX } from '#shared/protocol/limits.ts';
import { refuse } from '#shared/protocol/refusal.ts';
import type { Refusal } from '#shared/protocol/refusal.ts';
import type { ContentsEntry } from '#shared/records/book.ts';
import type { ImportPlan } from '#shared/records/import.ts';
import type { BlockId, Mark, NoteId } from '#shared/text/block.ts';
import { layOut } from './lay-out.ts';
import type { Laid, LaidChapter } from './lay-out.ts';
import type { SettledBlock, SettledBook, SettledChapter, SettledComment } from './settled-book.ts';

/** Where a block stands in the new book. */
interface Place {
  chapter: number;
  block: number;
}

/**
 * Makes of a book that was read the one that somebody wants. Pure: chapters are renamed, joined, split and left out as the
 * plan says, notes stand in every chapter that refers to them, and jumps, contents and comments lead where they led, or are
 * gone with the text that they led to. A chapter that stays as it was keeps its measures; the others come without.
 */
export function applyPlan(draft: SettledBook, plan: ImportPlan): { ok: true; book: SettledBook } | Refusal {
  const laid = layOut(draft, plan.sections);
  if (laid === null) return refuse('malformed');
  if (laid.length === 0) return refuse('nothing-left');
  if (laid.some(({ blocks }) => blocks.length > BLOCKS_PER_CHAPTER_MAX)) {
    return refuse('too-long', 'A chapter would have more paragraphs than can be shown. Join fewer of them.');
  }
  const places = placesOf(laid);
  const chapters = laid.map((chapter) => settleChapter(chapter, draft, plan.language, places));
  const { about, comments, pictures, direction } = draft;
  return {
    ok: true,
    book: {
      title: plan.title,
      author: plan.author,
      language: plan.language,
      direction,
      ...(about === undefined
        ? {}
        : { about: { ...about, contents: contentsOf(about.contents, draft, laid, chapters, places) } }),
      chapters,
      ...(pictures === undefined ? {} : { pictures: pictures.filter(isShown(chapters, about?.cover ?? null)) }),
      comments: plan.comments ? (comments ?? []).flatMap((comment) => settleComment(comment, chapters, places)) : [],
    },
  };
}

const key = (chapter: number, block: number): string => `${chapter} ${block}`;
const blockIdAt = (index: number): BlockId => `b${index + 1}`;
const indexOf = (id: BlockId | null): number => (id === null ? 0 : Number(id.slice(1)) - 1);

type Places = ReadonlyMap<string, Place>;

/** A scene break that left the text is where its neighbour is. A note that stands in several chapters is in the first. */
function placesOf(laid: readonly LaidChapter[]): Places {
  const places = new Map<string, Place>();
  for (const [chapter, { blocks }] of laid.entries()) {
    for (const [block, { from }] of blocks.entries()) {
      for (const place of from) {
        const name = key(place.chapter, place.block);
        if (!places.has(name)) places.set(name, { chapter, block });
      }
    }
  }
  return places;
}

function settleChapter(
  { title, blocks: laid, whole }: LaidChapter,
  draft: SettledBook,
  language: string,
  places: Places,
) {
  const blocks = laid.map((one) => settleBlock(one, places));
  const former = whole === null ? undefined : draft.chapters[whole];
  const stays =
    former?.blocks.length === blocks.length && former.blocks.every((block, index) => block === blocks[index]);
  const measures = stays && language === draft.language ? former.measures : undefined;
  return { title, blocks, ...(measures === undefined ? {} : { measures }) } satisfies SettledChapter;
}

/** The same object where nothing in it changed. */
function settleBlock({ block, note, notes }: Laid, places: Places): SettledBlock {
  const marks = block.marks.flatMap((mark) => settleMark(mark, notes, places));
  const isSame = marks.length === block.marks.length && marks.every((mark, index) => mark === block.marks[index]);
  if (isSame && note === block.note) return block;
  const { note: _former, ...rest } = block;
  return { ...rest, marks: isSame ? block.marks : marks, ...(note === undefined ? {} : { note }) };
}

function settleMark(mark: Mark, notes: ReadonlyMap<NoteId, NoteId>, places: Places): Mark[] {
  if (mark.type === 'noteref') {
    const note = notes.get(mark.note);
    if (note === undefined) return [];
    return [note === mark.note ? mark : { ...mark, note }];
  }
  if (mark.type !== 'jump') return [mark];
  const place = places.get(key(mark.chapter, indexOf(mark.block)));
  if (place === undefined) return [];
  const { chapter } = place;
  const block = place.block === 0 ? null : blockIdAt(place.block);
  return [chapter === mark.chapter && block === mark.block ? mark : { ...mark, chapter, block }];
}

/** Lines follow what they lead to, with the new name of a chapter that was renamed; a new chapter gets a line of its own. */
function contentsOf(
  former: readonly ContentsEntry[] | null,
  draft: SettledBook,
  laid: readonly LaidChapter[],
  chapters: readonly SettledChapter[],
  places: Places,
): ContentsEntry[] | null {
  if (former === null) return null;
  const contents = former.flatMap((entry): ContentsEntry[] => {
    const place = places.get(key(entry.chapter, indexOf(entry.block)));
    if (place === undefined) return [];
    const isItsChapter = place.block === 0 && entry.title === draft.chapters[entry.chapter]?.title;
    const title = (isItsChapter ? chapters[place.chapter]?.title : null) ?? entry.title;
    return [{ ...entry, title, chapter: place.chapter, block: place.block === 0 ? null : blockIdAt(place.block) }];
  });
  for (const [chapter, { isSplitOff, title }] of laid.entries()) {
    if (!isSplitOff || title === '' || contents.some((one) => one.chapter === chapter && one.block === null)) continue;
    const after = contents.findLastIndex((one) => one.chapter < chapter);
    contents.splice(after + 1, 0, { title, depth: contents[after]?.depth ?? 0, chapter, block: null });
  }
  return contents.length === 0 ? null : contents;
}

function isShown(chapters: readonly SettledChapter[], cover: string | null): (picture: { hash: string }) => boolean {
  const shown = new Set<string | null>([cover]);
  for (const { blocks } of chapters) {
    for (const block of blocks) if (block.type === 'figure') shown.add(block.picture);
  }
  return ({ hash }) => shown.has(hash);
}

/** A comment whose words are not together any more is about the chapter in which they begin. */
function settleComment(comment: SettledComment, chapters: readonly SettledChapter[], places: Places): SettledComment[] {
  const { chapter, passage } = comment;
  const from = passage === null ? places.get(key(chapter, 0)) : places.get(key(chapter, indexOf(passage.start.block)));
  const to = passage === null ? undefined : places.get(key(chapter, indexOf(passage.end.block)));
  const place = from ?? to;
  if (place === undefined) return [];
  if (passage === null || from === undefined || to === undefined || from.chapter !== to.chapter) {
    return [{ ...comment, chapter: place.chapter, passage: null }];
  }
  const positionIn = (one: Place, offset: number) => ({
    block: blockIdAt(one.block),
    offset: Math.min(offset, chapters[one.chapter]?.blocks[one.block]?.text.length ?? 0),
  });
  const moved = { start: positionIn(from, passage.start.offset), end: positionIn(to, passage.end.offset) };
  const isEmpty = to.block < from.block || (to.block === from.block && moved.end.offset <= moved.start.offset);
  return [{ ...comment, chapter: place.chapter, passage: isEmpty ? null : moved }];
}
