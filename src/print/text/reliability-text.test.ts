import { expect, it } from 'vitest';
import type { ReliabilityTable } from '../../measure/reliability-tables.ts';
import type { SystemReliability } from '../../measure/system-reliability.ts';
import { reliabilityText } from './reliability-text.ts';

const error = { meanSize: 0.01, rootMeanSquare: 0.0123, debiased: 0.0045 };

const table = (
  of: ReliabilityTable['of'],
  by: string,
  gaps: readonly (readonly [number, number])[],
): ReliabilityTable => ({
  ...{ of, by, error },
  rows: gaps.map(([predicted, found], at) => ({
    ...{ label: `${by} ${at}`, count: 1234, users: 56, predicted, found, gap: predicted - found },
    interval: { low: predicted - found - 0.02, high: predicted - found + 0.02 },
  })),
});

const system: SystemReliability = {
  name: 'attention-bce',
  calibrations: ['platt', 'none', 'platt'],
  items: [
    table('click', 'probability', [
      [0.1, 0.105],
      [0.4, 0.35],
    ]),
  ],
  lists: [
    table('clicks', 'all lists', [[2.5, 2.25]]),
    table('clicks', 'expected clicks', [
      [2, 2.1],
      [3, 3],
    ]),
    table('any click', 'chance of any click', [
      [0.7, 0.7],
      [0.9, 0.8],
    ]),
  ],
};

const plain = (_: string, text: string): string => text;

it('one system is told with all its tables, probabilities in points, what is more than chance marked', () => {
  const [summary, ...tables] = reliabilityText([system], plain, 118);
  expect(summary).toMatch(/attention-bce +platt, none +2\.500 of 2\.250 +0\.0123 +0\.0123 +0\.0123/);
  expect(summary).toContain('+0.25 [+0.23, +0.27]');
  expect(summary).toContain('debiased 0.0045');
  expect(tables[0]).toMatch(/probability 0 +1,234 +56 +10\.0 % +10\.5 % +-0\.50 \[-2\.50, \+1\.50\]/);
  expect(tables[0]).toMatch(/probability 1 +1,234 +56 +40\.0 % +35\.0 % +\+5\.00 \[\+3\.00, \+7\.00\] !/);
  expect(tables[1]).toMatch(/expected clicks 1 +1,234 +56 +3\.000 +3\.000/);
  // One row for all lists stands in the summary already.
  expect(tables.join()).not.toContain('all lists 0');
});

it('several systems have a line each', () => {
  const text = reliabilityText([system, { ...system, name: 'pointwise-bce' }], plain, 118);
  expect(text.length).toBe(2);
  expect(text[0].split('\n').filter((line) => line.includes('2.500 of 2.250')).length).toBe(2);
  expect(reliabilityText([], plain, 118)).toEqual([]);
});
