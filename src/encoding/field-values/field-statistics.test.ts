import { describe, expect, it } from 'vitest';
import { createFieldStatistics, DISTINCT_LIMIT } from './field-statistics.ts';

describe('field statistics', () => {
  it('count what a field holds', () => {
    const statistics = createFieldStatistics();
    for (const value of [3, -1, 3, true, 'tea', '2024-05-06', ['a', 'b', 'a'], [0.5], '', 'NaN', ' null '])
      statistics.observe('item', { mixed: value });
    statistics.observe('item', { other: 1 });
    statistics.observe('user', { mixed: 1 });
    expect(statistics.result().find(({ scope, name }) => scope === 'item' && name === 'mixed')).toEqual({
      scope: 'item',
      name: 'mixed',
      count: 11,
      total: 12,
      numbers: 3,
      strings: 5,
      dates: 1,
      blanks: 3,
      booleans: 1,
      stringLists: 1,
      numberLists: 1,
      numericTexts: 0,
      codes: 0,
      emptyLists: 0,
      fractions: 1,
      unsafe: 0,
      shortest: 1,
      longest: 1,
      distinct: 11, // 3, -1, true, tea, 2024-05-06, a, b, 0.5, and the three blanks
      min: -1,
      max: 3,
      meanLength: (3 + 10 + 3 + 1 + 0 + 3 + 6) / 7,
    });
  });

  it('do not take endless distinct values for a few that come again', () => {
    const statistics = createFieldStatistics();
    for (let at = 0; at < 3 * DISTINCT_LIMIT; at++)
      statistics.observe('ranking', { request: `r${at}`, page: `p${at % 10}` });
    const distinct = Object.fromEntries(statistics.result().map((field) => [field.name, field.distinct]));
    expect(distinct).toEqual({ request: 3 * DISTINCT_LIMIT, page: 10 });
  });

  it('count events without the field', () => {
    const statistics = createFieldStatistics();
    statistics.observe('ranking', { query: 'sushi' });
    statistics.observe('ranking', {});
    expect(statistics.result()).toMatchObject([{ name: 'query', count: 1, total: 2 }]);
  });

  it('are empty when there was no field', () => {
    const statistics = createFieldStatistics();
    statistics.observe('item', {});
    expect(statistics.result()).toEqual([]);
  });
});
