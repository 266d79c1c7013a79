import { describe, expect, it } from 'vitest';
import { effectiveShare, evenWeights, gini, placeWeights, topTenth } from './exposure.ts';

describe('how evenly items are shown', () => {
  it.each([
    [[3, 3, 3], 0],
    [[0, 0, 0, 8], 0.75],
    [[1, 2, 3, 10], undefined],
  ])('the Gini coefficient of %j is half the mean difference by the mean', (counts, known) => {
    const N = counts.length;
    const mean = counts.reduce((a, b) => a + b) / N;
    const differences = counts.flatMap((a) => counts.map((b) => Math.abs(a - b)));
    const expected = differences.reduce((a, b) => a + b) / (2 * N * N * mean);
    expect(gini(counts)).toBeCloseTo(expected, 12);
    if (known !== undefined) expect(gini(counts)).toBeCloseTo(known, 12);
  });

  it('the tenth that is shown most is rounded up', () => {
    expect(topTenth([1, 5, 2, 2])).toBe(0.5);
    expect(topTenth(Array.from({ length: 20 }, (_, n) => n + 1))).toBeCloseTo(39 / 210, 12);
  });

  it('a weighted sample is worth less than its size', () => {
    expect(effectiveShare([2, 2, 2])).toBe(1);
    expect(effectiveShare([1, 3])).toBe(16 / 20);
  });

  it('weights make every item count alike, and mean 1', () => {
    const itemS = Int32Array.from([0, 0, 0, 1, 2, 2]);
    const weightS = evenWeights(itemS, 4);
    const totals = [0, 1, 2].map((item) => weightS.reduce((sum, w, slot) => sum + (itemS[slot] === item ? w : 0), 0));
    for (const total of totals) expect(total).toBeCloseTo(2, 12);
  });
});

describe('how evenly items stand', () => {
  it('weights are 1 where the band says nothing of the item', () => {
    const itemS = Int32Array.from([0, 0, 1, 1]);
    expect([...placeWeights(itemS, [0, 1, 0, 1], { items: 2, bands: 2 })]).toEqual([1, 1, 1, 1]);
  });

  it('an item that always stands in one band weighs less there, as far as its showings tell', () => {
    const itemS = Int32Array.from([...Array(9).fill(0), 0, ...Array(10).fill(1)]);
    const bandS = [...Array(9).fill(0), 1, 0, ...Array(9).fill(1)];
    const weightS = placeWeights(itemS, bandS, { items: 2, bands: 2 });
    // P(band) = 1/2; P(0 | item 0) = (9 + 1.5) / 13, P(1 | item 0) = (1 + 1.5) / 13.
    expect(weightS[9] / weightS[0]).toBeCloseTo(10.5 / 2.5, 12);
  });
});
