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
  ids: readonly string[];
  /** Notes that always stand at once: one's own, and the chosen one. */
  mine: (id: string) => boolean;
  whereIs: (id: string) => Whereabouts;
  /** One is typing: whatever comes waits, wherever it belongs. */
  frozen: boolean;
}

/**
 * What comes while one reads must not move what one reads: a note whose words stand above the reading line waits (`above`)
 * until one scrolls up to it or asks for it; one that stands below the screen is there already and only counted
 * (`below`) until it is seen. Returns the same object when nothing changed.
 */
export function holdArrivals(before: Arrivals, { ids, mine, whereIs, frozen }: Now): Arrivals {
  const known = new Set(before.known);
  const above = new Set<string>();
  const below = new Set<string>();
  for (const id of ids) {
    const isNew = !known.has(id);
    known.add(id);
    const waits = isNew || before.above.has(id);
    if (mine(id) || !(waits || before.below.has(id))) continue;
    const where = whereIs(id);
    if (waits && (frozen || where === 'above')) above.add(id);
    else if (where === 'below') below.add(id);
  }
  const same = known.size === before.known.size && equal(above, before.above) && equal(below, before.below);
  return same ? before : { known, above, below };
}

const equal = (a: ReadonlySet<string>, b: ReadonlySet<string>): boolean =>
  a.size === b.size && [...a].every((id) => b.has(id));
