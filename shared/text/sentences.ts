import { segmenterFor } from './segmenter.ts';

/** A stretch of text, `[start, end)` in UTF-16 code units, without the white space around it. */
export interface Sentence {
  start: number;
  end: number;
}

/** Short forms with a full stop after which a sentence goes on, as written: a capital is part of the form. */
const abbreviations = new Set(
  (
    'Mr Mrs Ms Mx Dr Prof St Sr Jr Rev Gen Col Capt Cpt Lt Sgt Cpl Cmdr Adm Gov Messrs Mme Mlle Hr Fr Nr Hrn Sra Srta Ud Uds ' +
    'Sig Dott Avv Dhr Mevr vs cf e.g i.e approx bzw z.B d.h ca т.е'
  ).split(' '),
);

const lastWord = /([\p{L}\p{M}.]+)\.$/u;
// `I.` far more often ends a sentence than it begins a name.
const endsInInitial = /(?:^|[\s.(“"«])(?!I)\p{Lu}\.$/u;
const goesOnInLowerCase = /^[—–-]?\s*["'“‘«„(]?\p{Ll}/u;
const onlyPunctuation = /^[^\p{L}\p{N}]*$/u;
const endsInJapaneseQuotation = /[」』]$/u;
const goesOnInJapanese = /^(?:と|って)/u;
const strayClosers = /^["'”»)\]]+(?=\s|$)/u;
/** Long enough for any short form; a sentence of a page need not be searched from its beginning. */
const TAIL_CHARS = 40;

/**
 * The sentences of a block's text, in order. They cover every character but the white space between them.
 * `Intl.Segmenter` finds them (Unicode UAX #29); what it cuts wrongly is joined again: `"Stop!" he said.`, titles such
 * as `Dr.`, initials, an ellipsis in mid-thought, and scraps without a letter. A line of verse ends its sentence.
 */
export function sentencesOf(text: string, language: string): Sentence[] {
  const sentences: Sentence[] = [];
  let open: Sentence | null = null;
  for (const { segment, index } of segmenterFor(language, 'sentence').segment(text)) {
    // `« Non ! »`: the space before the closing mark makes the segmenter cut in front of it.
    const closers: string = open === null ? '' : (strayClosers.exec(segment)?.[0] ?? '');
    if (open !== null && closers !== '') open.end = index + closers.length;
    const rest = segment.slice(closers.length);
    const trimmed = rest.trim();
    if (trimmed === '') continue;
    const start = index + closers.length + rest.indexOf(trimmed);
    const end = start + trimmed.length;
    if (open !== null && belongsTogether(text, open, start, trimmed)) open.end = end;
    else {
      open = { start, end };
      sentences.push(open);
    }
  }
  return sentences;
}

/** The sentence that holds `offset`, or the nearest one before it; null when the text has no words at all. */
export function sentenceAt(text: string, offset: number, language: string): Sentence | null {
  const sentences = sentencesOf(text, language);
  return sentences.findLast(({ start }) => start <= offset) ?? sentences[0] ?? null;
}

function belongsTogether(text: string, before: Sentence, start: number, segment: string): boolean {
  if (text.slice(before.end, start).includes('\n')) return false;
  const tail = text.slice(Math.max(before.start, before.end - TAIL_CHARS), before.end);
  const isScrap = before.end - before.start < TAIL_CHARS && onlyPunctuation.test(tail);
  if (isScrap || onlyPunctuation.test(segment) || goesOnInLowerCase.test(segment)) return true;
  if (endsInJapaneseQuotation.test(tail) && goesOnInJapanese.test(segment)) return true;
  return endsInInitial.test(tail) || abbreviations.has(lastWord.exec(tail)?.[1] ?? '');
}
