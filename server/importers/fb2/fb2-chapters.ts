import { countWords } from '#shared/text/words.ts';
import { isChapterHeading } from '../chapter-heading.ts';
import { attribute } from '../html-tree.ts';
import type { DraftAbout, DraftBlock, DraftChapter } from '../importer.ts';
import { Fb2Writer } from './fb2-writer.ts';
import { childrenNamed, childrenOf, lineOf, textUnder } from './fb2-tree.ts';
import type { Fb2Element } from './fb2-tree.ts';

/** Sections this long on average are chapters; shorter ones are the parts of one. */
const CHAPTER_WORDS_MIN = 800;
const noteBodies = new Set(['notes', 'footnotes', 'endnotes', 'comments']);

interface Chapters {
  chapters: DraftChapter[];
  /** The nested contents, where sections nest. */
  contents: NonNullable<DraftAbout['contents']>;
}

/** The reading order of a FictionBook: a chapter for each section, or for each section within parts, then the notes. */
export function chaptersOfFb2(root: Fb2Element): Chapters {
  const bodies = childrenNamed(root, 'body');
  const notes = bodies.filter(isNotes);
  const noteIds = new Set(
    notes.flatMap((body) => sectionsUnder(body)).flatMap((section) => attribute(section, 'id') ?? []),
  );
  const reading = new SectionReading(noteIds);
  for (const body of bodies) if (!isNotes(body)) reading.readBody(body);
  for (const body of notes) reading.readNotes(body);
  return reading.finish();
}

function isNotes(body: Fb2Element): boolean {
  return noteBodies.has(attribute(body, 'name')?.trim().toLowerCase() ?? '');
}

function sectionsUnder(element: Fb2Element): Fb2Element[] {
  return childrenNamed(element, 'section').flatMap((section) => [section, ...sectionsUnder(section)]);
}

class SectionReading {
  readonly #noteIds: ReadonlySet<string>;
  readonly #chapters: DraftChapter[] = [];
  readonly #contents: NonNullable<DraftAbout['contents']> = [];
  /** Headings of parts that wait for the first chapter in them. */
  #waiting: DraftBlock[] = [];
  #sections = 0;
  #deepest = 0;

  constructor(noteIds: ReadonlySet<string>) {
    this.#noteIds = noteIds;
  }

  readBody(body: Fb2Element): void {
    // The body's own title is the book's; what else stands before its sections is read as a chapter of its own.
    const own = childrenOf(body).filter(({ tagName }) => tagName !== 'section' && tagName !== 'title');
    this.#addChapter(
      '',
      this.#blocksOf((writer) => writer.content(own, 0)),
    );
    for (const section of childrenNamed(body, 'section')) this.#section(section, 0);
  }

  readNotes(body: Fb2Element): void {
    const blocks = this.#blocksOf((writer) => {
      for (const section of childrenNamed(body, 'section')) writer.note(section);
    });
    this.#addChapter(titleOf(body), blocks);
  }

  finish(): Chapters {
    if (this.#waiting.length > 0) this.#chapters.push({ title: '', blocks: this.#waiting });
    return { chapters: this.#chapters, contents: this.#deepest > 0 ? this.#contents : [] };
  }

  #section(section: Fb2Element, depth: number): void {
    const inner = childrenNamed(section, 'section');
    const title = titleOf(section);
    this.#sections += 1;
    const name = `section ${this.#sections}`;
    if (title !== '') {
      this.#contents.push({ title, depth: Math.min(depth, 8), target: name });
      this.#deepest = Math.max(this.#deepest, depth);
    }
    if (!areChapters(inner)) {
      const blocks = this.#blocksOf((writer) => {
        writer.name(name);
        writer.section(section, 0);
      });
      this.#addChapter(title, blocks);
      return;
    }
    const own = childrenOf(section).filter(({ tagName }) => tagName !== 'section' && tagName !== 'title');
    const blocks = this.#blocksOf((writer) => {
      writer.name(name);
      writer.content(own, 0);
    });
    if (blocks.some(({ type }) => type === 'paragraph')) this.#addChapter(title, blocks);
    else {
      const heading = this.#blocksOf((writer) => {
        writer.name(name);
        writer.heading(title, 1);
      });
      this.#waiting.push(...heading, ...blocks);
    }
    for (const child of inner) this.#section(child, depth + 1);
  }

  #blocksOf(write: (writer: Fb2Writer) => void): DraftBlock[] {
    const writer = new Fb2Writer(this.#noteIds);
    write(writer);
    return writer.finish();
  }

  #addChapter(title: string, blocks: DraftBlock[]): void {
    if (blocks.length === 0) return;
    this.#chapters.push({ title, blocks: [...this.#waiting, ...blocks] });
    this.#waiting = [];
  }
}

/** Whether sections within a section are chapters of a part rather than the scenes of a chapter. */
function areChapters(sections: readonly Fb2Element[]): boolean {
  if (sections.length === 0) return false;
  const titles = sections.map(titleOf).filter((title) => title !== '');
  if (titles.length < sections.length / 2) return false;
  if (titles.filter(isChapterHeading).length > titles.length / 2) return true;
  const words = sections.reduce((sum, section) => sum + countWords(textUnder(section), 'und'), 0);
  return words / sections.length >= CHAPTER_WORDS_MIN;
}

/** The lines of a section's title as one. */
function titleOf(section: Fb2Element): string {
  const [title] = childrenNamed(section, 'title');
  if (title === undefined) return '';
  const lines = childrenNamed(title, 'p').flatMap((line) => lineOf(line) ?? []);
  return lines.reduce(
    (joined, line) => (joined === '' ? line : `${joined}${/[.:!?…—–-]$/u.test(joined) ? '' : '.'} ${line}`),
    '',
  );
}
