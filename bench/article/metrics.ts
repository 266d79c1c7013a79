/** What a cell is measured by. */

import { prAucMetric } from '../../src/metrics/average-precision.ts';
import { defineMetric } from '../../src/metrics/define-metric.ts';
import { f1Metric } from '../../src/metrics/f1.ts';
import { logLossMetric } from '../../src/metrics/log-loss.ts';
import type { Metric } from '../../src/metrics/metric.ts';
import { precisionMetric } from '../../src/metrics/precision.ts';
import { recallMetric } from '../../src/metrics/recall.ts';
import { rocAucMetric } from '../../src/metrics/roc-auc.ts';
import { createRegistry, type Registry } from '../../src/slate/registry.ts';

/** Recall without a threshold: as many items are called clicked as were. It equals precision there. Where equal scores lie across the cut, the share of them. */
const breakEven: Metric = defineMetric({
  name: 'recallAtBreakEven',
  title: 'recall at break-even',
  meaning: 'share of the clicks among as many highest scores as there are clicks',
  higherIsBetter: true,
  range: [0, 1],
  ofSteps({ plainT, tiedT, clicksT }) {
    const clicks = clicksT.reduce((sum, count) => sum + count, 0);
    let left = clicks;
    let found = 0;
    for (let t = 0; t < clicksT.length && left > 0; t++) {
      left -= plainT[t];
      const group = tiedT[t] + clicksT[t];
      if (left <= 0 || group === 0) continue;
      found += clicksT[t] * Math.min(1, left / group);
      left -= group;
    }
    return clicks === 0 ? undefined : found / clicks;
  },
});

export type MetricName = 'rocAuc' | 'prAuc' | 'f1' | 'precision' | 'recall' | 'recallAtBreakEven' | 'logLoss';

export const cellMetrics: Registry<Metric> = createRegistry('metric', [
  ...[rocAucMetric, prAucMetric, f1Metric, precisionMetric, recallMetric, breakEven, logLossMetric],
]);
