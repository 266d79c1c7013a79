import { styleText } from 'node:util';
import type { JournalReport, JournalRow } from '../../measure/journal-report.ts';
import { type OffPolicyName, offPolicyNames } from '../../measure/off-policy.ts';
import { offPolicyDoubts } from './off-policy-doubts.ts';
import { type Paint, plainTable } from './plain-table.ts';
import { wrapLines } from './wrap-lines.ts';

const WIDTH = 118;

/** The report for a terminal of 120 columns: estimates with intervals, what is to be said of them, protocol. */
export function journalText(report: JournalReport, { color = false }: { color?: boolean } = {}): string {
  const paint: Paint = color ? (style, text) => styleText(style, text, { validateStream: false }) : (_, text) => text;
  const table = plainTable(['Clicks a list', ...offPolicyNames, 'lists that agree'], paint);
  for (const row of report.rows)
    table.push([row.name, ...offPolicyNames.map((id) => cellOf(row, id, paint)), agreeingOf(row)]);
  const notes = [
    `As logged: ${report.logged.toFixed(3)} clicks a list. Estimates are of what the slates of each generator would have brought.`,
    ...report.rows.flatMap(gainOf),
    ...offPolicyDoubts(report.rows),
  ];
  return [
    paint('bold', report.title),
    table.toString(),
    notes.map((note) => wrapLines(note, WIDTH)).join('\n'),
    [
      paint('bold', 'Protocol'),
      ...report.protocol.map(({ name, text }) => wrapLines(`  ${name.padEnd(12)} ${text}`, WIDTH, ' '.repeat(15))),
    ].join('\n'),
  ]
    .join('\n\n')
    .replace(/( +|──)$/gm, '');
}

function cellOf({ estimates, intervals }: JournalRow, id: OffPolicyName, paint: Paint): string {
  if (Number.isNaN(estimates[id])) return '–';
  const around = intervals[id];
  const interval = around ? `${around.low.toFixed(3)}-${around.high.toFixed(3)}` : 'no interval';
  return `${estimates[id].toFixed(3)}\n${paint('dim', interval)}`;
}

const agreeingOf = ({ agreeing, lists, effective }: JournalRow): string =>
  `${agreeing} of ${lists}\n${effective.SIPS.toFixed(0)} effective`;

/** What exploring costs, where the generator is the one that answers when nothing is drawn. */
function gainOf({ name, gain: { estimate, interval } }: JournalRow): readonly string[] {
  if (Number.isNaN(estimate)) return [];
  const range = interval ? `${signed(interval.low)} to ${signed(interval.high)}` : 'no interval';
  return [`${name} instead of what was drawn: ${signed(estimate)} clicks a list (${range}, by DR).`];
}

const signed = (value: number): string => `${value < 0 ? '' : '+'}${value.toFixed(3)}`;
