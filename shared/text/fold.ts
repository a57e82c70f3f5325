/**
 * A text as search compares it, and where each of its UTF-16 units comes from: `starts[i]` is the offset in the source of
 * the character that unit `i` was folded from; one more entry holds the source's length.
 */
export interface FoldedText {
  folded: string;
  starts: readonly number[];
}

const combining = /\p{M}/u;
// Marks that a reader may leave out: accents, Hebrew points, Arabic vowels. In Thai, Devanagari and their kin marks are
// vowels, and kana's voicing marks (U+3099, U+309A) make other letters of them.
const optionalMark = /(?![\u3099\u309A])[\p{Script=Inherited}\p{Script=Hebrew}\p{Script=Arabic}]/u;
// Joiners, direction marks, soft hyphens, tatweel: seen by nobody, or no letter.
const unseen = /[\u00AD\u0640\u061C\u200B-\u200F\u202A-\u202E\u2060-\u2064\u2066-\u2069\uFEFF\p{Variation_Selector}]/u;
const blank = /\s/u;
// Ukrainian, Russian and Belarusian count them as letters, not as accented ones.
const lettersOfTheirOwn = /[ЙйЇїЎў]/u;
const FIRST_BEYOND_ASCII = 0x80;

/** Letters that Unicode does not take apart, and signs that are typed in more than one way. */
const alike: ReadonlyMap<string, string> = new Map([
  ...pairs('øołlđdħhŧt'),
  ['æ', 'ae'],
  ['œ', 'oe'],
  ...each('‘’‚‛′ʼʹ`´', "'"),
  ...each('“”„‟″«»〝〞', '"'),
  ...each('‐‑‒–—―−', '-'),
  ['…', '...'],
]);

/**
 * Letters without case, accents and optional marks, quotation marks and dashes of one kind, any white space as one space.
 * Case goes by upper and then lower case of each character alone, which is Unicode's full case folding but for rare letters
 * (ß is ss, ς is σ), and the same in every language: dotted and dotless i are one.
 */
export function foldText(text: string): FoldedText {
  const starts: number[] = [];
  const parts: string[] = [];
  let isAfterBlank = false;
  let at = 0;
  for (const character of text) {
    const folded = foldCharacter(character);
    const isBlank = folded === ' ';
    if (!(isBlank && isAfterBlank)) {
      for (let unit = 0; unit < folded.length; unit += 1) starts.push(at);
      parts.push(folded);
    }
    // White space goes on over what nobody sees.
    if (folded !== '') isAfterBlank = isBlank;
    at += character.length;
  }
  starts.push(at);
  return { folded: parts.join(''), starts };
}

const known = new Map<string, string>();
/** As many different characters as any book has; a stranger's text cannot make it grow without end. */
const KNOWN_MAX = 20_000;

function foldCharacter(character: string): string {
  const before = known.get(character);
  if (before !== undefined) return before;
  const folded = foldedAfresh(character);
  if (known.size < KNOWN_MAX) known.set(character, folded);
  return folded;
}

function foldedAfresh(character: string): string {
  if (unseen.test(character)) return '';
  if (blank.test(character)) return ' ';
  if (character.charCodeAt(0) < FIRST_BEYOND_ASCII) return alike.get(character) ?? character.toLowerCase();
  if (lettersOfTheirOwn.test(character)) return character.toLowerCase();
  if (/\p{Script=Hangul}/u.test(character)) return character;
  const cased = bare(bare(character).toUpperCase().toLowerCase());
  return Array.from(cased, (one) => alike.get(one) ?? one).join('');
}

function bare(text: string): string {
  const kept = Array.from(text.normalize('NFD')).filter(
    (one) => !unseen.test(one) && !(combining.test(one) && optionalMark.test(one)),
  );
  return kept.join('').normalize('NFC');
}

function pairs(letters: string): [string, string][] {
  return letters.match(/../gu)?.map((pair) => [pair.charAt(0), pair.charAt(1)]) ?? [];
}

function each(signs: string, as: string): [string, string][] {
  return Array.from(signs, (sign) => [sign, as]);
}
