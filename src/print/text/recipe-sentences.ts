/** What a comparison says of its recipes: whether seeing the list helps, and whether any recipe beats the baseline. */
import type { ComparisonReport, DifferenceCell, SystemRow } from '../../measure/comparison-report.ts';
import { columnHead, metricsOf, titleOf } from '../../measure/report-metrics.ts';
import { formatBound, formatLevel, formatMetric, formatPoints } from '../format-numbers.ts';

/** The first sentence answers what a reader asks first. */
export function recipeSentences(report: ComparisonReport): string[] {
  const recipes = report.systems.filter(({ kind }) => kind === 'recipe');
  const sentences = [...listSentence(report, recipes), ...bestSentences(report, recipes)];
  return sentences.length > 0 ? sentences : aloneSentences(report);
}

/** One list model against the one that scores item by item; which, was settled before any figure: the baseline, or where that scores item by item the best of the others. */
function listSentence(report: ComparisonReport, recipes: readonly SystemRow[]): string[] {
  const { baseline, pointwise } = report;
  if (pointwise === null) return [];
  const rivals = recipes.filter(({ name }) => name !== pointwise);
  const list = baseline === pointwise ? highest(rivals, 'rocAuc') : recipes.find(({ name }) => name === baseline);
  const difference =
    baseline === pointwise
      ? list?.metrics.rocAuc.toBaseline
      : turned(recipes.find(({ name }) => name === pointwise)?.metrics.rocAuc.toBaseline);
  if (list === undefined || !difference) return [];
  const whole = `${list.name}, which sees the whole list,`;
  const single = `${pointwise}, which scores item by item`;
  const { amount, interval, direction } = toldOf(report, difference);
  const told = {
    better: `Seeing the whole list helps: ${list.name} beats ${single}, by ${amount} ${interval}.`,
    worse: `Scoring item by item does better here: ${pointwise} beats ${whole} by ${amount} ${interval}.`,
    open: `Seeing the whole list is not shown to help: ${list.name} lies ${amount} ${direction} ${single}; that may be chance ${interval}.`,
  };
  const untold = `${whole} lies ${amount} ${direction} ${single} ${interval}.`;
  return difference.verdict === null ? [untold, oneSeed] : [told[difference.verdict]];
}

const oneSeed =
  'One seed a recipe: intervals cover the drawn test users and not the luck of training, so no recipe is called better; --seeds 3 or more can tell.';

/** Of the recipes that are neither the baseline nor item by item. */
function bestSentences(report: ComparisonReport, recipes: readonly SystemRow[]): string[] {
  const { baseline, pointwise } = report;
  const rivals = recipes.filter(({ name }) => name !== baseline && name !== pointwise);
  const best = highest(rivals, 'rocAuc');
  const difference = best?.metrics.rocAuc.toBaseline;
  if (best === undefined || !difference || baseline === pointwise) return [];
  const { amount, interval, direction } = toldOf(report, difference);
  if (difference.verdict === null) {
    const first = `Of the others ${best.name} has the highest ${titleOf('rocAuc')}; it lies ${amount} ${direction} ${baseline} ${interval}.`;
    return pointwise === null ? [first, oneSeed] : [first];
  }
  const told = {
    better: `${best.name} beats ${baseline} by ${amount} ${interval}.`,
    worse: `No other recipe reaches ${baseline}: the next, ${best.name}, lies ${amount} below it ${interval}.`,
    open: `No other recipe beats ${baseline} beyond chance: the highest, ${best.name}, lies ${amount} ${direction} it ${interval}.`,
  };
  return [told[difference.verdict], ...alsoSentence(report, best)];
}

function alsoSentence(report: ComparisonReport, best: SystemRow): string[] {
  const { baseline } = report;
  const told = metricsOf(report).filter(({ toldIn }) => toldIn.includes('headline'));
  const differing = (verdict: DifferenceCell['verdict']): string =>
    told
      .flatMap((metric) => {
        const difference = best.metrics[metric.name].toBaseline;
        return difference?.verdict === verdict ? [`${columnHead(metric)} ${formatPoints(difference.points)}`] : [];
      })
      .join(', ');
  const gains = differing('better');
  const losses = differing('worse');
  if (gains === '' && losses === '') return [];
  const parts = [gains && `better in ${gains}`, losses && `worse in ${losses}`].filter((part) => part !== '');
  return [`${best.name} also differs from ${baseline} by more than chance, in points: ${parts.join('; ')}.`];
}

/** Of one system, with nothing to compare it to. */
function aloneSentences(report: ComparisonReport): string[] {
  const row = report.systems.find(({ name }) => name === report.baseline);
  if (row === undefined) return [];
  const { rocAuc, logLoss } = row.metrics;
  const first = `${row.name} reaches ${titleOf('rocAuc')} ${formatMetric(rocAuc.mean)} and ${titleOf('logLoss')} ${formatMetric(logLoss.mean)}.`;
  if (report.protocol.intervals.covers === 'users and seeds') return [first];
  return [
    first,
    `This is one training: intervals cover the drawn test users; what ${row.name} reaches with another seed they do not say.`,
  ];
}

/** A difference in words. */
function toldOf(
  { protocol }: ComparisonReport,
  { points, low, high, covers }: DifferenceCell,
): { readonly amount: string; readonly interval: string; readonly direction: string } {
  const over = covers === 'users' ? ' over users' : '';
  return {
    amount: `${Math.abs(points).toFixed(2)} points of ${titleOf('rocAuc')}`,
    interval: `(${formatLevel(protocol.intervals.level)} interval${over} ${formatBound(low, high)} to ${formatBound(high, low)})`,
    direction: points >= 0 ? 'above' : 'below',
  };
}

/** The same difference seen from the other side. */
function turned(difference: DifferenceCell | null | undefined): DifferenceCell | undefined {
  if (!difference) return undefined;
  const verdicts = { better: 'worse', worse: 'better', open: 'open' } as const;
  return {
    ...difference,
    points: -difference.points,
    low: -difference.high,
    high: -difference.low,
    verdict: difference.verdict && verdicts[difference.verdict],
  };
}

export function highest(rows: readonly SystemRow[], name: string): SystemRow | undefined {
  return rows.reduce<SystemRow | undefined>((best, row) => {
    const value = row.metrics[name].mean;
    if (value === null) return best;
    return best === undefined || value > (best.metrics[name].mean ?? -Infinity) ? row : best;
  }, undefined);
}
