/** Numbers cut into a few groups that a reader can name. Legend: S slots. */
import type { SliceColumn } from './slices.ts';

const MOST_SINGLE = 10;
const GROUPS = 5;

/** Each number by itself where there are few, else about five groups of equal mass, named by their ends such as `4-7`. None where all are equal; a negative number is in no group. */
export function groupValues(valueS: Int32Array): SliceColumn['parts'] {
  const knownS = valueS.filter((value) => value >= 0);
  const distinct = [...new Set(knownS)].sort((a, b) => a - b);
  if (distinct.length < 2) return [];
  const starts = distinct.length <= MOST_SINGLE ? distinct : groupStarts(knownS);
  const slots: number[][] = starts.map(() => []);
  for (const [slot, value] of valueS.entries())
    if (value >= 0) slots[starts.findLastIndex((start) => start <= value)].push(slot);
  return starts.map((start, group) => {
    const last = group + 1 < starts.length ? starts[group + 1] - 1 : distinct[distinct.length - 1];
    return { value: start === last ? `${start}` : `${start}-${last}`, slotS: Int32Array.from(slots[group]) };
  });
}

function groupStarts(valueS: Int32Array): readonly number[] {
  const sorted = valueS.slice().sort();
  const starts = Array.from({ length: GROUPS }, (_, group) => sorted[Math.floor((group * sorted.length) / GROUPS)]);
  return [...new Set(starts)];
}
