const HEADING_MAX_CHARS = 100;

const roman = '[IVXLC]{1,8}';
const numberWords =
  'one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|' +
  'nineteen|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[-\\s](?:one|two|three|four|five|six|seven|eight|nine))?|' +
  'first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|last|' +
  'eins|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf|' +
  'un|une|deux|trois|quatre|cinq|sept|huit|neuf|dix|onze|douze|premier|première|deuxième|troisième|' +
  'uno|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|primero|segundo|tercero|' +
  'due|tre|quattro|cinque|sei|sette|otto|nove|dieci|primo|secondo|terzo|' +
  'um|dois|três|quatro|sete|oito|dez|primeiro|' +
  'первая|вторая|третья|четвёртая|четвертая|пятая|шестая|седьмая|восьмая|девятая|десятая|один|два|три';
const chapterWords =
  'chapter|chap\\.|part|book|act|letter|kapitel|teil|buch|chapitre|partie|livre|capítulo|capitulo|parte|libro|livro|' +
  'capitolo|hoofdstuk|deel|kapittel|luku|rozdział|kapitola|fejezet|capitolul|bölüm|глава|часть|книга|розділ|частина|' +
  'κεφάλαιο|פרק|الفصل|فصل|chương';
const alone =
  'prologue|prolog|epilogue|epilog|prologo|prólogo|epilogo|epílogo|interlude|interludio|intermezzo|foreword|preface|' +
  'introduction|afterword|vorwort|nachwort|préface|épilogue|avant-propos|пролог|эпилог|епілог|序章|終章|序|楔子|尾声|尾聲|プロローグ|エピローグ';

// A title after the number needs a sign between, or a capital: `Chapter 5 was long` is no heading.
const titleAfter = '(?:\\s*[.:：—–-]+\\s*(?:\\S.*)?|\\s+["“«„]?[\\p{Lu}\\p{Lo}\\d].*)?';
const numbered = new RegExp(
  `^(?:${chapterWords})\\s+(?:the\\s+)?(?:\\d{1,4}|${roman}|${numberWords})(?![\\p{L}\\p{N}])(${titleAfter})$`,
  'iu',
);
const numberedBefore = new RegExp(
  `^(?:\\d{1,3}\\.|(?:${numberWords}))\\s*(?:kapitel|teil|fejezet|bölüm|глава|часть|luku)(${titleAfter})$`,
  'iu',
);
const chinese = /^第\s?[0-9０-９一二三四五六七八九十百千零〇两兩]{1,8}\s?[章回节節卷部話话幕](?:[\s　:：.、]*\S.*)?$/u;
const korean = /^(?:제\s?)?\d{1,4}\s?[장화부](?:[\s:.]+\S.*)?$/u;
const named = new RegExp(`^(?:${alone})(${titleAfter})$`, 'iu');
const startsLower = /^\s+["“«„]?\p{Ll}/u;
const bareNumber = new RegExp(`^(?:\\d{1,3}|${roman})\\.?$`, 'u');
const endsLikeProse = /[,;]$|\p{Ll}{3,}\.$/u;

/** Whether a line by itself announces a chapter (or part, prologue, …) in one of the languages known here. */
export function isChapterHeading(line: string): boolean {
  const text = line.trim();
  if (text === '' || text.length > HEADING_MAX_CHARS) return false;
  if (chinese.test(text) || korean.test(text)) return true;
  const match = numbered.exec(text) ?? named.exec(text) ?? numberedBefore.exec(text);
  // The patterns ignore case, so the capital of a title is asked for again here.
  return match !== null && !startsLower.test(match[1] ?? '') && !endsLikeProse.test(text);
}

/** Whether the heading is only a number or name, so that a line below it may be its title. */
export function isBareChapterHeading(line: string): boolean {
  const text = line.trim();
  const match = numbered.exec(text) ?? named.exec(text);
  return match !== null && !/[\p{L}\p{N}]/u.test(match[1] ?? '');
}

/** The number of a line that is nothing but `7`, `7.`, `VII` or `VII.`; null for any other line. */
export function bareNumberOf(line: string): number | null {
  const text = line.trim();
  if (!bareNumber.test(text)) return null;
  const digits = text.replace('.', '');
  return /^\d/u.test(digits) ? Number(digits) : romanNumber(digits);
}

/** The value of a Roman number in capitals up to C; null when there is none. */
export function romanNumber(digits: string): number | null {
  const values: Record<string, number> = { I: 1, V: 5, X: 10, L: 50, C: 100 };
  let total = 0;
  for (let index = 0; index < digits.length; index += 1) {
    const value = values[digits[index] ?? ''] ?? 0;
    total += value < (values[digits[index + 1] ?? ''] ?? 0) ? -value : value;
  }
  return total > 0 ? total : null;
}
