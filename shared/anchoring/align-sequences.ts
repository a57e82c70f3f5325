/** `length` items from `a` on in one sequence are those from `b` on in the other. */
export interface Run {
  a: number;
  b: number;
  length: number;
}

interface Stretch {
  a: number;
  aEnd: number;
  b: number;
  bEnd: number;
}

/** Stretches of this many items together are compared item by item; longer ones are first cut where they surely agree. */
const SHORT_STRETCH = 400;
/** Differences after which a comparison item by item is given up: what differs more is another text. */
const DIFFERENCES_MAX = 1_200;
/** Longest stretch that is ever compared item by item. */
const STRETCH_MAX = 8_000;

/**
 * What two sequences have in common, as runs in order of both. Equal ends are taken off, then the stretch is cut at runs of
 * `shingle` items that occur once on either side (Bram Cohen's patience diff), then what is left between is compared with
 * Myers' O(ND) algorithm. Stretches with nothing to hold on to, or with too many differences, are left unmatched: cost
 * stays near linear.
 */
export function alignSequences(a: Int32Array, b: Int32Array, shingles: readonly number[]): Run[] {
  const runs: Run[] = [];
  const emit = (run: Run): void => {
    if (run.length > 0) runs.push(run);
  };
  const waiting: Stretch[] = [{ a: 0, aEnd: a.length, b: 0, bEnd: b.length }];
  for (let stretch = waiting.pop(); stretch !== undefined; stretch = waiting.pop()) {
    const inner = trim(a, b, stretch, emit);
    const aLength = inner.aEnd - inner.a;
    const bLength = inner.bEnd - inner.b;
    if (aLength === 0 || bLength === 0) continue;
    const cuts = aLength + bLength > SHORT_STRETCH ? findCuts(a, b, inner, shingles) : [];
    if (cuts.length > 0) {
      let from = { a: inner.a, b: inner.b };
      for (const cut of cuts) {
        emit(cut);
        waiting.push({ a: from.a, aEnd: cut.a, b: from.b, bEnd: cut.b });
        from = { a: cut.a + cut.length, b: cut.b + cut.length };
      }
      waiting.push({ a: from.a, aEnd: inner.aEnd, b: from.b, bEnd: inner.bEnd });
    } else if (aLength + bLength <= STRETCH_MAX) {
      for (const run of commonRuns(a, b, inner)) emit(run);
    }
  }
  return runs.sort((one, other) => one.a - other.a);
}

function trim(a: Int32Array, b: Int32Array, whole: Stretch, emit: (run: Run) => void): Stretch {
  const inner = { ...whole };
  while (inner.a < inner.aEnd && inner.b < inner.bEnd && a[inner.a] === b[inner.b]) {
    inner.a += 1;
    inner.b += 1;
  }
  while (inner.aEnd > inner.a && inner.bEnd > inner.b && a[inner.aEnd - 1] === b[inner.bEnd - 1]) {
    inner.aEnd -= 1;
    inner.bEnd -= 1;
  }
  emit({ a: whole.a, b: whole.b, length: inner.a - whole.a });
  emit({ a: inner.aEnd, b: inner.bEnd, length: whole.aEnd - inner.aEnd });
  return inner;
}

function findCuts(a: Int32Array, b: Int32Array, stretch: Stretch, shingles: readonly number[]): Run[] {
  for (const size of shingles) {
    const inBoth = uniqueInBoth(a, b, stretch, size);
    if (inBoth.length === 0) continue;
    const cuts: Run[] = [];
    let from = { a: stretch.a, b: stretch.b };
    for (const { a: inA, b: inB } of longestIncreasing(inBoth)) {
      if (inA < from.a || inB < from.b) continue;
      const cut = grow(a, b, stretch, from, { a: inA, b: inB });
      cuts.push(cut);
      from = { a: cut.a + cut.length, b: cut.b + cut.length };
    }
    return cuts;
  }
  return [];
}

/** The longest run of equal items around a pair of them, back to `from` at most. */
function grow(
  a: Int32Array,
  b: Int32Array,
  stretch: Stretch,
  from: { a: number; b: number },
  seed: { a: number; b: number },
): Run {
  let back = 0;
  while (seed.a - back > from.a && seed.b - back > from.b && a[seed.a - back - 1] === b[seed.b - back - 1]) back += 1;
  let on = 0;
  while (seed.a + on < stretch.aEnd && seed.b + on < stretch.bEnd && a[seed.a + on] === b[seed.b + on]) on += 1;
  return { a: seed.a - back, b: seed.b - back, length: back + on };
}

const HASH_FACTOR = 0x9e3779b1;

function shingleHash(items: Int32Array, at: number, size: number): number {
  let hash = size;
  for (let index = at; index < at + size; index += 1) {
    hash = Math.imul(hash ^ (items[index] ?? 0), HASH_FACTOR);
    hash ^= hash >>> 15;
  }
  return hash;
}

function uniqueInBoth(a: Int32Array, b: Int32Array, stretch: Stretch, size: number): { a: number; b: number }[] {
  const REPEATED = -1;
  const inB = new Map<number, number>();
  for (let at = stretch.b; at + size <= stretch.bEnd; at += 1) {
    const hash = shingleHash(b, at, size);
    inB.set(hash, inB.has(hash) ? REPEATED : at);
  }
  const inA = new Map<number, number>();
  for (let at = stretch.a; at + size <= stretch.aEnd; at += 1) {
    const hash = shingleHash(a, at, size);
    if (inB.has(hash)) inA.set(hash, inA.has(hash) ? REPEATED : at);
  }
  const found: { a: number; b: number }[] = [];
  for (const [hash, at] of inA) {
    const other = inB.get(hash) ?? REPEATED;
    if (at === REPEATED || other === REPEATED) continue;
    let same = 0;
    while (same < size && a[at + same] === b[other + same]) same += 1;
    if (same === size) found.push({ a: at, b: other });
  }
  return found.sort((one, other) => one.a - other.a);
}

/** The longest chain that goes forward on both sides (patience sorting). */
function longestIncreasing(pairs: readonly { a: number; b: number }[]): { a: number; b: number }[] {
  const tops: number[] = [];
  const before = new Int32Array(pairs.length);
  for (const [index, { b }] of pairs.entries()) {
    let low = 0;
    let high = tops.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((pairs[tops[middle] ?? 0]?.b ?? 0) < b) low = middle + 1;
      else high = middle;
    }
    before[index] = low > 0 ? (tops[low - 1] ?? -1) : -1;
    tops[low] = index;
  }
  const chain: { a: number; b: number }[] = [];
  for (let index = tops.at(-1) ?? -1; index >= 0; index = before[index] ?? -1) {
    const pair = pairs[index];
    if (pair) chain.push(pair);
  }
  return chain.toReversed();
}

/** E. W. Myers, An O(ND) Difference Algorithm and Its Variations (1986), with the way kept for each D. */
function commonRuns(a: Int32Array, b: Int32Array, { a: a0, aEnd, b: b0, bEnd }: Stretch): Run[] {
  const n = aEnd - a0;
  const m = bEnd - b0;
  const most = Math.min(n + m, DIFFERENCES_MAX);
  const middle = most + 1;
  const furthest = new Int32Array(2 * most + 3);
  const ways: Int32Array[] = [];
  for (let d = 0; d <= most; d += 1) {
    ways.push(furthest.slice(middle - d - 1, middle + d + 2));
    for (let k = -d; k <= d; k += 2) {
      const down = k === -d || (k !== d && (furthest[middle + k - 1] ?? 0) < (furthest[middle + k + 1] ?? 0));
      let x = down ? (furthest[middle + k + 1] ?? 0) : (furthest[middle + k - 1] ?? 0) + 1;
      while (x < n && x - k < m && a[a0 + x] === b[b0 + x - k]) x += 1;
      furthest[middle + k] = x;
      if (x >= n && x - k >= m) return wayBack(ways, n, m).map((run) => ({ ...run, a: a0 + run.a, b: b0 + run.b }));
    }
  }
  return [];
}

function wayBack(ways: readonly Int32Array[], n: number, m: number): Run[] {
  const runs: Run[] = [];
  let x = n;
  let y = m;
  for (let d = ways.length - 1; d >= 0; d -= 1) {
    const furthest = ways[d] ?? new Int32Array();
    const at = (k: number): number => furthest[k + d + 1] ?? 0;
    const k = x - y;
    const down = k === -d || (k !== d && at(k - 1) < at(k + 1));
    const fromK = down ? k + 1 : k - 1;
    const fromX = d === 0 ? 0 : at(fromK);
    const fromY = d === 0 ? 0 : fromX - fromK;
    const runX = d === 0 ? 0 : down ? fromX : fromX + 1;
    if (x > runX) runs.push({ a: runX, b: runX - k, length: x - runX });
    x = fromX;
    y = fromY;
  }
  return runs.toReversed();
}
