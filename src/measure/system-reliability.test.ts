import { describe, expect, it } from 'vitest';
import type { Predictions, ShownLists } from './predictions.ts';
import type { ReliabilityTable } from './reliability-tables.ts';
import { type ListFacts, type SystemReliability, systemReliability } from './system-reliability.ts';

/** Three lists of two users, and one without an item. */
const lists: ShownLists = {
  offsets: Int32Array.of(0, 2, 4, 4, 5),
  labelS: Uint8Array.of(1, 0, 1, 1, 0),
  userB: Int32Array.of(4, 4, 9, 9),
};
const facts: ListFacts = {
  positionS: [0, 1, 0, 1, 0],
  seenBeforeB: [0, 1, 0, -1],
  fields: [{ by: 'shop', labels: ['north', 'south'], groupsOf: (slot) => (slot < 2 ? [0] : slot < 4 ? [0, 1] : []) }],
  values: { field: 'price', offsetsB: lists.offsets, valueS: Float64Array.of(10, 20, 30, Number.NaN, 5) },
};
const told = (seed: number, valueS: readonly number[]): Predictions & { readonly calibration: string } => ({
  ...{ recipe: 'mine', seed, scale: 'probability', threshold: 0.5, calibration: seed === 1 ? 'platt' : 'none' },
  valueS: Float64Array.from(valueS),
});
const two: SystemReliability = systemReliability(
  lists,
  [told(1, [0.5, 0.2, 0.9, 0.4, 0.1]), told(2, [0.7, 0.4, 0.7, 0.6, 0.3])],
  facts,
);

const rowsOf = (
  tables: readonly ReliabilityTable[],
  by: string,
): readonly (readonly [string, number, number, number])[] =>
  (tables.find((table) => table.by === by)?.rows ?? []).map(({ label, count, predicted, found }) => [
    label,
    count,
    Number(predicted.toFixed(6)),
    Number(found.toFixed(6)),
  ]);

describe('the reliability of a system', () => {
  it('has items by place, length, age and field, each item counted once for all seeds', () => {
    expect(rowsOf(two.items, 'place on the page')).toEqual([
      ['1', 3, 0.533333, 0.666667],
      ['2', 2, 0.4, 0.5],
    ]);
    expect(rowsOf(two.items, 'items on the list')).toEqual([
      ['1', 1, 0.2, 0],
      ['2', 4, 0.55, 0.75],
    ]);
    // The last list has nobody.
    expect(rowsOf(two.items, 'lists that the user saw before')).toEqual([
      ['0', 2, 0.45, 0.5],
      ['1', 2, 0.65, 1],
    ]);
    expect(rowsOf(two.items, 'shop')).toEqual([
      ['north', 4, 0.55, 0.75],
      ['south', 2, 0.65, 1],
    ]);
  });

  it('has lists by their sum of probabilities and by the chance of any click; one without an item is none', () => {
    expect(rowsOf(two.lists, 'all lists')).toEqual([['all lists', 3, 0.8, 1]]);
    const any = two.lists.find(({ of }) => of === 'any click');
    const chances = [1 - 0.5 * 0.8, 1 - 0.1 * 0.6, 0.1, 1 - 0.3 * 0.6, 1 - 0.3 * 0.4, 0.3];
    const mean = (any?.rows ?? []).reduce((sum, row) => sum + row.predicted, 0) / (any?.rows.length ?? 0);
    expect(mean).toBeCloseTo(chances.reduce((sum, p) => sum + p, 0) / chances.length, 10);
  });

  it('has what the clicks are worth, of lists whose items all have a number', () => {
    expect(rowsOf(two.lists, 'price of the clicks')).toEqual([['price of the clicks', 2, (9 + 15 + 0.5 + 1.5) / 4, 5]]);
  });

  it('names the calibration of each seed', () => {
    expect([two.name, two.calibrations]).toEqual(['mine', ['platt', 'none']]);
  });
});
