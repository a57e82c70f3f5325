/** A card of the margin: where its words' line wants it (`anchorTop`) and how tall it is, both in px of the column. */
export interface Slot {
  id: string;
  anchorTop: number;
  height: number;
}

/**
 * Tops of cards that stand beside their words without overlapping, in the order given (reading order). At rest each card
 * stands at its words or just below its predecessor. The chosen card, the `pivot`, stands exactly at its words: what is
 * before it makes way upwards, what follows downwards (the rule of Google Docs). Only when the cards before it do not fit
 * between the column's top (0) and the pivot does the pivot give way, by no more than what is missing. Linear time.
 */
export function stack(slots: readonly Slot[], pivot: string | null, gap: number): Map<string, number> {
  const tops: number[] = [];
  let below = Number.NEGATIVE_INFINITY;
  for (const slot of slots) {
    const top = Math.max(slot.anchorTop, below);
    tops.push(top);
    below = top + slot.height + gap;
  }
  const at = pivot === null ? -1 : slots.findIndex((slot) => slot.id === pivot);
  if (at >= 0) standAtPivot(slots, tops, at, gap);
  return new Map(slots.map((slot, index) => [slot.id, tops[index] ?? slot.anchorTop]));
}

function standAtPivot(slots: readonly Slot[], tops: number[], at: number, gap: number): void {
  const pivot = slots[at];
  if (pivot === undefined) return;
  let needed = 0;
  for (let index = 0; index < at; index += 1) needed += (slots[index]?.height ?? 0) + gap;
  let ceiling = at === 0 ? pivot.anchorTop : Math.max(pivot.anchorTop, needed);
  tops[at] = ceiling;
  for (let index = at - 1; index >= 0; index -= 1) {
    const height = slots[index]?.height ?? 0;
    ceiling = Math.min(tops[index] ?? 0, ceiling - gap - height);
    tops[index] = ceiling;
  }
  let floor = (tops[at] ?? 0) + pivot.height + gap;
  for (let index = at + 1; index < slots.length; index += 1) {
    const slot = slots[index];
    if (slot === undefined) return;
    const top = Math.max(slot.anchorTop, floor);
    tops[index] = top;
    floor = top + slot.height + gap;
  }
}
