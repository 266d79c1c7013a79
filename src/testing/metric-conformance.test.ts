import { describe, expect, it } from 'vitest';
import { defineMetric, type OwnMetric } from '../metrics/define-metric.ts';
import type { MetricForm, RankedSlate, WeightedItems } from '../metrics/metric.ts';
import { metrics } from '../metrics/metrics.ts';
import { metricConformance } from './metric-conformance.ts';

describe.each(metrics.all)('$name', (metric) => {
  it.each(metricConformance(metric))('$name', ({ run }) => run());
});

const made = (form: MetricForm, words: Partial<OwnMetric> = {}): ReturnType<typeof defineMetric> =>
  defineMetric({
    ...{ name: 'made', title: 'made up', meaning: 'for this test', higherIsBetter: true, range: [0, 1] as const },
    ...words,
    ...form,
  } as OwnMetric);

/** Whether the item of the highest score was clicked; of equal ones the first in the log. */
function firstHit({ scoresK, labelsK }: RankedSlate): number | undefined {
  if (!labelsK.includes(1)) return undefined;
  return labelsK[scoresK.indexOf(Math.max(...scoresK))];
}

const meanLoss = ({ probabilityS, labelS, weightS }: WeightedItems, weightOf = (weight: number) => weight): number => {
  let [sum, count] = [0, 0];
  for (let s = 0; s < labelS.length; s++) {
    sum += weightOf(weightS[s]) * (probabilityS[s] - labelS[s]) ** 2;
    count += weightOf(weightS[s]);
  }
  return sum / count;
};
const lower = { higherIsBetter: false } as const;

/** Metrics with one fault each, and the checks that must find it. */
const broken: readonly (readonly [string, ReturnType<typeof made>, readonly string[]])[] = [
  [
    'never has a value',
    made({ ofSlate: () => undefined }),
    ['has a value where lists have', 'finds the perfect order no worse'],
  ],
  [
    'says the wrong direction',
    made({ ofItem: ({ probability, label }) => (probability - label) ** 2 }),
    ['finds the perfect order no worse'],
  ],
  [
    'remembers the list before',
    (() => {
      let before = 0;
      return made({
        ofSlate: ({ labelsK }) => {
          const value = before;
          before = labelsK[0] ?? 0;
          return value;
        },
      });
    })(),
    ['does not depend on the order of the lists'],
  ],
  ['breaks ties by the log', made({ ofSlate: firstHit }), ['does not depend on which of two equal scores']],
  [
    'is a sum and no mean',
    made(
      { ofWeighted: (items) => (items.labelS.length === 0 ? undefined : meanLoss(items) * items.labelS.length) },
      { ...lower, range: [0, Infinity] },
    ),
    ['is the same when every user counts twice', 'counts a user of weight n'],
  ],
  [
    'takes no heed of weights',
    made(
      { ofWeighted: (items) => (items.labelS.length === 0 ? undefined : meanLoss(items, () => 1)) },
      { ...lower, range: [0, 1] },
    ),
    ['counts a user of weight n', 'is undefined where there is nothing to measure'],
  ],
  [
    'divides by the number of clicks',
    made({
      ofSlate: ({ labelsK, ranking }) =>
        (labelsK.length === 0 ? 0 : (ranking.clicksG[0] / ranking.sizesG[0]) * ranking.clicks) / ranking.clicks,
    }),
    ['is undefined where there is nothing to measure'],
  ],
  [
    'takes the logarithm of 0',
    made(
      { ofItem: ({ probability, label }) => -Math.log(label === 1 ? probability : 1 - probability) },
      { ...lower, range: [0, Infinity] },
    ),
    ['is finite on probabilities of 0'],
  ],
  [
    'leaves its range',
    made({ ofItem: ({ probability, label }) => Math.abs(probability - label) * 2 }, lower),
    ['stays within its range'],
  ],
  [
    'sorts what it is given',
    made({
      ofSlate: ({ probabilitiesK, labelsK }) => {
        const last = labelsK.at(-1);
        probabilitiesK.sort();
        labelsK.sort();
        return last;
      },
    }),
    ['changes nothing of what it is given'],
  ],
];

describe('metricConformance', () => {
  it.each(broken)('finds a metric that %s', (_, metric, expected) => {
    const found = metricConformance(metric).filter(({ run }) => {
      try {
        run();
        return false;
      } catch {
        return true;
      }
    });
    const names = found.map(({ name }) => name);
    for (const each of expected) expect(names).toContainEqual(expect.stringContaining(`made: ${each}`));
  });

  it('has a broken metric for each of its checks', () => {
    const caught = broken.flatMap(([, , checks]) => checks);
    for (const { name } of metricConformance(metrics.named('mrr')))
      expect(
        caught.some((check) => name.includes(check)),
        name,
      ).toBe(true);
  });

  it('says what was expected and what was found', () => {
    const [, wrong] = broken[1];
    const check = metricConformance(wrong).find(({ name }) => name.includes('perfect'));
    expect(() => check?.run()).toThrow(
      /^metric "made": expected perfect no worse than 0\.\d+, the reversed order's, found 0\.\d+$/,
    );
  });
});
