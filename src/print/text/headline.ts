import type { ComparisonReport } from '../../measure/comparison-report.ts';
import type { OverfittingRow } from '../../measure/overfitting.ts';
import { formatEpoch } from '../format-numbers.ts';
import { oneClassSentences } from './one-class-sentences.ts';
import { recipeSentences } from './recipe-sentences.ts';
import { itemRateSentences, loggedOrderSentences } from './reference-sentences.ts';

/** What the numbers say, as sentences; the first is the headline. Nothing is claimed that an interval does not carry. */
export function headlineSentences(report: ComparisonReport, overfitting: readonly OverfittingRow[] = []): string[] {
  const untold = oneClassSentences(report);
  if (untold.length > 0) return [...untold, ...overfittingSentences(report.baseline, overfitting)];
  return [
    ...recipeSentences(report),
    ...loggedOrderSentences(report),
    ...itemRateSentences(report),
    ...overfittingSentences(report.baseline, overfitting),
  ];
}

/** The baseline's overfitting beside that of the others. */
function overfittingSentences(baseline: string, rows: readonly OverfittingRow[]): string[] {
  const own = rows.find(({ recipe }) => recipe === baseline);
  if (own === undefined) return [];
  const told =
    own.rise > 0
      ? `rises by ${own.rise.toFixed(4)} from its lowest (epoch ${formatEpoch(own.lowestEpoch)}) to its last epoch (${formatEpoch(own.lastEpoch)})`
      : `is lowest at its last epoch (${formatEpoch(own.lastEpoch)})`;
  const meanwhile = own.rise > 0 ? ` while that of training falls by ${own.fallMeanwhile.toFixed(4)}` : '';
  const others = rows.filter(({ recipe }) => recipe !== baseline);
  const beside = others.length === 0 ? '' : `; ${risesOf(others)}`;
  return [`Overfitting: the validation ${own.loss} loss of ${baseline} ${told}${meanwhile}${beside}.`];
}

const risesOf = (others: readonly OverfittingRow[]): string =>
  others.every(({ rise }) => rise === 0)
    ? 'that of no other rises'
    : `the others rise by: ${others.map(({ recipe, rise }) => `${recipe} ${rise.toFixed(4)}`).join(', ')}`;
