import { expect, test } from 'vitest';
import { dropoutKey } from './training-step.ts';

test('every micro-batch of a run has a dropout key of its own, also where a step has as many as lists', () => {
  const [batch, count, steps] = [8, 2, 50];
  const keys = Array.from({ length: steps }, (_, step) =>
    Array.from({ length: batch }, (_, at) => dropoutKey({ first: step * count, count, extra: -step * batch }, at)),
  ).flat();
  expect(new Set(keys).size).toBe(batch * steps);
  expect(dropoutKey({ first: 10, count, extra: -40 }, 1)).toBe(11);
});
