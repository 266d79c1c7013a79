import { describe, expect, it } from 'vitest';
import { exampleComparison } from '../../test/example-comparison.ts';
import { rocAuc } from '../metrics/roc-auc.ts';
import { groupValues } from './group-values.ts';
import { measureSlices } from './slices.ts';

describe('groups of numbers', () => {
  it('are the numbers themselves where they are few', () => {
    expect(groupValues(Int32Array.of(3, 1, 3, 2))).toEqual([
      { value: '1', slotS: Int32Array.of(1) },
      { value: '2', slotS: Int32Array.of(3) },
      { value: '3', slotS: Int32Array.of(0, 2) },
    ]);
    expect(groupValues(Int32Array.of(4, 4))).toEqual([]);
  });

  it('are about five of equal mass where they are many, each slot in one', () => {
    const parts = groupValues(Int32Array.from({ length: 1000 }, (_, slot) => slot % 100));
    expect(parts.map(({ value }) => value)).toEqual(['0-19', '20-39', '40-59', '60-79', '80-99']);
    expect(parts.map(({ slotS }) => slotS.length)).toEqual([200, 200, 200, 200, 200]);
  });
});

describe('slices', () => {
  const { lists, predictions, options } = exampleComparison();
  const recipes = ['pointwise-bce', 'attention-listnet'];
  const shown = predictions.filter(({ recipe }) => recipes.includes(recipe));
  const settings = { ...options, baseline: 'pointwise-bce', references: [], predictions: shown };
  const { itemRate: _, ...asked } = settings;
  const positionS = new Int32Array(lists.labelS.length);
  for (let b = 0; b < lists.userB.length; b++)
    for (let slot = lists.offsets[b]; slot < lists.offsets[b + 1]; slot++)
      positionS[slot] = Math.min(3, slot - lists.offsets[b]);
  const [slice] = measureSlices(lists, [{ by: 'place', parts: groupValues(positionS) }], asked);

  it('measure each part as if it were the whole', () => {
    const [first] = slice.parts;
    expect(first).toMatchObject({ value: '0', lists: lists.userB.length, items: lists.userB.length });
    const slots = [...positionS.keys()].filter((slot) => positionS[slot] === 0);
    const labels = slots.map((slot) => lists.labelS[slot]);
    const values = shown
      .filter(({ recipe }) => recipe === 'attention-listnet')
      .map(({ valueS }) =>
        rocAuc(
          slots.map((slot) => valueS[slot]),
          labels,
        ),
      );
    const { mean, interval, toBaseline } = first.systems['attention-listnet'].rocAuc;
    expect(mean).toBeCloseTo(values.reduce((sum, value) => sum + value, 0) / 3, 12);
    expect(interval?.low).toBeLessThan(mean ?? 0);
    expect(toBaseline?.covers).toBe('users and seeds');
    expect(slice.parts.reduce((sum, { items }) => sum + items, 0)).toBe(lists.labelS.length);
  });

  it('leave out a part without a click', () => {
    const quiet = Int32Array.from([...lists.labelS.keys()].filter((slot) => lists.labelS[slot] === 0).slice(0, 50));
    const all = Int32Array.from(lists.labelS.keys());
    const columns = [
      {
        by: 'x',
        parts: [
          { value: 'quiet', slotS: quiet },
          { value: 'all', slotS: all },
        ],
      },
    ];
    expect(measureSlices(lists, columns, asked)[0].parts.map(({ value }) => value)).toEqual(['all']);
  });
});
