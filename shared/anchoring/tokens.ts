// Scripts written without spaces: a letter with its marks is a word to compare by.
const unspaced = String.raw`\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}`;
const token = new RegExp(String.raw`[[\p{L}\p{N}\p{M}]--[${unspaced}]]+|[${unspaced}]\p{M}*|\s+|[^]`, 'gv');

/** Gives equal words equal numbers, over as many texts as are asked about. */
export class Lexicon {
  readonly #numbers = new Map<string, number>();

  numberOf(word: string): number {
    const known = this.#numbers.get(word);
    if (known !== undefined) return known;
    const number = this.#numbers.size + 1;
    this.#numbers.set(word, number);
    return number;
  }
}

/** A stretch of text as numbered words, spaces and signs, and where each begins; `begins` has the end as its last entry. */
export interface Tokens {
  numbers: Int32Array;
  begins: Int32Array;
}

/** Any white space is the same white space: a paragraph split in two has changed no word. */
export function tokensOf(lexicon: Lexicon, text: string, start: number, end: number): Tokens {
  const numbers: number[] = [];
  const begins: number[] = [];
  for (const { 0: word, index } of text.slice(start, end).matchAll(token)) {
    numbers.push(lexicon.numberOf(word.trim() === '' ? ' ' : word));
    begins.push(start + index);
  }
  begins.push(end);
  return { numbers: Int32Array.from(numbers), begins: Int32Array.from(begins) };
}
