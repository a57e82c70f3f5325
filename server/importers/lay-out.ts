import type { PlanSection } from '#shared/records/import.ts';
import type { NoteId } from '#shared/text/block.ts';
import type { SettledBlock, SettledBook } from './settled-book.ts';

/** Where a block stood when the book was read: indices. */
interface SourcePlace {
  chapter: number;
  block: number;
}

/** A block on its way into a chapter. `from` is what left the text beside it, and last itself; a made heading has none. */
export interface Laid {
  block: SettledBlock;
  from: SourcePlace[];
  /** The note that it belongs to, by its new name. */
  note: NoteId | undefined;
  /** New names of the notes that its marks refer to. */
  notes: ReadonlyMap<NoteId, NoteId>;
}

export interface LaidChapter {
  title: string;
  blocks: Laid[];
  /** The chapter that this is from its beginning to its end; null where it is a part, or made of several. */
  whole: number | null;
  /** Whether it begins where no chapter began. */
  isSplitOff: boolean;
}

interface Section extends PlanSection {
  /** The index after its last block. */
  end: number;
}

/**
 * Parts a book into chapters as the sections say. The title of a chapter that is joined to another stands in the text as a
 * heading, and a heading that begins a new chapter is its title. Scene breaks between two chapters go. Null where the
 * sections do not part this book.
 */
export function layOut(draft: SettledBook, planned: readonly PlanSection[]): LaidChapter[] | null {
  const sections = withEnds(draft, planned);
  if (sections === null) return null;
  const groups: Section[][] = [];
  for (const section of sections) {
    if (section.as === 'left-out') continue;
    const current = groups.at(-1);
    if (section.as === 'chapter' || current === undefined) groups.push([section]);
    else current.push(section);
  }
  return groups.map((group) => layChapter(draft, group));
}

/** Notes stand at the end of each chapter's list. */
function runningLength(blocks: readonly SettledBlock[]): number {
  const first = blocks.findIndex(({ note }) => note !== undefined);
  return first === -1 ? blocks.length : first;
}

function withEnds({ chapters }: SettledBook, planned: readonly PlanSection[]): Section[] | null {
  const sections: Section[] = [];
  for (const [index, section] of planned.entries()) {
    const before = planned[index - 1];
    const next = planned[index + 1];
    const length = runningLength(chapters[section.chapter]?.blocks ?? []);
    const isNext =
      before?.chapter === section.chapter
        ? section.block > before.block
        : section.block === 0 && section.chapter === (before?.chapter ?? -1) + 1;
    if (!isNext || section.block >= length) return null;
    sections.push({ ...section, end: next?.chapter === section.chapter ? next.block : length });
  }
  return planned.at(-1)?.chapter === chapters.length - 1 ? sections : null;
}

/** A block before its notes have names. */
type Piece = Pick<Laid, 'block' | 'from'>;

function layChapter(draft: SettledBook, group: readonly Section[]): LaidChapter {
  const [first] = group;
  const pieces: Piece[] = [];
  let title = '';
  for (const section of group) {
    const { chapter, block, end } = section;
    const blocks = draft.chapters[chapter]?.blocks ?? [];
    const opening = blocks[block];
    const former = block === 0 ? (draft.chapters[chapter]?.title ?? '') : headingText(opening);
    const told = section.title ?? former;
    const isInText = former !== '' && headingText(opening) === former.trim();
    if (section === first) title = told;
    else if (told !== '' && !isInText) pieces.push({ block: headingOf(told), from: [] });
    for (const [at, one] of blocks.slice(block, end).entries()) {
      const isRenamed = at === 0 && isInText && told !== former;
      pieces.push({ block: isRenamed ? renamed(one, told) : one, from: [{ chapter, block: block + at }] });
    }
  }
  const isWhole = group.length === 1 && first?.block === 0 && first.end === runningLength(blocksOf(draft, first));
  return {
    title,
    blocks: withNotes(draft, isWhole ? pieces : withoutOuterBreaks(pieces)),
    whole: isWhole ? first.chapter : null,
    isSplitOff: (first?.block ?? 0) > 0,
  };
}

const blocksOf = (draft: SettledBook, section: Section): readonly SettledBlock[] =>
  draft.chapters[section.chapter]?.blocks ?? [];

const headingText = (block: SettledBlock | undefined): string => (block?.type === 'heading' ? block.text.trim() : '');
const headingOf = (text: string): SettledBlock => ({ type: 'heading', level: 2, text, marks: [], quoteDepth: 0 });

/** A heading that repeats its chapter's title goes by the new one; a note in it keeps it as it is. */
function renamed(heading: SettledBlock, text: string): SettledBlock {
  return heading.marks.some(({ type }) => type === 'noteref') ? heading : { ...heading, text, marks: [] };
}

function withoutOuterBreaks(pieces: readonly Piece[]): Piece[] {
  const begin = pieces.findIndex(({ block }) => block.type !== 'break');
  if (begin === -1) return [...pieces];
  const end = pieces.findLastIndex(({ block }) => block.type !== 'break') + 1;
  const before = pieces.slice(0, begin).flatMap(({ from }) => from);
  const after = pieces.slice(end).flatMap(({ from }) => from);
  return pieces.slice(begin, end).map((piece, index, kept) => ({
    ...piece,
    from: [...(index === 0 ? before : []), ...(index === kept.length - 1 ? after : []), ...piece.from],
  }));
}

interface SourceNotes {
  bodies: ReadonlyMap<NoteId, Piece[]>;
  /** New names by old ones. */
  names: Map<NoteId, NoteId>;
}

const NO_NOTES: ReadonlyMap<NoteId, NoteId> = new Map();

/** Names the notes of a chapter in the order in which it first refers to them, and puts their bodies at its end. */
function withNotes(draft: SettledBook, pieces: readonly Piece[]): Laid[] {
  const bySource = new Map<number, SourceNotes>();
  const notesOf = (chapter: number): SourceNotes => {
    const known = bySource.get(chapter) ?? { bodies: noteBodies(draft, chapter), names: new Map() };
    bySource.set(chapter, known);
    return known;
  };
  const all: Omit<Laid, 'notes'>[] = pieces.map((piece) => ({ ...piece, note: undefined }));
  const laid: Laid[] = [];
  let count = 0;
  // Notes may refer to notes: the list grows while it is walked.
  for (const one of all) {
    const source = one.from.at(-1);
    if (source === undefined) {
      laid.push({ ...one, notes: NO_NOTES });
      continue;
    }
    const { bodies, names } = notesOf(source.chapter);
    for (const mark of one.block.marks) {
      if (mark.type !== 'noteref' || names.has(mark.note)) continue;
      const body = bodies.get(mark.note);
      if (body === undefined) continue;
      count += 1;
      const note: NoteId = `n${count}`;
      names.set(mark.note, note);
      all.push(...body.map((piece) => ({ ...piece, note })));
    }
    laid.push({ ...one, notes: names });
  }
  return laid;
}

function noteBodies({ chapters }: SettledBook, chapter: number): Map<NoteId, Piece[]> {
  const bodies = new Map<NoteId, Piece[]>();
  for (const [at, block] of (chapters[chapter]?.blocks ?? []).entries()) {
    if (block.note === undefined) continue;
    const piece = { block, from: [{ chapter, block: at }] };
    bodies.set(block.note, [...(bodies.get(block.note) ?? []), piece]);
  }
  return bodies;
}
