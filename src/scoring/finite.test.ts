import { expect, it } from 'vitest';
import { InputError } from '../slate/input-error.ts';
import { notFiniteIn, refuseNotFinite } from './finite.ts';

it('lets finite scores pass and names what is none', () => {
  refuseNotFinite(Float32Array.of(0, -1e30, 80), 'request q1');
  refuseNotFinite([], 'request q1');
  for (const value of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
    const refuse = (): void => refuseNotFinite(Float32Array.of(0, value), 'request q1');
    expect(refuse).toThrow(InputError);
    expect(refuse).toThrow(`request q1: expected finite scores, found ${value}`);
  }
});

it('finds the place of a number that became null, or that is beyond all', () => {
  expect(notFiniteIn({ a: [1, 'x', true], b: {} })).toBeUndefined();
  expect(notFiniteIn({ a: [{ mean: 1, deviation: null }] })).toBe('a.0.deviation');
  expect(notFiniteIn(JSON.parse('{"a": {"b": 1e999}}'))).toBe('a.b');
  expect(notFiniteIn({ ids: null, deep: { ids: null } }, ['ids'])).toBe('deep.ids');
});
