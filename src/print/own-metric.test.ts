import { describe, expect, it } from 'vitest';
import { exampleComparison } from '../../test/example-comparison.ts';
import { compareSystems } from '../measure/compare-systems.ts';
import { defineMetric } from '../metrics/define-metric.ts';
import { metrics } from '../metrics/metrics.ts';
import { renderHtml } from './html/render-html.ts';
import { renderText } from './text/render-text.ts';

const { lists, predictions, options } = exampleComparison();
const regret = defineMetric({
  name: 'regret',
  title: 'regret & co, EUR',
  meaning: 'ten euros a click that was not expected',
  higherIsBetter: false,
  range: [0, 10],
  digits: 2,
  ofItem: ({ probability, label }) => 10 * Math.abs(probability - label),
});
const others = [1, 2, 3, 4, 5, 6].map((n) => defineMetric({ ...regret, name: `other${n}`, title: `other ${n}` }));
const report = compareSystems(lists, predictions, { ...options, metrics: metrics.with([regret, ...others]) });
const plain = compareSystems(lists, predictions, options);

describe('a metric of the caller', () => {
  it('has its cells in JSON, and what is printed of it; all other figures are as without it', () => {
    const row = report.systems[6];
    const slots = lists.labelS.length;
    const [of] = predictions.filter(({ recipe, seed }) => recipe === row.name && seed === 1);
    const total = lists.labelS.reduce(
      (sum, label, slot) => sum + 10 * Math.abs(1 / (1 + Math.exp(-of.valueS[slot])) - label),
      0,
    );
    const { perSeed, mean, interval, toBaseline } = row.metrics.regret;
    expect(perSeed[0]).toBeCloseTo(total / slots, 9);
    expect(interval?.low).toBeLessThan(mean ?? 0);
    expect(interval?.high).toBeGreaterThan(mean ?? 0);
    expect(toBaseline).toMatchObject({ verdict: 'better' });
    expect(JSON.parse(JSON.stringify(report)).ownMetrics[0]).toEqual({
      ...{ name: 'regret', title: 'regret & co, EUR', meaning: regret.meaning, group: 'own', higherIsBetter: false },
      ...{ digits: 2, hasInterval: true, toldIn: ['plots', 'headline'] },
    });
    expect(plain).not.toHaveProperty('ownMetrics');
    for (const [at, { metrics: cells }] of plain.systems.entries())
      expect(report.systems[at].metrics).toMatchObject(cells);
  });

  it('stands in a table, the differences, the legend and the findings of the text, which keeps its width', () => {
    const text = renderText(JSON.parse(JSON.stringify(report)));
    const { mean, interval } = report.systems[6].metrics.regret;
    const own = text.slice(text.indexOf('Own metrics'));
    expect(own).toContain(`*${mean?.toFixed(2)} ±`);
    expect(own).toContain(`${interval?.low.toFixed(1)}-${interval?.high.toFixed(1)}`);
    expect(text.match(/^Own metrics .*$/gm)).toHaveLength(2);
    expect(text).toMatch(/^regret & co, EUR +[+-]\d/m);
    expect(text.replaceAll('\n', ' ')).toMatch(
      /Lower is better for log loss, Brier score, calibration error, .*regret & co, EUR, other 1,/,
    );
    expect(text.replace(/\n +/g, ' ')).toMatch(/better in .*regret & co, EUR -\d/);
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(120);
  });

  it('stands in the tables, the plots and the meanings of the page, escaped', () => {
    const page = renderHtml({ report });
    expect(page).toContain('>Own metrics</th>');
    expect(page).toContain('<figcaption>regret &#38; co, EUR <small>lower is better</small></figcaption>');
    expect(page).toContain('<dt>regret &#38; co, EUR</dt><dd>ten euros a click that was not expected</dd>');
    expect(renderHtml({ report: plain })).not.toContain('Own metrics');
  });
});
