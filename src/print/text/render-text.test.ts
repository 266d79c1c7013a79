import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { exampleComparison } from '../../../test/example-comparison.ts';
import { compareSystems } from '../../measure/compare-systems.ts';
import { formatDifferenceInterval, formatPoints } from '../format-numbers.ts';
import { renderText } from './render-text.ts';

const { lists, predictions, options, curves } = exampleComparison();
const report = compareSystems(lists, predictions, options);
const text = renderText(report, { curves });
const lines = text.split('\n');

/** The lines of the table with this head. */
function table(head: string): string[] {
  const start = lines.findIndex((line) => line.startsWith(head));
  return lines.slice(start, start + lines.slice(start).findIndex((line) => line.startsWith('──')));
}

describe('renderText', () => {
  it('fits into 120 columns and leaves no blank at the end of a line', () => {
    for (const line of lines) {
      expect(line.length, line).toBeLessThanOrEqual(120);
      expect(line).toBe(line.trimEnd());
    }
  });

  it('marks the best recipe in every column, and no reference', () => {
    const rows = table('Click or no click');
    expect(rows.find((line) => line.startsWith('attention-listnet'))?.match(/\*0\.\d{4}/g)?.length).toBeGreaterThan(3);
    expect(rows.find((line) => line.startsWith('random order'))).not.toContain('*');
  });

  it('prints values, deviations and intervals as the report has them', () => {
    const [, , , , { metrics }] = report.systems;
    const { mean, deviation, interval } = metrics.rocAuc;
    const rows = table('Click or no click');
    const at = rows.findIndex((line) => line.startsWith('attention-bce'));
    expect(rows[at]).toContain(`${mean?.toFixed(4)} ±${deviation?.toFixed(4).slice(1)}`);
    expect(rows[at + 1]).toMatch(/^baseline/);
    expect(rows[at + 1]).toContain(`${interval?.low.toFixed(3)}-${interval?.high.toFixed(3)}`);
  });

  it('prints the differences in points and marks those whose interval excludes zero', () => {
    const difference = report.systems[6].metrics.rocAuc.toBaseline;
    if (difference === null) throw new Error('a difference was expected');
    const line = table('Points to attention-bce').find((row) => row.startsWith('ROC AUC'));
    expect(line).toContain(`${formatPoints(difference.points)} !`);
    expect(line).toContain(formatDifferenceInterval(difference));
    expect(table('Points to smoothed item rate')).toHaveLength(5);
    expect(text).not.toContain('calibr. error  ['); // It has no interval, so no row of differences.
  });

  it('ends with the protocol', () => {
    expect(lines[lines.length - 1]).toBe('  versions     slatewise 0.1.0, node 20');
  });

  it('colours only when asked, and nothing but the looks changes', () => {
    expect(text).toBe(stripVTControlCharacters(text));
    const colored = renderText(report, { curves, color: true });
    expect(colored).not.toBe(text);
    expect(stripVTControlCharacters(colored).replace(/ +$/gm, '')).toBe(text);
  });
});

describe('formatPoints', () => {
  it.each([
    [1.126, '+1.13'],
    [-0.5, '-0.50'],
    [-0.0001, '0.00'],
    [0, '0.00'],
  ])('%f is %s', (points, expected) => {
    expect(formatPoints(points)).toBe(expected);
  });
});
