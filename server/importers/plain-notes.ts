import { isSceneBreak } from './scene-break.ts';

/** A note that stands at the end of a plain text. */
export interface PlainNote {
  label: string;
  lines: string[];
}

export interface TextAndNotes {
  groups: string[][];
  notes: PlainNote[];
}

const labelled = /^\s{0,8}\[(\d{1,4})\]:?\s+(?=\S)/u;
/** Project Gutenberg's volunteers set notes in brackets, below the paragraph that they belong to. */
const bracketed = /^\s{0,8}\[(?:Footnote|Note)\s+(\d{1,4}|[A-Z]|\*)\s*[:.]\s*/iu;
const headings = /^(?:foot|end)?notes?:?$|^(?:anmerkungen|fußnoten|notas|примечания|сноски|приміт(?:ки|ка)):?$/iu;
const references = /\[(\d{1,4}|[A-Z]|\*)\]/gu;

/**
 * Takes the notes out of a plain text where they are unmistakable: `[1] …` to `[n] …` at its very end, counted without a
 * gap and each referred to before; or `[Footnote 1: …]` anywhere. In any other case the text is left as it is.
 */
export function takePlainNotes(groups: readonly string[][]): TextAndNotes {
  const inBrackets = takeBracketed(groups);
  return inBrackets ?? takeEndNotes(groups) ?? { groups: [...groups], notes: [] };
}

/** Splits text at its references to these notes: a string for text, a label for a reference. */
export function splitAtReferences(text: string, labels: ReadonlySet<string>): (string | { label: string })[] {
  const parts: (string | { label: string })[] = [];
  let from = 0;
  for (const { 0: reference, 1: label = '', index } of text.matchAll(references)) {
    if (!labels.has(label)) continue;
    parts.push(text.slice(from, index), { label });
    from = index + reference.length;
  }
  return [...parts, text.slice(from)];
}

function takeEndNotes(groups: readonly string[][]): TextAndNotes | null {
  let start = groups.length;
  while (start > 0 && groups[start - 1]?.every((line, index) => labelled.test(line) || index > 0) === true) {
    if (!labelled.test(groups[start - 1]?.[0] ?? '')) break;
    start -= 1;
  }
  const notes: PlainNote[] = [];
  for (const line of groups.slice(start).flat()) {
    const label = labelled.exec(line)?.[1];
    if (label === undefined) notes.at(-1)?.lines.push(line);
    else notes.push({ label, lines: [line.replace(labelled, '')] });
  }
  const referred = referredIn(groups.slice(0, start));
  const isCounted = notes.every(({ label }, index) => Number(label) === index + 1 && referred.has(label));
  if (notes.length === 0 || !isCounted) return null;
  const rest = groups.slice(0, start);
  const heading = rest.at(-1);
  const isOnlyAbove =
    heading?.length === 1 && (headings.test(heading[0]?.trim() ?? '') || isSceneBreak(heading[0] ?? ''));
  return { groups: isOnlyAbove ? rest.slice(0, -1) : rest, notes };
}

function isBracketed(group: readonly string[]): boolean {
  return bracketed.test(group[0] ?? '') && /\]\s*$/u.test(group.at(-1) ?? '');
}

function takeBracketed(groups: readonly string[][]): TextAndNotes | null {
  const text = groups.filter((group) => !isBracketed(group));
  const referred = referredIn(text);
  const notes = groups.filter(isBracketed).map(([first = '', ...more]) => {
    const lines = [first.replace(bracketed, ''), ...more];
    lines.push((lines.pop() ?? '').replace(/\]\s*$/u, ''));
    return { label: bracketed.exec(first)?.[1] ?? '', lines };
  });
  const labels = new Set(notes.map(({ label }) => label));
  const isClear = notes.length > 0 && labels.size === notes.length && notes.every(({ label }) => referred.has(label));
  return isClear ? { groups: text, notes } : null;
}

/** The labels that stand in brackets in a text, elsewhere than at the beginning of a line. */
function referredIn(groups: readonly (readonly string[])[]): Set<string> {
  const found = new Set<string>();
  for (const line of groups.flat()) {
    for (const { 1: label = '', index } of line.matchAll(references))
      if (line.slice(0, index).trim() !== '') found.add(label);
  }
  return found;
}
