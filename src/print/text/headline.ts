import type { ComparisonReport, DifferenceCell, SystemRow } from '../../measure/comparison-report.ts';
import { type MetricId, metricInfo } from '../../measure/metric-list.ts';
import type { OverfittingRow } from '../../measure/overfitting.ts';
import { formatDifferenceInterval, formatEpoch, formatLevel, formatMetric, formatPoints } from './format-numbers.ts';

/** What the numbers say, as sentences; the first is the headline. Nothing is claimed that an interval does not carry. */
export function headlineSentences(report: ComparisonReport, overfitting: readonly OverfittingRow[] = []): string[] {
  return [
    ...differenceSentences(report),
    ...itemRateSentence(report),
    ...overfittingSentence(report.baseline, overfitting),
  ];
}

function differenceSentences(report: ComparisonReport): string[] {
  const rivals = report.systems.filter(({ kind, name }) => kind === 'recipe' && name !== report.baseline);
  const best = highest(rivals, 'rocAuc');
  const difference = best?.metrics.rocAuc.toBaseline;
  if (best === undefined || !difference) return singleSystem(report);
  const level = formatLevel(report.protocol.bootstrap.level);
  const amount = `${Math.abs(difference.points).toFixed(2)} points of ROC AUC`;
  const interval = `(${level} interval ${formatPoints(difference.low)} to ${formatPoints(difference.high)})`;
  const direction = difference.points >= 0 ? 'above' : 'below';
  const first: Record<DifferenceCell['verdict'], string> = {
    better: `${best.name} beats ${report.baseline} by ${amount} ${interval}.`,
    worse: `No recipe reaches ${report.baseline}: the next, ${best.name}, lies ${amount} below it ${interval}.`,
    open: `No recipe beats ${report.baseline} beyond chance: the highest, ${best.name}, lies ${amount} ${direction} it ${interval}.`,
  };
  return [first[difference.verdict], ...alsoSentence(best, report.baseline)];
}

function singleSystem(report: ComparisonReport): string[] {
  const row = report.systems.find(({ name }) => name === report.baseline);
  if (row === undefined) return [];
  const { rocAuc, logLoss } = row.metrics;
  return [`${row.name} reaches ROC AUC ${formatMetric(rocAuc.mean)} and log loss ${formatMetric(logLoss.mean)}.`];
}

const ALSO: readonly MetricId[] = ['prAuc', 'f1', 'recall', 'logLoss', 'perUserAuc', 'ndcgAt10'];

function alsoSentence(best: SystemRow, baseline: string): string[] {
  const listed = (verdict: DifferenceCell['verdict']): string =>
    ALSO.flatMap((id) => {
      const difference = best.metrics[id].toBaseline;
      return difference?.verdict === verdict ? [`${metricInfo(id).label} ${formatPoints(difference.points)}`] : [];
    }).join(', ');
  const gains = listed('better');
  const losses = listed('worse');
  if (gains === '' && losses === '') return [];
  const parts = [gains && `better in ${gains}`, losses && `worse in ${losses}`].filter((part) => part !== '');
  return [`Against ${baseline}, its other differences that exclude zero: ${parts.join('; ')}.`];
}

function itemRateSentence(report: ComparisonReport): string[] {
  const best = highest(
    report.systems.filter(({ kind }) => kind === 'recipe'),
    'ndcgAt10',
  );
  const difference = best?.metrics.ndcgAt10.toItemRate;
  if (best === undefined || !difference) return [];
  const { points, verdict } = difference;
  const relation = points >= 0 ? 'above' : 'below';
  const chance = verdict === 'open' ? ', which may be chance' : '';
  return [
    `The highest NDCG@10 of a recipe is ${formatMetric(best.metrics.ndcgAt10.mean)} (${best.name}), ` +
      `${Math.abs(points).toFixed(2)} points ${relation} the ${report.itemRate} ${formatDifferenceInterval(difference)}${chance}.`,
  ];
}

/** The baseline's overfitting beside that of the others. */
function overfittingSentence(baseline: string, rows: readonly OverfittingRow[]): string[] {
  const own = rows.find(({ recipe }) => recipe === baseline);
  if (own === undefined) return [];
  const told =
    own.rise > 0
      ? `rises by ${own.rise.toFixed(4)} after its lowest (epoch ${formatEpoch(own.lowestEpoch)} of ${formatEpoch(own.lastEpoch)})`
      : `is lowest at its last epoch (${formatEpoch(own.lastEpoch)})`;
  const meanwhile = own.rise > 0 ? ` while its train loss falls by ${own.fallMeanwhile.toFixed(4)}` : '';
  const others = rows
    .filter(({ recipe }) => recipe !== baseline)
    .map(({ recipe, rise }) => `${recipe} ${rise.toFixed(4)}`);
  const beside = others.length === 0 ? '' : `; the rise of the others: ${others.join(', ')}`;
  return [`Overfitting: the validation ${own.loss} loss of ${baseline} ${told}${meanwhile}${beside}.`];
}

function highest(rows: readonly SystemRow[], id: MetricId): SystemRow | undefined {
  return rows.reduce<SystemRow | undefined>((best, row) => {
    const value = row.metrics[id].mean;
    if (value === null) return best;
    return best === undefined || value > (best.metrics[id].mean ?? -Infinity) ? row : best;
  }, undefined);
}
