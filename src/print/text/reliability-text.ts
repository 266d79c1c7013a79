import type { Predicted, ReliabilityRow, ReliabilityTable } from '../../measure/reliability-tables.ts';
import type { SystemReliability } from '../../measure/system-reliability.ts';
import { formatBound, formatCount, formatPoints } from '../format-numbers.ts';
import { RELIABILITY_LEGEND } from './legends.ts';
import { type Paint, plainTable } from './plain-table.ts';
import { wrapLines } from './wrap-lines.ts';

/** A table with a line for each system; of one system alone all its tables. Empty of none. */
export function reliabilityText(systems: readonly SystemReliability[], paint: Paint, width: number): readonly string[] {
  if (systems.length === 0) return [];
  const tables = systems.length === 1 ? [...systems[0].items, ...systems[0].lists] : [];
  return [
    summaryTable(systems, paint),
    ...tables.filter(({ rows }) => rows.length > 1).map((table) => slicedTable(table, paint)),
    wrapLines(RELIABILITY_LEGEND, width),
  ];
}

function summaryTable(systems: readonly SystemReliability[], paint: Paint): string {
  const head = [
    'Do the clicks come?',
    'calibration',
    'clicks a list',
    'error of items',
    'of clicks a list',
    'of any click',
  ];
  const table = plainTable(head, paint);
  for (const { name, calibrations, items, lists } of systems) {
    const all = lists[0].rows[0];
    const error = (found: ReliabilityTable | undefined): string =>
      found
        ? `${found.error.rootMeanSquare.toFixed(4)}\n${paint('dim', `debiased ${found.error.debiased.toFixed(4)}`)}`
        : '–';
    const by = (of: Predicted): ReliabilityTable | undefined =>
      lists.find((each) => each.of === of && each !== lists[0]);
    table.push([
      name,
      [...new Set(calibrations)].join(', '),
      `${all.predicted.toFixed(3)} of ${all.found.toFixed(3)}\n${paint('dim', gapText(all, 'clicks'))}`,
      error(items[0]),
      error(by('clicks')),
      error(by('any click')),
    ]);
  }
  return table.toString();
}

/** Predicted and found numbers of each group, as a person reads them: probabilities in percent, gaps in percentage points. */
export function slicedTable({ of, by, rows }: ReliabilityTable, paint: Paint): string {
  const isItems = of === 'click';
  const table = plainTable(
    [`${WORDS[of]} by ${by}`, isItems ? 'items' : 'lists', 'users', 'predicted', 'found', 'predicted less found'],
    paint,
  );
  for (const row of rows) {
    const { label, count, users, predicted, found } = row;
    const isFar = row.interval !== null && (row.interval.low > 0 || row.interval.high < 0);
    const gap = `${gapText(row, of)}${isFar ? ' !' : '  '}`;
    table.push([
      label,
      formatCount(count),
      formatCount(users),
      formatPredicted(predicted, of),
      formatPredicted(found, of),
      isFar ? paint('bold', gap) : gap,
    ]);
  }
  return table.toString();
}

const WORDS: Readonly<Record<Predicted, string>> = {
  click: 'Clicks',
  'any click': 'Any click',
  clicks: 'Clicks of a list',
  worth: 'Worth of a list',
};

const isProbability = (of: Predicted): boolean => of === 'click' || of === 'any click';

/** `23.4 %` of a probability, `4.712` of a number. */
export function formatPredicted(value: number, of: Predicted): string {
  return isProbability(of) ? `${(100 * value).toFixed(1)} %` : value.toFixed(value >= 100 ? 1 : 3);
}

/** `+0.52 [-0.31, +1.35]`: percentage points of a probability, else the number's own unit. */
export function gapText({ gap, interval }: Pick<ReliabilityRow, 'gap' | 'interval'>, of: Predicted): string {
  const scale = isProbability(of) ? 100 : 1;
  if (interval === null) return formatPoints(scale * gap);
  const [low, high] = [scale * interval.low, scale * interval.high];
  return `${formatPoints(scale * gap)} [${formatBound(low, high)}, ${formatBound(high, low)}]`;
}
