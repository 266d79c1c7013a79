import { styleText } from 'node:util';
import type { JournalReport, JournalRow } from '../../measure/journal-report.ts';
import { type OffPolicyName, offPolicyNames } from '../../measure/off-policy.ts';
import { FEWEST_LISTS, isPartMissing } from '../../measure/off-policy-support.ts';
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
    ...report.rows.map(gainOf),
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
function gainOf(row: JournalRow): string {
  const { estimate, interval } = row.gain;
  const instead = `${row.name} instead of what was drawn:`;
  if (!interval) return `${instead} no gain can be told, as ${lackOf(row)}.`;
  return `${instead} ${signed(estimate)} clicks a list (${signed(interval.low)} to ${signed(interval.high)}, by DR).`;
}

/** What is missing, and what to do. */
function lackOf(row: JournalRow): string {
  const { DR } = row.effective;
  if (DR < FEWEST_LISTS)
    return `${DR.toFixed(1)} effective lists agree and it takes ${FEWEST_LISTS}; explore more, or wait for more lists`;
  if (isPartMissing(row))
    return `the lists that agree stand for ${(100 * row.meanWeight).toFixed(0)} % of all alone; judge lists that were drawn alike, or explore more evenly`;
  return 'it cannot be told of most resamples of the users; wait for more users';
}

const signed = (value: number): string => `${value < 0 ? '' : '+'}${value.toFixed(3)}`;
