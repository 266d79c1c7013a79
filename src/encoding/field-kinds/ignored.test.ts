import { expect, it } from 'vitest';
import { createFieldStatistics } from '../field-values/field-statistics.ts';
import { inferSchema } from '../schema/schema.ts';
import { ignoredReason } from './ignored.ts';

it.each([
  ['has one value only', [7, 7, 7]],
  ['lists of different lengths', [[0.5, 0.1], [0.2], [0.3, 0.4, 0.5]]],
  ['a mixture of numbers and other values', [1, 2, 'many', 'few', 'some']],
  ['long texts', ['x'.repeat(90), 'x'.repeat(90), 'x'.repeat(90), 'x'.repeat(90)]],
  ['its texts hardly come again', ['a', 'b', 'c', 'd']],
])('a field is ignored: %s', (reason, values) => {
  const statistics = createFieldStatistics();
  for (const value of values) statistics.observe('item', { title: value });
  const fields = statistics.result();
  expect(inferSchema(fields).item).toEqual([{ name: 'title', kind: 'ignored' }]);
  expect(ignoredReason(fields[0])).toBe(reason);
});
