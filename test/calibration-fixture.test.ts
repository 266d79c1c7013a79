/** Against what scikit-learn fits: bench/peers/calibration_fixture.py. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { predictedGroups } from '../src/measure/gap-groups.ts';
import { reliabilityTable } from '../src/measure/reliability-tables.ts';
import { poolAdjacent } from '../src/train/calibration/fit-isotonic.ts';
import { fitPlatt, fitTemperature } from '../src/train/calibration/fit-line.ts';

interface Case {
  readonly name: string;
  readonly logits: readonly number[];
  readonly labels: readonly number[];
  readonly platt: { readonly intercept: number; readonly slope: number };
  readonly temperature: number;
  readonly bins: {
    readonly items: readonly number[];
    readonly clicks: readonly number[];
    readonly isotonic: readonly number[];
  };
  readonly curve: { readonly found: readonly number[]; readonly predicted: readonly number[] };
}

const { cases } = JSON.parse(readFileSync(new URL('fixtures/calibration.json', import.meta.url), 'utf8')) as {
  readonly cases: readonly Case[];
};

describe.each(cases)('scikit-learn, $name', ({ logits, labels, platt, temperature, bins, curve }) => {
  const items = { logitS: logits, labelS: labels };

  it('has the line of its logistic regression', () => {
    const fitted = fitPlatt(items);
    expect(fitted?.intercept).toBeCloseTo(platt.intercept, 6);
    expect(fitted?.slope).toBeCloseTo(platt.slope, 6);
  });

  it('has the temperature of the one without an intercept', () => {
    expect(fitTemperature(items)?.temperature).toBeCloseTo(temperature, 6);
  });

  it('has the points of its calibration curve', () => {
    const predictedN = logits.map((z) => 1 / (1 + Math.exp(-z)));
    const judged = { of: 'click', predictedN, foundN: labels, userN: Int32Array.from(labels.keys()) } as const;
    const { rows } = reliabilityTable(judged, predictedGroups('probability', predictedN, 10));
    for (const [at, { predicted, found }] of rows.entries()) {
      expect(predicted).toBeCloseTo(curve.predicted[at], 10);
      expect(found).toBeCloseTo(curve.found[at], 10);
    }
    expect(rows.length).toBe(curve.found.length);
  });

  it('has the steps of its isotonic regression', () => {
    const blocks = poolAdjacent(bins.items.map((count, at) => ({ logit: at, items: count, clicks: bins.clicks[at] })));
    const rates = bins.items.map(() => Number.NaN);
    let at = 0;
    for (const block of blocks) {
      for (let items = 0; items < block.items; at++) {
        items += bins.items[at];
        rates[at] = block.clicks / block.items;
      }
    }
    for (const [bin, rate] of rates.entries()) expect(rate).toBeCloseTo(bins.isotonic[bin], 12);
    expect(blocks.length).toBeLessThan(bins.items.length);
  });
});
