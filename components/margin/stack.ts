/** A card of the margin: where its words' line wants it (`anchorTop`) and how tall it is, both in px of the column. */
export interface Slot {
  anchorTop: number;
  height: number;
}

/** Cards that do not follow from the ones before them, by their index; `held.top` in px of the column. */
export interface Fixed {
  /** The chosen card, which stands at its words. */
  pivot: number | null;
  /** A card in sight, which stays where it is, whatever comes above it. */
  held: { at: number; top: number } | null;
}

/**
 * Tops of cards that stand beside their words without overlapping, in the order given (reading order). At rest each card
 * stands at its words or just below its predecessor. The chosen card, the `pivot`, stands exactly at its words: what is
 * before it makes way upwards, what follows downwards (the rule of Google Docs). A `held` card parts the column in two
 * that are each stacked by this rule. Either gives way only when the cards before it do not fit between the column's top
 * (0) and it, and by no more than what is missing. Linear time.
 */
export function stack(slots: readonly Slot[], gap: number, { pivot, held }: Fixed): number[] {
  const tops = Array.from<number>({ length: slots.length }).fill(0);
  const whole = { from: 0, to: slots.length, floor: Number.NEGATIVE_INFINITY };
  const still = held === null || held.at === pivot ? undefined : slots[held.at];
  if (held === null || still === undefined) {
    standWithin(slots, tops, gap, whole, pivot);
    return tops;
  }
  standWithin(slots, tops, gap, { ...whole, to: held.at }, pivot);
  const top = held.at === 0 ? held.top : Math.max(held.top, roomFor(slots, 0, held.at, gap));
  tops[held.at] = top;
  makeWayUpwards(slots, tops, gap, { from: 0, at: held.at });
  standWithin(slots, tops, gap, { from: held.at + 1, to: slots.length, floor: top + still.height + gap }, pivot);
  return tops;
}

/** A part of the column; nothing in it stands higher than `floor`. */
interface Part {
  from: number;
  to: number;
  floor: number;
}

function standWithin(slots: readonly Slot[], tops: number[], gap: number, part: Part, pivot: number | null): void {
  flow(slots, tops, gap, part);
  if (pivot === null || pivot < part.from || pivot >= part.to) return;
  const chosen = slots[pivot];
  if (chosen === undefined) return;
  const base = Math.max(0, part.floor);
  const needed = pivot === part.from ? part.floor : base + roomFor(slots, part.from, pivot, gap);
  const top = Math.max(chosen.anchorTop, needed);
  tops[pivot] = top;
  makeWayUpwards(slots, tops, gap, { from: part.from, at: pivot });
  flow(slots, tops, gap, { from: pivot + 1, to: part.to, floor: top + chosen.height + gap });
}

/** Each at its words or just below its predecessor. */
function flow(slots: readonly Slot[], tops: number[], gap: number, { from, to, floor }: Part): void {
  let below = floor;
  for (let index = from; index < to; index += 1) {
    const slot = slots[index];
    if (slot === undefined) return;
    const top = Math.max(slot.anchorTop, below);
    tops[index] = top;
    below = top + slot.height + gap;
  }
}

function makeWayUpwards(
  slots: readonly Slot[],
  tops: number[],
  gap: number,
  { from, at }: { from: number; at: number },
) {
  let ceiling = tops[at] ?? 0;
  for (let index = at - 1; index >= from; index -= 1) {
    const lowest = ceiling - gap - (slots[index]?.height ?? 0);
    if ((tops[index] ?? 0) <= lowest) return;
    tops[index] = lowest;
    ceiling = lowest;
  }
}

function roomFor(slots: readonly Slot[], from: number, to: number, gap: number): number {
  let room = 0;
  for (let index = from; index < to; index += 1) room += (slots[index]?.height ?? 0) + gap;
  return room;
}
