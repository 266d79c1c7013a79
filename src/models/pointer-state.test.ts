/** Legend: R decodings, T earlier outputs, D width. */
import { expect, it } from 'vitest';
import { toyConfig } from '../../test/pointer-toy.ts';
import { nextState, rowsOfState, startOfState } from './pointer-state.ts';
import type { Feed } from './tables/scorer-feeds.ts';

const config = { ...toyConfig().model, width: 2 };
const feed = (values: readonly number[], dims: readonly number[]): Feed => ({ data: Float32Array.from(values), dims });
const numbersOf = ({ data }: Feed): readonly number[] => Array.from(data as Float32Array);
const step = (hidden: readonly number[]): { readonly hiddenRD: Feed; readonly memoryRD: Feed } => ({
  hiddenRD: feed(hidden, [hidden.length / 2, 2]),
  memoryRD: feed(
    hidden.map((value) => -value),
    [hidden.length / 2, 2],
  ),
});

it('begins with zeros, and remembers no outputs where nothing attends to them', () => {
  const state = startOfState(config, 3);
  expect(Object.keys(state)).toEqual(['hiddenRD', 'memoryRD']);
  expect(state.hiddenRD).toEqual(feed([0, 0, 0, 0, 0, 0], [3, 2]));
  expect(nextState(state, step([1, 2, 3, 4, 5, 6]))).toEqual(step([1, 2, 3, 4, 5, 6]));
});

it('gives every decoding its own outputs, after a row of zeros, as the beam goes on', () => {
  const intra = { ...config, intra: true };
  const first = nextState(startOfState(intra, 2), step([1, 2, 3, 4]));
  expect(first.earlierRTE).toEqual(feed([0, 0, 0, 1, 2, 1, 0, 0, 0, 3, 4, 1], [2, 2, 3]));
  // Both slates that are kept come from the second.
  const kept = rowsOfState(first, [1, 1]);
  expect(numbersOf(kept.hiddenRD)).toEqual([3, 4, 3, 4]);
  expect(numbersOf(kept.memoryRD)).toEqual([-3, -4, -3, -4]);
  const second = nextState(kept, step([5, 6, 7, 8]));
  expect(second.earlierRTE.dims).toEqual([2, 3, 3]);
  expect(numbersOf(second.earlierRTE)).toEqual([0, 0, 0, 3, 4, 1, 5, 6, 1, 0, 0, 0, 3, 4, 1, 7, 8, 1]);
});
