/** Legend: K items of a list, C compared columns, A of them compared among the alike too. */

/** Compares the items of one list after another; a list that begins as the one before costs what its last item adds. Allocates nothing. */
export interface ListComparison {
  /** Longest list. */
  readonly room: number;
  /** [C, room]: what each item has in each column. Written by the caller before it compares, as is `likenessKK`. */
  readonly valuesCK: Float64Array;
  /** [room, room]: how like each item is to those before it, [k, other] for other < k. */
  readonly likenessKK: Float64Array;
  /** Writes 2 C + 2 A + 2 numbers of each of the K items from `start` on: `row` is [K, stride]. */
  compare(row: Float64Array, list: ComparedList): void;
}

export interface ComparedList {
  readonly K: number;
  readonly stride: number;
  /** Where the numbers begin in a row. */
  readonly start: number;
  /** How many of the first items, with their values and likenesses, are those of the call before. */
  readonly kept: number;
}

/**
 * For every column the difference to the list's mean and the rank in the list (0 lowest, 1 highest, ties share the middle); for the last A the difference to the mean
 * of the items like this one, weighted by likeness, and the share of them that lies below (0 and the middle where none is like it); and the mean and the largest
 * likeness.
 */
export function createListComparison({ C, A, room }: ListExtents): ListComparison {
  const valuesCK = new Float64Array(C * room);
  const likenessKK = new Float64Array(room * room);
  const standing = createStanding({ C, A, room }, { valuesCK, likenessKK });
  return {
    room,
    valuesCK,
    likenessKK,
    compare(row, { K, stride, start, kept }) {
      if (K === 0) return;
      standing.meet(K - 1, kept);
      let at = start;
      for (let c = 0; c < C; c++, at += 2) standing.writeColumn(row, c, K, stride, at);
      for (let c = C - A; c < C; c++, at += 2) standing.writeAlike(row, c, K, stride, at);
      standing.writeLikeness(row, K, stride, at);
    },
  };
}

export interface ListExtents {
  readonly C: number;
  readonly A: number;
  readonly room: number;
}

/** How the items stand among those met so far, all but the list's last: sums that the last one completes. Items are added in their order, so no sum depends on what was kept. */
interface Standing {
  meet(count: number, kept: number): void;
  writeColumn(row: Float64Array, c: number, K: number, stride: number, at: number): void;
  writeAlike(row: Float64Array, c: number, K: number, stride: number, at: number): void;
  writeLikeness(row: Float64Array, K: number, stride: number, at: number): void;
}

// Innermost loops: plain arguments and variables, and comparisons as numbers, so that nothing is allocated and no branch is mispredicted.

function createStanding(
  { C, A, room }: ListExtents,
  { valuesCK, likenessKK }: Pick<ListComparison, 'valuesCK' | 'likenessKK'>,
): Standing {
  let met = 0;
  const sumC = new Float64Array(C);
  // How many more of the others lie below than above: equal ones count for neither.
  const leadCK = new Float64Array(C * room);
  const differenceAK = new Float64Array(A * room);
  const belowAK = new Float64Array(A * room);
  const weightK = new Float64Array(room);
  const largestK = new Float64Array(room);
  const alikeK = new Int32Array(room);
  const sortedK = new Float64Array(room);

  return {
    meet(count, kept) {
      if (kept < met || count < met) {
        met = 0;
        sumC.fill(0);
      }
      if (met === 0 && count >= SORTED) addSorted(count);
      for (; met < count; met++) add(met);
    },
    writeColumn(row, c, K, stride, at) {
      const first = c * room;
      const last = valuesCK[first + K - 1];
      const mean = (sumC[c] + last) / K;
      let lastLead = 0;
      for (let k = 0; k < K - 1; k++) {
        const value = valuesCK[first + k];
        const lead = +(last < value) - +(last > value);
        lastLead -= lead;
        row[k * stride + at] = value - mean;
        row[k * stride + at + 1] = ((K - 1 + leadCK[first + k] + lead) * 0.5) / (K - 1);
      }
      row[(K - 1) * stride + at] = last - mean;
      row[(K - 1) * stride + at + 1] = K > 1 ? ((K - 1 + lastLead) * 0.5) / (K - 1) : 0.5;
    },
    writeAlike(row, c, K, stride, at) {
      const first = c * room;
      const own = (c - (C - A)) * room;
      const last = valuesCK[first + K - 1];
      let lastWeight = 0;
      let lastDifference = 0;
      let lastBelow = 0;
      for (let k = 0; k < K - 1; k++) {
        const value = valuesCK[first + k];
        const likeness = likenessKK[(K - 1) * room + k];
        const weight = weightK[k] + likeness;
        const below = belowAK[own + k] + likeness * shareBelow(last, value);
        row[k * stride + at] = weight > 0 ? (differenceAK[own + k] + likeness * (value - last)) / weight : 0;
        row[k * stride + at + 1] = weight > 0 ? below / weight : 0.5;
        lastWeight += likeness;
        lastDifference += likeness * (last - value);
        lastBelow += likeness * shareBelow(value, last);
      }
      row[(K - 1) * stride + at] = lastWeight > 0 ? lastDifference / lastWeight : 0;
      row[(K - 1) * stride + at + 1] = lastWeight > 0 ? lastBelow / lastWeight : 0.5;
    },
    writeLikeness(row, K, stride, at) {
      const others = Math.max(1, K - 1);
      let lastWeight = 0;
      let lastLargest = 0;
      for (let k = 0; k < K - 1; k++) {
        const likeness = likenessKK[(K - 1) * room + k];
        lastWeight += likeness;
        lastLargest = Math.max(lastLargest, likeness);
        row[k * stride + at] = (weightK[k] + likeness) / others;
        row[k * stride + at + 1] = Math.max(largestK[k], likeness);
      }
      row[(K - 1) * stride + at] = lastWeight / others;
      row[(K - 1) * stride + at + 1] = lastLargest;
    },
  };

  /** The first items at once: the sums of `add`, to the last bit, in K log K comparisons. */
  function addSorted(count: number): void {
    const sorted = sortedK.subarray(0, count);
    for (let c = 0; c < C; c++) {
      const first = c * room;
      for (let k = 0; k < count; k++) sumC[c] += valuesCK[first + k];
      sorted.set(valuesCK.subarray(first, first + count));
      sorted.sort();
      for (let k = 0; k < count; k++) {
        const value = valuesCK[first + k];
        const below = firstFrom(sorted, value);
        // Hardly any are the same, or most.
        const end = sorted[below + 1] === value ? firstAbove(sorted, value, below + 1) : below + 1;
        leadCK[first + k] = below - (count - end);
      }
    }
    for (; met < count; met++) addAlike(met);
  }

  function add(added: number): void {
    for (let c = 0; c < C; c++) {
      const first = c * room;
      const value = valuesCK[first + added];
      sumC[c] += value;
      let ownLead = 0;
      for (let k = 0; k < added; k++) {
        const lead = +(value < valuesCK[first + k]) - +(value > valuesCK[first + k]);
        leadCK[first + k] += lead;
        ownLead -= lead;
      }
      leadCK[first + added] = ownLead;
    }
    addAlike(added);
  }

  function addAlike(added: number): void {
    weightK[added] = 0;
    largestK[added] = 0;
    // Most pairs have nothing in common, and add 0 to every sum.
    let alike = 0;
    for (let k = 0; k < added; k++) {
      const likeness = likenessKK[added * room + k];
      if (likeness === 0) continue;
      alikeK[alike++] = k;
      weightK[k] += likeness;
      weightK[added] += likeness;
      largestK[k] = Math.max(largestK[k], likeness);
      largestK[added] = Math.max(largestK[added], likeness);
    }
    for (let a = 0; a < A; a++) {
      const first = (C - A + a) * room;
      const own = a * room;
      const value = valuesCK[first + added];
      differenceAK[own + added] = 0;
      belowAK[own + added] = 0;
      for (let at = 0; at < alike; at++) {
        const k = alikeK[at];
        const likeness = likenessKK[added * room + k];
        const other = valuesCK[first + k];
        differenceAK[own + k] += likeness * (other - value);
        belowAK[own + k] += likeness * shareBelow(value, other);
        differenceAK[own + added] += likeness * (value - other);
        belowAK[own + added] += likeness * shareBelow(other, value);
      }
    }
  }
}

/** So many items are sorted sooner than compared pair by pair. */
const SORTED = 32;

/** Place of the first ascending value that is not below this one. */
function firstFrom(sorted: Float64Array, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Place of the first that is above it. */
function firstAbove(sorted: Float64Array, value: number, from: number): number {
  let low = from;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** 1 where `other` lies below `value`, a half where both are the same. */
const shareBelow = (other: number, value: number): number => +(other < value) + +(other === value) * 0.5;
