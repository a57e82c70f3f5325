import type { Book, ChapterEntry } from '#shared/records/book.ts';
import type { BlockId } from '#shared/text/block.ts';

/** A line of the contents as it is shown: a chapter (then with its entry), a part around some, a section within one. */
export interface ContentsLine {
  title: string;
  depth: number;
  chapter: ChapterEntry;
  block: BlockId | null;
  /** Whether the line is the chapter itself, and may say how far it was read. */
  isChapter: boolean;
}

/** The book's own contents where it has some, with every chapter in them that they leave out; else the list of chapters. */
export function contentsLines({ chapters, about }: Book): ContentsLine[] {
  const told = (about?.contents ?? []).flatMap(({ title, depth, chapter: index, block }) => {
    const chapter = chapters[index];
    return chapter === undefined ? [] : [{ title, depth, chapter, block, isChapter: false }];
  });
  if (told.length === 0) return chapters.map((chapter) => chapterLine(chapter, 0));
  const lines: ContentsLine[] = [];
  const waiting = [...chapters];
  for (const line of told) {
    while (waiting[0] !== undefined && waiting[0].index < line.chapter.index) {
      lines.push(chapterLine(waiting.shift() as ChapterEntry, 0));
    }
    const leads = waiting[0]?.index === line.chapter.index && isNamed(line.title, line.chapter.title);
    if (leads) waiting.shift();
    lines.push({ ...line, isChapter: leads });
  }
  for (const chapter of waiting)
    if (!lines.some((line) => line.chapter === chapter)) lines.push(chapterLine(chapter, 0));
  return lines;
}

/** The chapters and the parts around them, without the sections within: what one chooses from. */
export function partsAndChapters(book: Book): ContentsLine[] {
  const lines = contentsLines(book);
  return lines.filter(({ isChapter, depth }, at) => {
    if (isChapter) return true;
    const end = lines.findIndex((line, index) => index > at && line.depth <= depth);
    return lines.slice(at + 1, end < 0 ? lines.length : end).some((line) => line.isChapter);
  });
}

const chapterLine = (chapter: ChapterEntry, depth: number): ContentsLine => ({
  title: chapter.title,
  depth,
  chapter,
  block: null,
  isChapter: true,
});

/** `Part One, II` is the chapter of the line `II`. */
const isNamed = (line: string, chapter: string): boolean => chapter === line || chapter.endsWith(`, ${line}`);
