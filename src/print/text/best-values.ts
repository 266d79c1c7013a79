import type { ComparisonReport } from '../../measure/comparison-report.ts';
import type { MetricInfo } from '../../measure/report-metrics.ts';

/**
 * Names of the systems that hold the best value of a metric, as printed with four decimals (so that equal prints are marked alike). Precision,
 * recall and F1 of a reference that predicts a click everywhere are no achievement, so only recipes are marked, unless there are none. Nothing is marked of recipes that were trained with one
 * seed: with another, another may be best.
 */
export function bestSystems(
  { systems, protocol }: ComparisonReport,
  { name: metric, higherIsBetter }: MetricInfo,
): ReadonlySet<string> {
  if (protocol.intervals.covers === 'users') return new Set();
  const recipes = systems.filter(({ kind }) => kind === 'recipe');
  const eligible = (recipes.length > 0 ? recipes : systems).flatMap(({ name, metrics }) => {
    const mean = metrics[metric].mean;
    return mean === null ? [] : [{ name, value: Number(mean.toFixed(4)) }];
  });
  const values = eligible.map(({ value }) => value);
  const best = higherIsBetter ? Math.max(...values) : Math.min(...values);
  return new Set(eligible.filter(({ value }) => value === best).map(({ name }) => name));
}
