import search from 'approx-string-match';
import type { Quote } from '#shared/anchoring/follow-quote.ts';

const WEIGHTS = { quote: 50, prefix: 20, suffix: 20, position: 2 };
const ERRORS_MAX = 256;

interface Match {
  start: number;
  end: number;
  errors: number;
}

/**
 * How the Hypothesis client finds a quote in a text, written by us from the description of its method (`matchQuote`):
 * all exact hits, and only without any the approximate ones with at most half the quote wrong; scored by quote, prefix,
 * suffix and distance from where it was; the best one wins, whatever its score.
 */
export function hypothesisMethod(text: string, quote: Quote, hint: number): { start: number; end: number } | null {
  const matches = bestMatches(text, quote.exact, Math.min(ERRORS_MAX, quote.exact.length / 2));
  const score = ({ start, end, errors }: Match): number => {
    const { prefix, suffix, exact } = quote;
    const words = 1 - errors / exact.length;
    const before = prefix === '' ? 1 : likeness(text.slice(Math.max(0, start - prefix.length), start), prefix);
    const after = suffix === '' ? 1 : likeness(text.slice(end, end + suffix.length), suffix);
    const near = 1 - Math.abs(start - hint) / text.length;
    const { quote: byWords, prefix: byPrefix, suffix: bySuffix, position } = WEIGHTS;
    return byWords * words + byPrefix * before + bySuffix * after + position * near;
  };
  let best: { match: Match; score: number } | null = null;
  for (const match of matches) {
    const scored = { match, score: score(match) };
    if (best === null || scored.score > best.score) best = scored;
  }
  return best && best.match;
}

function bestMatches(text: string, wanted: string, errorsMax: number): Match[] {
  const exact: Match[] = [];
  for (let start = text.indexOf(wanted); start >= 0; start = text.indexOf(wanted, start + 1)) {
    exact.push({ start, end: start + wanted.length, errors: 0 });
  }
  return exact.length > 0 ? exact : search(text, wanted, errorsMax);
}

function likeness(text: string, wanted: string): number {
  const [match] = bestMatches(text, wanted, wanted.length);
  return match ? 1 - match.errors / wanted.length : 0;
}
