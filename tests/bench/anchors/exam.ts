import type { Anchor } from '#shared/anchoring/anchor.ts';
import { FlatText } from '#shared/anchoring/flat-text.ts';
import { isGraphemeBoundary } from '#shared/text/graphemes.ts';
import type { Carried } from '#shared/anchoring/re-anchor.ts';
import { ReAnchoring } from '#shared/anchoring/re-anchor.ts';
import { quoteOf } from '#shared/anchoring/quote.ts';
import type { Block } from '#shared/text/block.ts';
import { Seeded } from '#tests/support/seeded.ts';
import { Editing, edits, type EditKind } from './edits.ts';
import { hypothesisMethod } from './hypothesis-method.ts';
import { InventedProse, scripts } from './invented-prose.ts';
import { blocksOf, Traces, type Truth } from './traced-text.ts';

/** A chapter before and after, and passages of it of which it is known what became of them. */
export interface Exam {
  before: FlatText;
  after: FlatText;
  questions: { anchor: Omit<Anchor, 'hash'>; start: number; truth: Truth | null }[];
}

const asBlocks = (texts: readonly string[]): Block[] =>
  texts.map((text, index) => ({ id: `b${index + 1}`, type: 'paragraph', text, marks: [], quoteDepth: 0 }));

export function makeExam(seed: number, kind: EditKind, paragraphs: number, questions: number): Exam {
  const seeded = new Seeded(seed);
  const prose = new InventedProse(scripts[seed % scripts.length] ?? seeded.pick(scripts), seeded);
  const texts = prose.chapter(paragraphs);
  const before = new FlatText(asBlocks(texts));
  const editing = new Editing(texts, prose, seeded);
  edits[kind](editing);
  const traces = new Traces(texts, editing.blocks);
  const blocks = asBlocks(texts);
  return {
    before,
    after: new FlatText(blocksOf(editing.blocks)),
    questions: Array.from({ length: questions }, () => {
      const { start, end } = passageIn(before, seeded);
      const passage = before.passage(start, end);
      return { anchor: { ...passage, quote: quoteOf(blocks, passage) }, start, truth: traces.truthOf(start, end) };
    }),
  };
}

/** A word or three, a phrase, a sentence or several, or words over a paragraph's end: as people mark. */
function passageIn({ text }: FlatText, seeded: Seeded): { start: number; end: number } {
  for (;;) {
    const length = seeded.pick([
      seeded.between(2, 14),
      seeded.between(12, 60),
      seeded.between(50, 200),
      seeded.between(150, 700),
    ]);
    let start = seeded.below(Math.max(1, text.length - length));
    while (start > 0 && !isEdge(text, start)) start -= 1;
    let end = Math.min(text.length, start + length);
    while (end < text.length && !isEdge(text, end)) end += 1;
    while (start < end && isSpace(text, start)) start += 1;
    while (end > start && isSpace(text, end - 1)) end -= 1;
    if (end > start && /\p{L}/u.test(text.slice(start, end))) return { start, end };
  }
}

const isSpace = (text: string, at: number): boolean => (text[at] ?? '').trim() === '';

/** Between two words where there are spaces, between two graphemes where there are none. */
function isEdge(text: string, at: number): boolean {
  const around = text.slice(Math.max(0, at - 40), at + 40);
  if (!isGraphemeBoundary(around, Math.min(at, 40))) return false;
  const [before, after] = [text.slice(at - 1, at), text.slice(at, at + 1)];
  return (
    !(/[\p{L}\p{M}\p{N}]/u.test(before) && /[\p{L}\p{M}\p{N}]/u.test(after)) ||
    (/[^\p{ASCII}]/u.test(after) && /[\u0e00-\u0e7f\u3040-\u9fff]/u.test(after))
  );
}

/** One that answers: a place it vouches for, a place it only suggests, or nothing. */
export interface Answer {
  place: { start: number; end: number } | null;
  sure: boolean;
}

export const candidates = {
  Lectern: (exam: Exam) => lectern(exam, true),
  'Lectern, by the quote alone': (exam: Exam) => lectern(exam, false),
  "Hypothesis' method": ({ after, questions }: Exam): Answer[] =>
    questions.map(({ anchor, start }) => ({ place: hypothesisMethod(after.text, anchor.quote, start), sure: true })),
} as const;
export type Candidate = keyof typeof candidates;

function lectern({ before, after, questions }: Exam, withText: boolean): Answer[] {
  const carrying = new ReAnchoring(withText ? before.blocks : null, after.blocks);
  return questions.map(({ anchor }) => {
    const { passage, fate }: Carried = carrying.carry(anchor);
    const start = passage && after.offsetOf(passage.start);
    const end = passage && after.offsetOf(passage.end);
    return { place: start === null || end === null ? null : { start, end }, sure: fate !== 'uncertain' };
  });
}

/** Of a passage of which half is left, the rest is expected to be found; of which a quarter is, nothing is. */
const STANDS_SHARE = 0.5;
const GONE_SHARE = 0.25;
/** Found means: what is marked and what should be have this much in common. */
const OVERLAP = 0.8;

/** How one candidate did. `found` of `standing`; `right` and `wrong` of what it was sure of. */
export interface Marks {
  standing: number;
  found: number;
  toTheLetter: number;
  right: number;
  wrong: number;
  suggested: number;
  suggestedRight: number;
}

export const noMarks = (): Marks => ({
  standing: 0,
  found: 0,
  toTheLetter: 0,
  right: 0,
  wrong: 0,
  suggested: 0,
  suggestedRight: 0,
});

export function mark(marks: Marks, exam: Exam, answers: readonly Answer[]): void {
  for (const [index, { truth }] of exam.questions.entries()) {
    const answer = answers[index];
    if (!answer) throw new Error('a question without an answer');
    const stands = truth !== null && truth.share >= STANDS_SHARE;
    const isRight = truth !== null && truth.share >= GONE_SHARE && overlap(truth, answer.place) >= OVERLAP;
    if (stands) marks.standing += 1;
    if (answer.place === null) continue;
    if (!answer.sure) {
      marks.suggested += 1;
      if (isRight) marks.suggestedRight += 1;
      continue;
    }
    if (isRight) marks.right += 1;
    else marks.wrong += 1;
    if (stands && isRight) marks.found += 1;
    if (stands && truth.start === answer.place.start && truth.end === answer.place.end) marks.toTheLetter += 1;
  }
}

function overlap(one: { start: number; end: number }, other: { start: number; end: number } | null): number {
  if (other === null) return 0;
  const shared = Math.min(one.end, other.end) - Math.max(one.start, other.start);
  return Math.max(0, shared) / (Math.max(one.end, other.end) - Math.min(one.start, other.start));
}
