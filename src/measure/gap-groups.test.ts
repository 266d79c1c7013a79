import { expect, it } from 'vitest';
import { countGroups, predictedGroups, quarterGroups, textGroups } from './gap-groups.ts';
import type { GapGroups } from './reliability-tables.ts';

/** The labels of each prediction's groups. */
const told = ({ labels, groupsOf }: GapGroups, count: number): readonly string[] =>
  Array.from({ length: count }, (_, n) =>
    groupsOf(n)
      .map((group) => labels[group])
      .join(' + '),
  );

it('predictions are in bins of equal mass, each named by its range', () => {
  expect(told(predictedGroups('probability', [0.5, 0.1, 0.25, 0.75], 2), 4)).toEqual([
    '0.5 to 0.75',
    '0.1 to 0.25',
    '0.1 to 0.25',
    '0.5 to 0.75',
  ]);
});

it('few counts have a group each, many come in steps that double; a negative one has none', () => {
  expect(told(countGroups('position', [3, 0, 3, 5]), 4)).toEqual(['3', '0', '3', '5']);
  const many = [...Array(20).keys(), -1];
  const labels = told(countGroups('lists seen before', many), 21);
  expect([0, 1, 2, 3, 4, 7, 8, 15, 16, 19, 20].map((n) => labels[n])).toEqual([
    ...['0', '1', '2 to 3', '2 to 3', '4 to 7', '4 to 7', '8 to 15', '8 to 15', '16 to 31', '16 to 31', ''],
  ]);
});

it('values of a field are told by how often they come, the rarest together', () => {
  const texts = [['b'], ['a', 'b'], [], ['b', 'c']];
  expect(textGroups('shop', texts).labels).toEqual(['b', 'a', 'c']);
  expect(told(textGroups('shop', texts), 4)).toEqual(['b', 'a + b', '', 'b + c']);
  const many = Array.from({ length: 30 }, (_, n) => Array.from({ length: 30 - n }, (__, m) => `v${m}`));
  const { labels, groupsOf } = textGroups('shop', many);
  expect(labels.length).toBe(20);
  expect(labels.at(-1)).toBe('11 other values');
  // Several rare values of one item are one.
  expect(groupsOf(0)).toEqual([...Array(20).keys()]);
});

it('numbers are in quarters, equal ones together', () => {
  expect(told(quarterGroups('price', [1, 2, 3, 4, 5, 6, 7, Number.NaN, 8]), 9)).toEqual([
    ...['1 to below 3', '1 to below 3', '3 to below 5', '3 to below 5', '5 to below 7', '5 to below 7'],
    ...['7 and more', '', '7 and more'],
  ]);
  expect(quarterGroups('price', [5, 5, 5]).labels).toEqual(['5 and more']);
});
