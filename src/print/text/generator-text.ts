import { styleText } from 'node:util';
import type { GeneratorReport, OffPolicyRow } from '../../measure/generator-report.ts';
import type { Measure, MeasuredCell } from '../../measure/measured-systems.ts';
import { offPolicyNames } from '../../measure/off-policy.ts';
import { offPolicyDoubts } from './off-policy-doubts.ts';
import { type Paint, plainTable } from './plain-table.ts';
import { wrapLines } from './wrap-lines.ts';

const WIDTH = 118;
/** Of a column's head, in characters a line. */
const HEAD = 14;

/** The report for a terminal of 120 columns: one table of means with intervals, one of paired differences, estimates from propensities, protocol. */
export function generatorText(report: GeneratorReport, { color = false }: { color?: boolean } = {}): string {
  const paint: Paint = color ? (style, text) => styleText(style, text, { validateStream: false }) : (_, text) => text;
  return [
    paint('bold', report.title),
    meansTable(report, paint),
    differencesTable(report, paint),
    ...(report.offPolicy.length > 0 ? [offPolicyTable(report.offPolicy, paint)] : []),
    [
      paint('bold', 'Protocol'),
      ...report.protocol.map(({ name, text }) => wrapLines(`  ${name.padEnd(12)} ${text}`, WIDTH, ' '.repeat(15))),
    ].join('\n'),
  ]
    .filter((part) => part !== '')
    .join('\n\n')
    .replace(/( +|──)$/gm, '');
}

function meansTable({ measures, rows }: GeneratorReport, paint: Paint): string {
  const table = plainTable(['', ...measures.map(headOf)], paint);
  for (const { name, cells } of rows)
    table.push([name, ...measures.map((measure) => meanCell(cells[measure.id], measure, paint))]);
  return table.toString();
}

const headOf = ({ label }: Measure): string => wrapLines(label, HEAD);

function meanCell({ mean, interval }: MeasuredCell, { digits }: Measure, paint: Paint): string {
  if (Number.isNaN(mean)) return '–';
  const around = interval ? `${interval.low.toFixed(digits)}-${interval.high.toFixed(digits)}` : '';
  return `${mean.toFixed(digits)}\n${paint('dim', around)}`;
}

function differencesTable({ measures: all, rows, baseline }: GeneratorReport, paint: Paint): string {
  const measures = all.filter(({ alone }) => !alone);
  const rivals = rows.filter(({ name }) => name !== baseline);
  if (rivals.length === 0) return '';
  const table = plainTable([`Minus ${baseline}`, ...measures.map(headOf)], paint);
  for (const { name, cells } of rivals) {
    table.push([
      name,
      ...measures.map(({ id, digits }) => {
        const { difference } = cells[id];
        if (!difference) return '–';
        const { value, low, high, excludesZero } = difference;
        const signed = (each: number): string => `${each > 0 ? '+' : ''}${each.toFixed(digits)}`;
        const shown = `${signed(value)}${excludesZero ? ' !' : '  '}`;
        return `${excludesZero ? paint('bold', shown) : shown}\n${paint('dim', `[${signed(low)}, ${signed(high)}]`)}`;
      }),
    ]);
  }
  const together = rivals.length > 1 ? ` Intervals of a column hold together for all ${rivals.length} generators.` : '';
  const legend = `Paired, list by list; ! differs by more than the chance of who was drawn: the interval excludes 0.${together} The models are as they are: trained with other seeds they may differ.`;
  return `${table.toString()}\n\n${wrapLines(legend, WIDTH)}`;
}

function offPolicyTable(rows: readonly OffPolicyRow[], paint: Paint): string {
  const table = plainTable(['Clicks a list', ...offPolicyNames], paint);
  let anyLeftOut = false;
  for (const { name, estimates, intervals, resamplesLeftOut } of rows) {
    table.push([
      name,
      ...offPolicyNames.map((id) => {
        if (Number.isNaN(estimates[id])) return '–';
        const around = intervals[id];
        const interval = around ? `${around.low.toFixed(3)}-${around.high.toFixed(3)}` : 'no interval';
        const leftOut = around ? resamplesLeftOut[id] : 0;
        anyLeftOut ||= leftOut > 0;
        const lines = [interval, ...(leftOut > 0 ? [`${leftOut} left out`] : [])];
        return [estimates[id].toFixed(3), ...lines.map((line) => paint('dim', line))].join('\n');
      }),
    ]);
  }
  const notes = [
    'Estimated from the logged propensities, as if the slates had been shown; – where no logged list agrees with them.',
    ...(anyLeftOut
      ? [
          'Left out: resamples in which no logged list agrees with the slates. The interval is of the others and so too narrow; there is none where more than half are left out.',
        ]
      : []),
    ...offPolicyDoubts(rows),
  ];
  return `${table.toString()}\n\n${notes.map((note) => wrapLines(note, WIDTH)).join('\n')}`;
}
