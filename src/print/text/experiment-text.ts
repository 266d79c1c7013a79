import { type ExperimentReport, type ListMetricCell, metricNames } from '../../measure/experiment/experiment-report.ts';
import { formatCount, formatMetric } from '../format-numbers.ts';
import {
  differenceText,
  experimentLegend,
  experimentSentence,
  guardrailSentences,
  metricTitle,
  sampleRatioSentence,
  shadowSentences,
} from './experiment-sentences.ts';
import { type Paint, plainTable } from './plain-table.ts';

/** An experiment as a table, with the sentence first. */
export function experimentText(report: ExperimentReport, paint: Paint): string {
  const { variants, control } = report;
  const tables = metricNames.flatMap((name) => {
    const title = metricTitle(name, report);
    if (variants.every(({ metrics }) => metrics[name] === undefined)) return [];
    const table = plainTable(['variant', 'users', 'lists', title, 'difference', 'with the past', 'variance'], paint);
    for (const { name: variant, users, lists, metrics } of variants) {
      const cell = metrics[name];
      if (!cell) continue;
      table.push([
        variant === control ? `${variant} (control)` : variant,
        ...[formatCount(users), formatCount(lists), formatMetric(cell.perList)],
        ...differenceCells(cell),
      ]);
    }
    return [table.toString()];
  });
  const [first] = variants;
  const moved = variants.reduce((sum, variant) => sum + variant.moved, 0);
  return [
    experimentSentence(report),
    ...tables,
    `Sample ratio: ${sampleRatioSentence(report)}`,
    ...(moved > 0
      ? [`${formatCount(moved)} users were moved to another variant by other shares, and are left out of the rest.`]
      : []),
    ...variants.slice(1).flatMap((variant) => guardrailSentences(variant, first)),
    ...shadowSentences(report),
    ...experimentLegend(report),
  ].join('\n');
}

function differenceCells({ difference, reduced }: ListMetricCell): readonly string[] {
  return [differenceText(difference), differenceText(reduced), reduced ? changeText(-100 * reduced.reduction) : '–'];
}

/** In whole percent; a chance tie to the past may raise the variance by a hair. */
function changeText(percent: number): string {
  const whole = Math.round(percent);
  return `${whole < 0 ? '−' : whole > 0 ? '+' : ''}${Math.abs(whole)} %`;
}
