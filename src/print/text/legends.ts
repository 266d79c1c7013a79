/** How to read the tables; the same words in every rendering. */
import type { ComparisonReport } from '../../measure/comparison-report.ts';
import { metricsOf } from '../../measure/report-metrics.ts';
import { formatLevel, listed } from '../format-numbers.ts';

/** Of the tables of figures; `mark` is what stands at the best. */
export function tableLegend(report: ComparisonReport, mark = '*'): string {
  const { intervals } = report.protocol;
  const level = formatLevel(intervals.level);
  const falling = metricsOf(report).filter(({ higherIsBetter }) => !higherIsBetter);
  const names = listed(
    falling.map(({ title }) => title),
    'and',
  );
  const lower = `Lower is better for ${names}; – where a figure has no value.`;
  if (intervals.covers === 'users')
    return `Below each figure its ${level} interval over the drawn test users. One training a recipe: none is marked as best. ${lower}`;
  const best =
    report.systems.filter(({ kind }) => kind === 'recipe').length > 1 ? `${mark} best mean of a recipe; ` : '';
  return `${best}± deviation over seeds; below it the ${level} interval over test users and seeds. ${lower}`;
}

/** Of the tables of differences. */
export function differenceLegend({ protocol }: ComparisonReport): string {
  const { covers, level, rivals } = protocol.intervals;
  const points =
    'Points are hundredths of the metric (0.790 to 0.801 is +1.10); differences are paired on the same users.';
  if (covers === 'users')
    return `${points} Their ${formatLevel(level)} intervals cover the drawn test users, not the luck of one training: they say nothing of recipes in general.`;
  const together =
    rivals.ofBaseline > 1 ? ` Intervals of a metric hold together for all ${rivals.ofBaseline} recipes.` : '';
  return `${points} More than chance (!) is where the ${formatLevel(level)} interval, over users and seeds, excludes 0.${together}`;
}

/** Columns of the overfitting table in words. */
export const OVERFITTING_LEGEND =
  'Log loss of clicks without dropout, means over seeds. Gap: how much higher it is on validation than on training, at the epoch that was kept and at the last one. Rise: how much it goes up again on validation, from its lowest epoch to the last.';

export const RELIABILITY_LEGEND =
  'Predicted less found: 95 % intervals over users, those of one table together; ! where it excludes 0; probabilities in percentage points. Error: root mean square of predicted less found in 15 bins of equal mass by what was predicted; chance alone makes it larger than 0, debiased is what is left without that.';
