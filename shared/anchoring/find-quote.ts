import search from 'approx-string-match';
import { followQuote, type FollowedQuote, type Quote } from './follow-quote.ts';
import { GramIndex, type Span } from './gram-index.ts';

/** A place in a text where a quote may stand. */
export interface Found extends FollowedQuote {
  /** How sure it is that these are the words and no others like them, 0 to 1. */
  confidence: number;
}

/** Units that begin a search: as short as half a word, or a few ideographs. */
const GRAM_UNITS = 5;
/** Grams of one quote that are looked up, spread over it. */
const GRAMS_MAX = 120;
/** Places of one gram that are looked at; more often than that it is 'and then', and says nothing. */
const PLACES_MAX = 64;
/** Votes of places so near to each other are for one place: a word more or less stands between. */
const PLACE_UNITS = 24;
/** The places with the most votes are looked at closely, unless they have too few beside the first or of all cast. */
const CANDIDATES_MAX = 8;
const VOTES_OF_FIRST_MIN = 0.25;
const VOTES_OF_ALL_MIN = 0.05;
/** A quote of which less is left is another sentence. */
const LIKENESS_MIN = 0.5;
/** What a place must be ahead of the next best to be the one. */
const LEAD_MIN = 0.08;
/** Or, where the words are alike, so much more of what stood around them. */
const CONTEXT_LEAD_MIN = 0.25;
/** So much of what stood around a quote says that it is this one, whatever was changed in it. */
const VOUCHING = 0.65;

/**
 * Finds quotes in one text, by their words and by the words around them. The index is built once; a quote costs as much as
 * its own length, whatever the length of the text.
 */
export class QuoteFinder {
  readonly #text: string;
  readonly #index: GramIndex;

  /** Only places inside `spans` are found. */
  constructor(text: string, spans: readonly Span[]) {
    this.#text = text;
    this.#index = new GramIndex(text, spans, GRAM_UNITS);
  }

  /**
   * The best place for a quote, null when nothing like it is there. `hint` is where it would stand, if that is known; it
   * decides between places that are alike, and makes none of them sure.
   */
  find(quote: Quote, hint: number | null): Found | null {
    const candidates = this.#candidates(quote)
      .flatMap((place) => this.#closely(quote, place))
      .sort((one, other) => other.score - one.score || distance(one, hint) - distance(other, hint));
    const [best] = candidates;
    if (best === undefined) return null;
    const rival = candidates.find(({ start, end }) => start >= best.end || end <= best.start);
    const lead = rival === undefined ? 1 : best.score - rival.score;
    const isAhead = lead >= LEAD_MIN || (rival !== undefined && hasBetterContext(best, rival));
    const found = this.#followed(quote, best);
    return { ...found, confidence: isAhead ? found.score : found.score / 2 };
  }

  /** To its own first and last word, where the approximate search looks for the fewest edits. */
  #followed(quote: Quote, best: Place): FollowedQuote & { score: number } {
    const followed = best.likeness < 1 ? followQuote(this.#text, quote, best) : null;
    if (followed === null) return { ...best, settled: true };
    const context = this.#contextOf(quote, followed);
    const score = scoreOf(quote.exact, followed.likeness, context);
    return { ...followed, score: context >= VOUCHING ? Math.max(score, (1 + followed.likeness) / 2) : score };
  }

  /** Where the quote would begin, by the votes of its grams and of those around it. */
  #candidates({ exact, prefix, suffix }: Quote): number[] {
    const whole = prefix + exact + suffix;
    const grams = whole.length - GRAM_UNITS + 1;
    const step = Math.max(1, Math.ceil(grams / GRAMS_MAX));
    const votes = new Map<number, { votes: number; place: number }>();
    for (let at = 0; at < grams; at += step) {
      for (const position of this.#index.positionsOf(whole, at, PLACES_MAX)) {
        const place = position - at + prefix.length;
        const bucket = Math.floor(place / PLACE_UNITS);
        const known = votes.get(bucket);
        if (known) known.votes += 1;
        else votes.set(bucket, { votes: 1, place });
      }
    }
    const ranked = [...votes.values()].sort((one, other) => other.votes - one.votes).slice(0, CANDIDATES_MAX);
    const least = Math.max((ranked[0]?.votes ?? 0) * VOTES_OF_FIRST_MIN, (grams / step) * VOTES_OF_ALL_MIN);
    return ranked.filter((place) => place.votes >= least).map(({ place }) => place);
  }

  #closely(quote: Quote, place: number): Place[] {
    const { exact } = quote;
    const slack = PLACE_UNITS + Math.ceil(exact.length / 4);
    const from = Math.max(0, place - slack);
    const around = this.#text.slice(from, place + exact.length + slack);
    const matches = search(around, exact, Math.floor(exact.length * (1 - LIKENESS_MIN)));
    return matches.slice(0, CANDIDATES_MAX).map(({ start, end, errors }) => {
      const likeness = 1 - errors / exact.length;
      const context = this.#contextOf(quote, { start: from + start, end: from + end });
      return { start: from + start, end: from + end, likeness, context, score: scoreOf(exact, likeness, context) };
    });
  }

  #contextOf({ prefix, suffix }: Quote, { start, end }: Span): number {
    return (this.#before(prefix, start) + this.#after(suffix, end)) / 2;
  }

  #before(prefix: string, start: number): number {
    if (prefix === '') return start === 0 ? 1 : 0;
    return likenessWithin(this.#text.slice(Math.max(0, start - prefix.length - CONTEXT_SLACK), start), prefix);
  }

  #after(suffix: string, end: number): number {
    if (suffix === '') return end === this.#text.length ? 1 : 0;
    return likenessWithin(this.#text.slice(end, end + suffix.length + CONTEXT_SLACK), suffix);
  }
}

const hasBetterContext = (one: Place, other: Place): boolean =>
  one.likeness >= other.likeness && one.context - other.context >= CONTEXT_LEAD_MIN;

interface Place extends Span {
  likeness: number;
  /** How much of what stood around the quote stands around this place, 0 to 1. */
  context: number;
  score: number;
}

const CONTEXT_SLACK = 4;
const encoder = new TextEncoder();
/** Words of this weight in UTF-8 stand in a book once, as a rule; shorter ones lean on what stands around them. */
const TELLING_BYTES = 48;

/** A long quote speaks for itself; a short one is as sure as its surroundings. */
function scoreOf(exact: string, likeness: number, context: number): number {
  const own = Math.min(1, encoder.encode(exact).length / TELLING_BYTES);
  const share = 0.4 + 0.5 * own;
  return likeness * share + context * (1 - share);
}

const distance = ({ start }: Span, hint: number | null): number => (hint === null ? start : Math.abs(start - hint));

/** How much of `wanted` stands in `text`, 0 to 1. */
function likenessWithin(text: string, wanted: string): number {
  const [match] = search(text, wanted, wanted.length);
  return match ? 1 - match.errors / wanted.length : 0;
}
