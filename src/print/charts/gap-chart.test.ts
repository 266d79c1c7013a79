import { expect, it } from 'vitest';
import type { ReliabilityRow, ReliabilityTable } from '../../measure/reliability-tables.ts';
import { CHART_COLORS } from './chart-colors.ts';
import { gapPicture } from './gap-chart.ts';

const row = (label: string, [predicted, found]: readonly [number, number], half: number | null): ReliabilityRow => ({
  ...{ label, count: 1234, users: 5, predicted, found, gap: predicted - found },
  interval: half === null ? null : { low: predicted - found - half, high: predicted - found + half },
});

const table: ReliabilityTable = {
  ...{ of: 'click', by: 'position' },
  rows: [row('0', [0.1, 0.12], 0.05), row('<b>', [0.5, 0.3], 0.1), row('2', [0.4, 0.4], null)],
  error: { meanSize: 0.1, rootMeanSquare: 0.1, debiased: 0.1 },
};

it('a larger prediction is right of the middle, and what is more than chance has a colour of its own', () => {
  const { markup } = gapPicture(table).marks;
  const dots = [...markup.matchAll(/cx="([\d.]+)" cy="[\d.]+" r="4" fill="([^"]+)"/g)];
  const [middle] = [...markup.matchAll(/<line x1="([\d.]+)"/g)].map(([, x]) => Number(x));
  const places = dots.map(([, x]) => Number(x));
  expect(places[0]).toBeLessThan(middle);
  expect(places[1]).toBeGreaterThan(middle);
  expect(places[2]).toBe(middle);
  expect(dots.map(([, , color]) => color)).toEqual([CHART_COLORS.open, CHART_COLORS.worse, CHART_COLORS.open]);
  // The middle, and an interval where there is one.
  expect(markup.match(/<line/g)).toHaveLength(3);
});

it('has the same as numbers, and every text escaped', () => {
  const picture = gapPicture(table);
  expect(picture.table.markup).toContain(
    '<td>50.0 %</td><td>30.0 %</td><td>+20.00 [+10.00, +30.00]</td><td>1,234</td>',
  );
  expect(`${picture.marks.markup}${picture.table.markup}`).not.toContain('<b>');
  expect(picture.name).toBe('gap-click-position');
  expect(picture.title).toBe('Predicted less found by position');
});

it('is drawn of a table without a row', () => {
  expect(gapPicture({ ...table, rows: [] }).marks.markup).not.toMatch(/NaN|Infinity/);
});
