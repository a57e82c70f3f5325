import type { Direction } from '#shared/text/direction.ts';

const SAMPLE_CHARS = 20_000;
/** Fewer words than this say nothing about their language. */
const WORDS_MIN = 8;
/** Share of stop words that running text of a language has at least. */
const STOP_WORD_SHARE_MIN = 0.08;

const stopWords: Record<string, string> = {
  en: 'the and of to a in that it was he she his her you i is had with for not at on but as they be',
  de: 'der die und das ist nicht ich sie er es zu ein eine den mit sich auf war dem von wie hatte aber auch so',
  fr: 'le la les et de des un une que qui il elle est dans pas je ne vous ce au pour sur avec était lui se',
  es: 'el la los las y de que en un una no se por con su para es lo le había como pero más me del al',
  it: 'il la le e di che un una non si per con era gli del della ma come sono lo mi al più nel suo i',
  nl: 'de het een en van ik te dat die in zijn niet is was op aan met voor hij ze er maar je hem haar naar',
  pt: 'o a os as e de que não um uma se para com era do da no na ele ela por mais em mas como seu',
  sv: 'och att det som en på är av för med den till inte han hon jag var ett om hade men sig de så',
  da: 'og at det en på er af for med den til ikke han hun jeg var et om havde men sig de så der',
  no: 'og at det en på er av for med den til ikke han hun jeg var et om hadde men seg de så som',
  fi: 'ja oli ei se hän että on en mutta kun niin hänen sitä joka minä mitä ole kuin nyt sen',
  pl: 'i w nie się na to że z do jak ale za co jest był od po go jej tak',
  cs: 'a se na že to v je ale s si jako do by tak za jsem ho po bylo ne',
  tr: 've bir bu da de için ne ben çok o gibi daha ama mi sonra kadar her değil var onun',
  ro: 'și de în a la o cu nu că pe un se din mai era ce îl să ca i',
};
const stopWordSets = Object.entries(stopWords).map(
  ([language, words]) => [language, new Set(words.split(' '))] as const,
);

const scripts = [
  ['ja', /[\p{Script=Hiragana}\p{Script=Katakana}]/gu],
  ['ko', /\p{Script=Hangul}/gu],
  ['zh', /\p{Script=Han}/gu],
  ['he', /\p{Script=Hebrew}/gu],
  ['ar', /\p{Script=Arabic}/gu],
  ['ru', /\p{Script=Cyrillic}/gu],
  ['el', /\p{Script=Greek}/gu],
  ['th', /\p{Script=Thai}/gu],
  ['hi', /\p{Script=Devanagari}/gu],
  ['ka', /\p{Script=Georgian}/gu],
  ['hy', /\p{Script=Armenian}/gu],
] as const;

const rightToLeft = /^(?:ar|he|iw|fa|ur|yi|ps|sd|ug|ckb|dv)(?:-|$)|-(?:Arab|Hebr)(?:-|$)/iu;

/** A light guess at the language of running text, by script and by the commonest words; `und` when nothing is clear. */
export function guessLanguage(text: string): string {
  const sample = text.slice(0, SAMPLE_CHARS);
  const letters = sample.match(/\p{L}/gu)?.length ?? 0;
  if (letters === 0) return 'und';
  const counts = scripts.map(([language, pattern]) => [language, sample.match(pattern)?.length ?? 0] as const);
  const count = (wanted: string) => counts.find(([language]) => language === wanted)?.[1] ?? 0;
  // A few kana among Han characters are enough: Chinese has none.
  if (count('ja') > letters * 0.05 && count('ja') + count('zh') > letters / 2) return 'ja';
  const script = counts.find(([, found]) => found > letters / 2)?.[0];
  if (script === 'ru') return /[іїєґ]/iu.test(sample) ? 'uk' : /[ыэъё]/iu.test(sample) ? 'ru' : 'und';
  if (script === 'ar') return /[پچژگ]/u.test(sample) ? 'fa' : 'ar';
  return script ?? guessByStopWords(sample);
}

function guessByStopWords(sample: string): string {
  const words = sample.toLowerCase().match(/\p{L}+/gu) ?? [];
  if (words.length < WORDS_MIN) return 'und';
  const scores = stopWordSets
    .map(([language, set]) => ({ language, found: words.filter((word) => set.has(word)).length }))
    .sort((a, b) => b.found - a.found);
  const [best, second] = scores;
  if (best === undefined || best.found / words.length < STOP_WORD_SHARE_MIN) return 'und';
  return best.found > (second?.found ?? 0) * 1.15 ? best.language : 'und';
}

/** A language tag in its canonical form, or null when it is not one. */
export function languageTag(raw: string | null | undefined): string | null {
  const tag = raw?.trim().replaceAll('_', '-') ?? '';
  if (!/^[a-z]{2,3}(?:-[a-z0-9]{2,8}){0,4}$/iu.test(tag)) return null;
  try {
    return Intl.getCanonicalLocales(tag)[0] ?? null;
  } catch {
    return null;
  }
}

/** Whether two tags name different languages: `en` and `en-GB` do not. */
export function isOtherLanguage(one: string, other: string): boolean {
  return one.split('-', 1)[0] !== other.split('-', 1)[0];
}

/** The direction in which a language is written. */
export function directionOf(language: string): Direction {
  return rightToLeft.test(language) ? 'rtl' : 'ltr';
}
