import type { BlockId, Mark, NoteId } from '#shared/text/block.ts';
import type { BookAbout, ContentsEntry } from '#shared/records/book.ts';
import type { StoredPicture } from '#server/storage/store.ts';
import type { DraftAbout, DraftBlock, DraftBook, DraftChapter, DraftComment, DraftMark } from './importer.ts';
import type { SettledBlock, SettledBook, SettledComment } from './settled-book.ts';

interface Place {
  chapter: number;
  block: number;
}

/**
 * Puts everything in its place: `pictures` (by the names the draft has for them) in their figures, a note's body at the end of each chapter that refers to it, links within the book on the
 * chapter and block that they mean, the table of contents likewise. A note that nothing refers to stays where it stood; a
 * link that leads nowhere is text.
 */
export function settleBook(draft: DraftBook, pictures: ReadonlyMap<string, StoredPicture> = NO_PICTURES): SettledBook {
  const chapters = placeNotes(withoutEmptyFigures(draft, pictures)).filter(({ blocks }) => blocks.length > 0);
  const places = new Map<string, Place>();
  for (const [chapter, { blocks }] of chapters.entries()) {
    for (const [block, { names = [] }] of blocks.entries()) {
      for (const name of names) if (!places.has(name)) places.set(name, { chapter, block });
    }
  }
  const { title, author, language, direction } = draft;
  return {
    title,
    author,
    language,
    direction,
    ...(draft.about === undefined ? {} : { about: settleAbout(draft.about, places, pictures) }),
    ...(draft.comments === undefined ? {} : { comments: settleComments(draft.comments, places, chapters) }),
    chapters: chapters.map((chapter) => ({
      title: chapter.title,
      ...(chapter.isAround === true ? { isAround: true } : {}),
      blocks: chapter.blocks.map((block) => settleBlock(block, chapter.noteIds, places, pictures)),
    })),
  };
}

const NO_PICTURES: ReadonlyMap<string, StoredPicture> = new Map();

const pictureOf = (name: string | null, pictures: ReadonlyMap<string, StoredPicture>): StoredPicture | undefined =>
  name === null ? undefined : pictures.get(name);

/** A figure without its picture, a caption or a word for it shows nothing; what it is named by goes to its neighbour. */
function withoutEmptyFigures(
  { chapters, ...book }: DraftBook,
  pictures: ReadonlyMap<string, StoredPicture>,
): DraftBook {
  const isEmpty = (block: DraftBlock) =>
    block.type === 'figure' &&
    block.text === '' &&
    block.alt === '' &&
    pictureOf(block.picture, pictures) === undefined;
  return {
    ...book,
    chapters: chapters.map((chapter) => ({ ...chapter, blocks: withoutBlocks(chapter.blocks, isEmpty) })),
  };
}

function withoutBlocks(blocks: readonly DraftBlock[], isLeftOut: (block: DraftBlock) => boolean): DraftBlock[] {
  const kept: DraftBlock[] = [];
  let names: string[] = [];
  for (const block of blocks) {
    if (isLeftOut(block)) names.push(...(block.names ?? []));
    else {
      kept.push(names.length === 0 ? block : { ...block, names: [...names, ...(block.names ?? [])] });
      names = [];
    }
  }
  return kept;
}

interface PlacedChapter extends DraftChapter {
  noteIds: ReadonlyMap<string, NoteId>;
}

function placeNotes({ chapters }: DraftBook): PlacedChapter[] {
  const bodies = new Map<string, DraftBlock[]>();
  const wanted = new Set<string>();
  for (const { blocks } of chapters) {
    for (const block of blocks) {
      if (block.note !== undefined) bodies.set(block.note, [...(bodies.get(block.note) ?? []), block]);
      for (const target of notesIn(block)) wanted.add(target);
    }
  }
  const isMoved = ({ note }: DraftBlock) => note !== undefined && wanted.has(note);
  return chapters.map(({ blocks, ...chapter }) => {
    const running = blocks.filter((block) => !isMoved(block));
    const noteIds = new Map<string, NoteId>();
    const all = [...running];
    // Notes may refer to notes: the list grows while it is walked.
    for (const block of all) {
      for (const target of notesIn(block)) {
        const body = bodies.get(target);
        if (body === undefined || noteIds.has(target)) continue;
        noteIds.set(target, `n${noteIds.size + 1}`);
        all.push(...body);
      }
    }
    return { ...chapter, blocks: all, noteIds };
  });
}

const notesIn = ({ marks }: DraftBlock): string[] =>
  marks.flatMap((mark) => (mark.type === 'noteref' ? [mark.target] : []));

const blockIdAt = (index: number): BlockId => `b${index + 1}`;

function settleBlock(
  draft: DraftBlock,
  noteIds: ReadonlyMap<string, NoteId>,
  places: ReadonlyMap<string, Place>,
  pictures: ReadonlyMap<string, StoredPicture>,
): SettledBlock {
  const { names: _names, note, marks: drafted, ...block } = draft;
  const noteId = note === undefined ? undefined : noteIds.get(note);
  const rest = {
    marks: drafted.flatMap((mark) => settleMark(mark, noteIds, places)),
    ...(noteId === undefined ? {} : { note: noteId }),
  };
  if (block.type === 'figure') {
    const { hash = null, width = 0, height = 0 } = pictureOf(block.picture, pictures) ?? {};
    return { ...block, ...rest, picture: hash, width, height };
  }
  return { ...block, ...rest };
}

function settleMark(mark: DraftMark, noteIds: ReadonlyMap<string, NoteId>, places: ReadonlyMap<string, Place>): Mark[] {
  if (mark.type === 'noteref') {
    const { target, ...rest } = mark;
    const note = noteIds.get(target);
    return note === undefined ? [] : [{ ...rest, note }];
  }
  if (mark.type === 'jump') {
    const { target, ...rest } = mark;
    const place = places.get(target);
    if (place === undefined) return [];
    return [{ ...rest, chapter: place.chapter, block: place.block === 0 ? null : blockIdAt(place.block) }];
  }
  return [mark];
}

/** A comment whose two ends are not in one chapter, or have no words between them, is about nothing that can be marked. */
function settleComments(
  comments: readonly DraftComment[],
  places: ReadonlyMap<string, Place>,
  chapters: readonly PlacedChapter[],
): SettledComment[] {
  const positionIn = ({ chapter, block }: Place, offset: number) => {
    const length = chapters[chapter]?.blocks[block]?.text.length ?? 0;
    return { block: blockIdAt(block), offset: Math.min(offset, length) };
  };
  return comments.flatMap(({ start, end, ...said }) => {
    const from = places.get(start.block);
    const to = places.get(end.block);
    if (from === undefined || to === undefined || from.chapter !== to.chapter) return [];
    const passage = { start: positionIn(from, start.offset), end: positionIn(to, end.offset) };
    const isEmpty = to.block < from.block || (to.block === from.block && passage.end.offset <= passage.start.offset);
    return isEmpty ? [] : [{ ...said, chapter: from.chapter, passage }];
  });
}

function settleAbout(
  about: DraftAbout,
  places: ReadonlyMap<string, Place>,
  pictures: ReadonlyMap<string, StoredPicture>,
): BookAbout {
  const contents = (about.contents ?? []).flatMap(({ title, depth, target }): ContentsEntry[] => {
    const place = places.get(target);
    if (place === undefined) return [];
    return [{ title, depth, chapter: place.chapter, block: place.block === 0 ? null : blockIdAt(place.block) }];
  });
  return {
    summary: about.summary ?? null,
    notes: about.notes ?? null,
    publisher: about.publisher ?? null,
    identifier: about.identifier ?? null,
    cover: pictureOf(about.cover ?? null, pictures)?.hash ?? null,
    contents: contents.length === 0 ? null : contents,
  };
}
