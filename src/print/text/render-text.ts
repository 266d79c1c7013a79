import { styleText } from 'node:util';
import type { ComparisonReport, DifferenceCell } from '../../measure/comparison-report.ts';
import type { LearningCurve } from '../../measure/learning-curve.ts';
import { type OverfittingRow, overfittingRows } from '../../measure/overfitting.ts';
import { columnHead, METRIC_GROUPS, type MetricInfo, metricsOf, titleOf } from '../../measure/report-metrics.ts';
import { checkOptionsArgument } from '../../slate/check-argument.ts';
import { checkReport } from '../check-report.ts';
import {
  formatDeviation,
  formatDifferenceInterval,
  formatEpoch,
  formatInterval,
  formatMetric,
  formatPoints,
} from '../format-numbers.ts';
import { bestSystems } from './best-values.ts';
import { headlineSentences } from './headline.ts';
import { differenceLegend, OVERFITTING_LEGEND, tableLegend } from './legends.ts';
import { type Paint, plainTable } from './plain-table.ts';
import { protocolLines } from './protocol-lines.ts';
import { reliabilityText } from './reliability-text.ts';
import { wrapLines } from './wrap-lines.ts';

export interface TextOptions {
  /** ANSI bold and dim; off for files and pipes. */
  readonly color?: boolean;
  readonly curves?: readonly LearningCurve[];
}

/** The comparison for a terminal of 120 columns: sentences, metrics, differences in points, overfitting, protocol. */
export function renderText(report: ComparisonReport, options: TextOptions = {}): string {
  checkReport(report, 'renderText');
  checkOptionsArgument(options, 'renderText');
  const paint: Paint = options.color
    ? (style, text) => styleText(style, text, { validateStream: false })
    : (_, text) => text;
  const overfitting = overfittingRows(options.curves ?? []);
  return (
    [
      headlineSentences(report, overfitting)
        .map((sentence) => wrapLines(sentence, WIDTH, '  '))
        .join('\n'),
      ...METRIC_GROUPS.flatMap(({ group, title }) => metricTables(report, group, title, paint)),
      wrapLines(tableLegend(report), WIDTH),
      ...differenceTables(report, paint),
      ...reliabilityText(report.reliability ?? [], paint, WIDTH),
      ...(overfitting.length > 0 ? [overfittingTable(overfitting, paint)] : []),
      [
        paint('bold', 'Protocol'),
        ...protocolLines(report).map(({ name, text }) =>
          wrapLines(`  ${name.padEnd(12)} ${text}`, WIDTH, ' '.repeat(15)),
        ),
      ].join('\n'),
    ]
      .join('\n\n')
      // The padding of the last column, blank in the rows and drawn in the rules.
      .replace(/( +|──)$/gm, '')
  );
}

const WIDTH = 118;

/** As many columns as fit into the width. */
const METRICS_A_TABLE = 6;

function metricTables(report: ComparisonReport, group: string, title: string, paint: Paint): string[] {
  const metrics = metricsOf(report).filter((metric) => metric.group === group);
  const tables: string[] = [];
  for (let start = 0; start < metrics.length; start += METRICS_A_TABLE)
    tables.push(metricTable(report, metrics.slice(start, start + METRICS_A_TABLE), title, paint));
  return tables;
}

function metricTable(report: ComparisonReport, metrics: readonly MetricInfo[], title: string, paint: Paint): string {
  const best = new Map(metrics.map((metric) => [metric.name, bestSystems(report, metric)]));
  const hasRivals = report.systems.filter(({ kind }) => kind === 'recipe').length > 1;
  const table = plainTable([title, ...metrics.map(columnHead)], paint);
  for (const { name, metrics: cells } of report.systems) {
    table.push([
      name === report.baseline && hasRivals ? `${name}\n${paint('dim', 'baseline')}` : name,
      ...metrics.map(({ name: metric, digits }) => {
        const { mean, deviation, interval } = cells[metric];
        const isBest = best.get(metric)?.has(name) === true;
        const value = `${isBest ? '*' : ''}${formatMetric(mean, digits)}`;
        const first = [
          isBest ? paint('bold', value) : value,
          paint('dim', formatDeviation(deviation, digits).padEnd(6)),
        ];
        return `${first.join(' ')}\n${paint('dim', formatInterval(interval, digits).padEnd(13))}`;
      }),
    ]);
  }
  return table.toString();
}

/** As many as fit into the width. */
const SYSTEMS_A_TABLE = 3;

function differenceTables(report: ComparisonReport, paint: Paint): string[] {
  const rivals = report.systems.filter(({ kind, name }) => kind === 'recipe' && name !== report.baseline);
  const told = (difference: DifferenceCell | null): string => {
    if (difference === null) return '–';
    const { points, verdict } = difference;
    const isTold = verdict === 'better' || verdict === 'worse';
    const value = `${formatPoints(points)}${isTold ? ' !' : '  '}`;
    return `${isTold ? paint('bold', value) : value} ${paint('dim', formatDifferenceInterval(difference).padStart(16))}`;
  };
  const tables: string[] = [];
  for (let start = 0; start < rivals.length; start += SYSTEMS_A_TABLE) {
    const shown = rivals.slice(start, start + SYSTEMS_A_TABLE);
    const table = plainTable([`Points to ${report.baseline}`, ...shown.map(({ name }) => name)], paint);
    for (const metric of metricsOf(report).filter(({ hasInterval }) => hasInterval)) {
      table.push([columnHead(metric), ...shown.map(({ metrics }) => told(metrics[metric.name].toBaseline))]);
    }
    tables.push(table.toString());
  }
  if (report.itemRate !== null) {
    const table = plainTable([`Points to ${report.itemRate}`, titleOf('ndcgAt10')], paint);
    for (const { name, kind, metrics } of report.systems) {
      if (kind === 'recipe') table.push([name, told(metrics.ndcgAt10.toItemRate)]);
    }
    tables.push(table.toString());
  }
  if (tables.length === 0) return [];
  return [...tables, wrapLines(differenceLegend(report), WIDTH)];
}

function overfittingTable(rows: readonly OverfittingRow[], paint: Paint): string {
  const loss = rows[0].loss;
  const head = [
    `Overfitting (${loss} loss)`,
    'kept epoch',
    'train',
    'validation',
    'gap',
    'last epoch',
    'gap at last',
    'rise',
  ];
  const table = plainTable(head, paint);
  for (const row of rows) {
    table.push([
      row.recipe,
      formatEpoch(row.keptEpoch),
      row.trainAtKept.toFixed(4),
      row.validationAtKept.toFixed(4),
      row.gapAtKept.toFixed(4),
      formatEpoch(row.lastEpoch),
      row.gapAtLast.toFixed(4),
      row.rise.toFixed(4),
    ]);
  }
  return `${table.toString()}\n\n${wrapLines(OVERFITTING_LEGEND, WIDTH)}`;
}
