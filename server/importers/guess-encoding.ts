import { analyse } from 'chardet';

/**
 * How much the guess of chardet (n-gram statistics after Mozilla's and ICU's detectors) counts beside the look of the
 * decoded text: it tells Greek from Cyrillic well, and knows nothing of the Macintosh, of DOS and of KOI8-U.
 */
const CHARDET_WEIGHT = 0.1;
const DECLARED_WEIGHT = 0.25;
/** Text in the right encoding scores near 0.9; noise and the wrong encoding stay below 0.3. */
const SCORE_MIN = 0.3;
/** What two encodings may differ by and still be as good; the one that is named first is then taken. */
const TIE = 0.02;

/** Encodings of the WHATWG Encoding Standard in which texts are still found, the commoner of two lookalikes first. */
const candidates = (
  'windows-1252 windows-1251 shift_jis gb18030 big5 euc-kr euc-jp windows-1250 windows-1254 windows-1253 windows-1255 ' +
  'windows-1256 windows-1257 windows-1258 windows-874 koi8-r koi8-u macintosh ibm866 x-mac-cyrillic iso-8859-2 ' +
  'iso-8859-5 iso-8859-7'
).split(' ');

/** Letters outside ASCII that a language writes, all of them for Latin scripts. */
const latinAlphabets = [
  'äöüß', // German
  'àâæçéèêëîïôœùûüÿ', // French
  'áéíñóúü', // Spanish
  'àèéìòù', // Italian
  'àáâãçéêíóôõúü', // Portuguese
  'åäöéøæ', // Scandinavian
  'áéíóúýðþæö', // Icelandic
  'ąćęłńóśźż', // Polish
  'áčďéěíňóřšťúůýž', // Czech
  'áäčďéíĺľňóôŕšťúýž', // Slovak
  'áéíóöőúüű', // Hungarian
  'čćđšž', // Croatian, Slovene
  'ăâîșțşţ', // Romanian
  'çğıöşüâîİ', // Turkish
  'ąčęėįšųūž', // Lithuanian
  'āčēģīķļņšūž', // Latvian
  'äõöüšž', // Estonian
  'àáâãèéêìíòóôõùúýăđĩũơư', // Vietnamese
].map((letters) => new Set(letters));

/** The letters that make up most of a text in a language; the alphabet's others count for less. */
const commonLetters = [
  'оеаинтсрвлкмдпу', // Russian, Bulgarian
  'оанитівреслкмдуяї', // Ukrainian
  'αοιετσνρπκυμληςάίό', // Greek
  'יוהלאמרתבשנםח', // Hebrew
  'اليمنوربتعدههس', // Arabic
  'انرهیدمتویلک', // Persian
  'านรอกเงมยลวดท่สต้', // Thai
  'いのんしてたるはなとがにをかでもすまりれうあこさよ', // Japanese
  '이다는을의에고가하지은한로를도서기시어나사자리아그것들있었였으라수게니대인해여만', // Korean
  // Chinese, simplified and traditional
  '的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家事成' +
    '方多么去法学如都同当没动面起看定天分还好小她本前开但因只从想日者把情见話這個們來為國說時會對發後過沒動還進學經從與' +
    '長實種點開關無問間將應體頭給聲什又问声很手头老几口女最眼走心',
].map((letters) => new Set(letters));

const words = /[\p{L}\p{M}]+/gu;
const outsideAscii = /[^\u0000-\u007f]/u; // oxlint-disable-line no-control-regex
const casedWord = /^(?:\p{Lu}?[\p{Ll}\p{M}]+|[\p{Lu}\p{M}]+)$/u;
const cased = /^[\p{Lu}\p{Ll}]/u;
const scripts = [
  /^[\p{Script=Latin}\p{Script=Inherited}]+$/u,
  /^[\p{Script=Cyrillic}\p{Script=Inherited}]+$/u,
  /^[\p{Script=Greek}\p{Script=Inherited}]+$/u,
  /^[\p{Script=Hebrew}\p{Script=Inherited}]+$/u,
  /^[\p{Script=Arabic}\p{Script=Inherited}]+$/u,
  /^[\p{Script=Thai}\p{Script=Inherited}]+$/u,
  /^[\p{Script=Hangul}]+$/u,
  // Half-width katakana is what single bytes look like in Shift_JIS; hardly any text is written in it.
  /^(?:(?![\uff66-\uff9f])[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー々])+$/u,
];
const typography =
  /^[\u00a0\u00ad«»‹›“”„‟‘’‚‛–—―…•·¡¿§©®°№€£™†‡´¶\u3000、。〈〉《》「」『』【】〜～！？，：；（）．・]$/u;

/**
 * The encoding that makes most sense of bytes that are not Unicode; null when none makes any and none is declared. What
 * the text declares is believed unless another makes far more sense: servers used to stamp one encoding on every page.
 */
export function guessEncoding(sample: Uint8Array, declared: string | null): string | null {
  const guesses = new Map<string, number>();
  for (const { name, confidence } of analyse(sample)) {
    const encoding = knownEncoding(name);
    if (encoding !== null) guesses.set(encoding, Math.max(guesses.get(encoding) ?? 0, confidence / 100));
  }
  let best: { encoding: string; score: number } | null = null;
  for (const encoding of new Set(declared === null ? candidates : [declared, ...candidates])) {
    const score = plausibility(new TextDecoder(encoding).decode(sample));
    const bonus = CHARDET_WEIGHT * (guesses.get(encoding) ?? 0) + (encoding === declared ? DECLARED_WEIGHT : 0);
    if (score >= SCORE_MIN && score + bonus > (best?.score ?? 0) + TIE) best = { encoding, score: score + bonus };
  }
  return best?.encoding ?? declared;
}

/** The standard's name for an encoding, or null for a label that it does not know. */
export function knownEncoding(label: string): string | null {
  try {
    return new TextDecoder(label).encoding;
  } catch {
    return null;
  }
}

/**
 * From about -1 to 1: how much the characters outside ASCII look like something that people write. Words of one script,
 * of one language's letters, without capitals inside; signs between words and not in them.
 */
export function plausibility(text: string): number {
  const byLanguage = new Map<Set<string>, number>();
  let count = 0;
  let sum = 0;
  let from = 0;
  const addSigns = (between: string) => {
    for (const sign of between) {
      if (!outsideAscii.test(sign)) continue;
      count += 1;
      sum += typography.test(sign) ? 0.5 : -1;
    }
  };
  for (const { 0: word, index } of text.matchAll(words)) {
    const between = text.slice(from, index);
    // A sign right between two letters is a letter in the wrong encoding; an apostrophe or a hyphen is not.
    if (from > 0 && between.length === 1 && /[^’'·\u00ad\u0000-\u007f]/u.test(between)) sum -= 1; // oxlint-disable-line no-control-regex
    addSigns(between);
    from = index + word.length;
    if (!outsideAscii.test(word)) continue;
    const letters = word.toLowerCase().match(/[^\u0000-\u007f]/gu) ?? []; // oxlint-disable-line no-control-regex
    count += letters.length;
    const isWord = scripts.some((script) => script.test(word)) && (!cased.test(word) || casedWord.test(word));
    if (!isWord) {
      sum -= letters.length;
      continue;
    }
    for (const letter of letters) {
      for (const alphabet of latinAlphabets) if (alphabet.has(letter)) add(byLanguage, alphabet, 1);
      for (const common of commonLetters) if (common.has(letter)) add(byLanguage, common, 1);
      if (!/\p{Script=Latin}/u.test(letter)) sum += 0.2;
    }
  }
  addSigns(text.slice(from));
  return count === 0 ? 0 : (sum + Math.max(0, ...byLanguage.values())) / count;
}

function add(sums: Map<Set<string>, number>, language: Set<string>, value: number): void {
  sums.set(language, (sums.get(language) ?? 0) + value);
}
