import { describe, expect, it } from 'vitest';
import { createThinnedSample } from './thinned-sample.ts';

describe('thinned sample', () => {
  it('keeps everything while there is room', () => {
    const sample = createThinnedSample(8);
    for (let value = 0; value < 7; value++) sample.push(value);
    expect(sample.values).toEqual([0, 1, 2, 3, 4, 5, 6]);
  });

  it('then keeps values evenly spread over all that came, and counts them all', () => {
    const sample = createThinnedSample(8);
    for (let value = 0; value < 50; value++) sample.push(value);
    expect(sample.values).toEqual([0, 16, 32, 48].flatMap((value) => [value, value + 8]).filter((value) => value < 50));
    expect(sample.count).toBe(50);
  });
});
