/** Where the words of a note stand relative to what is being read. */
export type Whereabouts = 'above' | 'in-sight' | 'below';

/** Notes that are known to have been here, those that wait above, and those not yet seen below. */
export interface Arrivals {
  known: ReadonlySet<string>;
  above: ReadonlySet<string>;
  below: ReadonlySet<string>;
}

export const noArrivals: Arrivals = { known: new Set(), above: new Set(), below: new Set() };

interface Now {
  /** Whether the note is there. */
  has: (id: string) => boolean;
  /** Notes that are there and not `known`, in reading order. */
  fresh: readonly string[];
  /** Notes that always stand at once: one's own, and the chosen one. */
  mine: (id: string) => boolean;
  whereIs: (id: string) => Whereabouts;
  /** One is typing: whatever comes waits, wherever it belongs. */
  frozen: boolean;
}

/**
 * What comes while one reads must not move what one reads: a note whose words stand above the reading line waits (`above`)
 * until one scrolls up to it or asks for it; one that stands below the screen is there already and only counted
 * (`below`) until it is seen. Only what is new or waits is looked at. Returns the same object when nothing changed.
 */
export function holdArrivals(before: Arrivals, { has, fresh, mine, whereIs, frozen }: Now): Arrivals {
  const above = new Set<string>();
  const below = new Set<string>();
  const judge = (id: string, waits: boolean): void => {
    if (!has(id) || mine(id)) return;
    const where = whereIs(id);
    if (waits && (frozen || where === 'above')) above.add(id);
    else if (where === 'below') below.add(id);
  };
  for (const id of before.above) judge(id, true);
  for (const id of before.below) judge(id, false);
  for (const id of fresh) judge(id, true);
  if (fresh.length === 0 && equal(above, before.above) && equal(below, before.below)) return before;
  return { known: fresh.length === 0 ? before.known : new Set([...before.known, ...fresh]), above, below };
}

const equal = (a: ReadonlySet<string>, b: ReadonlySet<string>): boolean =>
  a.size === b.size && [...a].every((id) => b.has(id));
