import type { Format } from '#shared/records/book.ts';
import type { ChapterPlace, ImportPreview } from '#shared/records/import.ts';
import { countWords } from '#shared/text/words.ts';
import { titlesOf } from './make-book.ts';
import type { SettledBlock, SettledBook } from './settled-book.ts';

/** Enough to know a passage by, on one line of a phone or two. */
const BEGINS_MAX_CHARS = 90;
const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** Shows what was read: what it would be called, its chapters with their first words, and what stays out. */
export function previewImport(draft: SettledBook, format: Format, fallbackTitle: string): ImportPreview {
  const { title, chapters } = titlesOf(draft, fallbackTitle);
  return {
    title,
    author: draft.author,
    language: draft.language,
    direction: draft.direction,
    format,
    cover: (draft.about?.cover ?? null) !== null,
    pictures: draft.pictures?.length ?? 0,
    comments: draft.comments?.length ?? 0,
    leftOut: leftOutOf(draft, format),
    chapters: draft.chapters.map(({ blocks, measures, isAround = false }, index) => ({
      title: chapters[index] ?? '',
      isAround,
      words: measures?.words ?? blocks.reduce((sum, { text }) => sum + countWords(text, draft.language), 0),
      begins: beginsOf(openingWords(blocks)),
    })),
  };
}

function leftOutOf({ missing = { pictures: 0, comments: 0, unread: 0 } }: SettledBook, format: Format): string[] {
  const { pictures, comments, unread } = missing;
  const said: string[] = [];
  if (format === 'pdf') {
    const out = unread === 0 ? '' : ` ${unread === 1 ? 'Its picture stays' : `Its ${unread} pictures stay`} out.`;
    said.push(
      `Of a PDF the text is read, by its places on the page.${out} A table, if it has one, comes line by line.`,
    );
  }
  if (pictures > 0) {
    const [are, instead] =
      pictures === 1
        ? ['A picture stays out: it is', 'Its description stands in its place']
        : [`${pictures} pictures stay out: they are`, 'Their descriptions stand in their place'];
    said.push(`${are} not in the file, or no sound PNG, JPEG, GIF or WebP. ${instead}.`);
  }
  if (comments > 0) {
    said.push(
      `${comments === 1 ? 'A comment stays out: it stands' : `${comments} comments stay out: they stand`} at no words of the text.`,
    );
  }
  return said;
}

/** Where in a chapter, as it was read, another could begin: at everything that has words and is no note, but the first. */
export function chapterPlaces(blocks: readonly SettledBlock[]): ChapterPlace[] {
  const places: ChapterPlace[] = [];
  const total = blocks.reduce((sum, { text }) => sum + text.length, 0);
  let before = 0;
  for (const [index, block] of blocks.entries()) {
    const { type, text, note } = block;
    if (index > 0 && note === undefined && text !== '') {
      const isAfterBreak = blocks[index - 1]?.type === 'break';
      const kind = type === 'heading' ? 'heading' : isAfterBreak ? 'after-break' : 'paragraph';
      places.push({ block: index, kind, begins: beginsOf(text), share: before / total });
    }
    before += text.length;
  }
  return places;
}

/** A heading says no more than the title does. */
function openingWords(blocks: readonly SettledBlock[]): string {
  const worded = blocks.filter(({ text }) => text !== '');
  return (worded.find(({ type }) => type !== 'heading') ?? worded[0])?.text ?? '';
}

function beginsOf(text: string): string {
  if (text.length <= BEGINS_MAX_CHARS) return text.replaceAll(/\s+/gu, ' ');
  let short = '';
  for (const { segment } of graphemes.segment(text.slice(0, BEGINS_MAX_CHARS * 2))) {
    if (short.length + segment.length > BEGINS_MAX_CHARS) break;
    short += segment;
  }
  return `${short.replaceAll(/\s+/gu, ' ').trimEnd()}…`;
}
