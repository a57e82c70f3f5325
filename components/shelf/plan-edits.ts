import { proposedFor } from '#shared/records/import.ts';
import type { ChapterPlace, ImportPlan, ImportPreview, PlanSection } from '#shared/records/import.ts';

/** A section of the plan as it is edited. */
export interface Section extends PlanSection {
  /** What it is called while nobody gives it another title. */
  name: string;
  begins: string;
  /** Of a part of a chapter about: by its share of the text. */
  words: number;
}

/** What somebody wishes to become of a preview, while they edit it. */
export interface PlanDraft {
  title: string;
  author: string;
  language: string;
  comments: boolean;
  sections: readonly Section[];
}

/** Of the words of a chapter that was split off, how many name it until somebody does. */
const NAME_WORDS = 6;

export function draftOf({ title, author, language, chapters }: ImportPreview): PlanDraft {
  const proposed = proposedFor(chapters);
  const sections = chapters.map((chapter, index): Section => {
    const { title: name, begins, words } = chapter;
    return { chapter: index, block: 0, title: null, as: proposed[index] ?? 'chapter', name, begins, words };
  });
  return { title, author: author ?? '', language, comments: false, sections };
}

/** The plan as it is sent. The only chapter of a book that bears the book's title goes by what the book is called now. */
export function planFrom(draft: PlanDraft, preview: ImportPreview): ImportPlan {
  const chapters = draft.sections.filter((section) => section.as === 'chapter');
  const [only] = chapters.length === 1 ? chapters : [];
  const { title, language, comments } = draft;
  return {
    title,
    author: draft.author.trim() === '' ? null : draft.author,
    language,
    comments,
    sections: draft.sections.map((section) => {
      const isNamedAfterBook = section === only && section.title === null && section.name === preview.title;
      // An emptied title is what it was called before.
      const given = section.title?.trim() === '' ? null : section.title;
      const own = given ?? (section.block > 0 ? section.name : null);
      return { chapter: section.chapter, block: section.block, title: isNamedAfterBook ? title : own, as: section.as };
    }),
  };
}

const replace = (sections: readonly Section[], at: number, to: Partial<Section>): Section[] =>
  sections.map((one, index) => (index === at ? { ...one, ...to } : one));

export function rename(sections: readonly Section[], at: number, title: string): Section[] {
  return replace(sections, at, { title });
}

/** Whether there is a chapter before this section that it could belong to. */
export function canJoin(sections: readonly Section[], at: number): boolean {
  return sections[at]?.as === 'chapter' && sections.slice(0, at).some(({ as }) => as !== 'left-out');
}

/** Makes a section part of the chapter before it; where a chapter was split there, the split is taken back. */
export function join(sections: readonly Section[], at: number): Section[] {
  const section = sections[at];
  const before = sections[at - 1];
  if (section === undefined || before === undefined) return [...sections];
  if (section.block === 0 || before.as === 'left-out') return replace(sections, at, { as: 'joined' });
  const whole = replace(sections, at - 1, { words: before.words + section.words });
  return whole.toSpliced(at, 1);
}

/** A section is a chapter of its own (again). */
export function standAlone(sections: readonly Section[], at: number): Section[] {
  return replace(sections, at, { as: 'chapter' });
}

/** Leaves a chapter out, with everything that was joined to it. */
export function leaveOut(sections: readonly Section[], at: number): Section[] {
  let end = at + 1;
  if (sections[at]?.as === 'chapter') while (sections[end]?.as === 'joined') end += 1;
  return sections.map((one, index) => (index >= at && index < end ? { ...one, as: 'left-out' } : one));
}

/** Begins a chapter at a place within a section. `chapterWords` are those of the whole chapter as it was read. */
export function split(
  sections: readonly Section[],
  at: number,
  place: ChapterPlace,
  chapterWords: number,
  start: number,
): Section[] {
  const section = sections[at];
  if (section === undefined) return [...sections];
  const before = Math.max(0, Math.min(section.words, Math.round(chapterWords * (place.share - start))));
  const name =
    place.kind === 'heading' ? place.begins : place.begins.replace(/…$/u, '').split(' ').slice(0, NAME_WORDS).join(' ');
  const { chapter, words, as } = section;
  const { block, begins } = place;
  const second: Section = {
    chapter,
    block,
    title: null,
    as: as === 'left-out' ? as : 'chapter',
    name,
    begins,
    words: words - before,
  };
  return replace(sections, at, { words: before }).toSpliced(at + 1, 0, second);
}

/** The blocks of its chapter that a section runs over: from `begin`, and to before `end` where another begins. */
export function rangeOf(sections: readonly Section[], at: number): { begin: number; end: number } {
  const section = sections[at];
  const next = sections[at + 1];
  const end = next !== undefined && next.chapter === section?.chapter ? next.block : Number.POSITIVE_INFINITY;
  return { begin: section?.block ?? 0, end };
}
