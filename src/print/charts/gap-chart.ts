import type { ReliabilityRow, ReliabilityTable } from '../../measure/reliability-tables.ts';
import { formatCount } from '../format-numbers.ts';
import { type Html, html } from '../html-template.ts';
import { shortened } from '../influence-scale.ts';
import { formatPredicted, gapText } from '../text/reliability-text.ts';
import { CHART_COLORS } from './chart-colors.ts';
import { dot, segment, words } from './marks.ts';
import type { Picture } from './picture.ts';

/** Pixels. */
const NAMES = 112;
const GAPS = 210;
const NUMBERS = 150;
const LINE = 24;
const LONGEST = 16;

/** Predicted less found of each group of a table, a line a group: left of the middle more came than was predicted, right of it fewer. */
export function gapPicture(table: ReliabilityTable): Picture {
  const { of, by, rows } = table;
  const ends = rows.flatMap(({ gap, interval }) => [gap, interval?.low ?? 0, interval?.high ?? 0]);
  const most = Math.max(1e-9, ...ends.map(Math.abs));
  const x = (gap: number): number => NAMES + GAPS / 2 + (gap / most) * (GAPS / 2 - 8);
  const height = LINE * rows.length + 8;
  return {
    name: `gap-${of}-${by}`.replaceAll(' ', '-'),
    title: `Predicted less found by ${by}`,
    note: `${isShare(of) ? 'In percentage points' : 'In the unit of what is predicted'}, with 95 % intervals over users that hold together. Right of the line too much is promised; red is more than chance.`,
    width: NAMES + GAPS + NUMBERS,
    height,
    marks: html`${segment({ x: x(0), y: 0 }, { x: x(0), y: height }, { color: CHART_COLORS.grid, width: 2 })}
      ${rows.map((row, at) => gapMarks(row, { of, x, y: LINE * at + LINE / 2 + 4 }))}`,
    table: gapTable(table),
  };
}

const isShare = (of: ReliabilityTable['of']): boolean => of === 'click' || of === 'any click';

interface GapPlace {
  readonly of: ReliabilityTable['of'];
  readonly x: (gap: number) => number;
  readonly y: number;
}

function gapMarks(row: ReliabilityRow, { of, x, y }: GapPlace): Html {
  const { label, gap, interval } = row;
  const isFar = interval !== null && (interval.low > 0 || interval.high < 0);
  const color = isFar ? CHART_COLORS.worse : CHART_COLORS.open;
  const bar = interval ? segment({ x: x(interval.low), y }, { x: x(interval.high), y }, { color, width: 2.4 }) : html``;
  return html`${words(shortened(label, LONGEST), { x: 0, y: y + 4 })}${bar}${dot({ x: x(gap), y }, color, 4)}
      ${words(gapText(row, of), { x: NAMES + GAPS + NUMBERS, y: y + 4 }, { anchor: 'end', size: 12, color: CHART_COLORS.soft })}`;
}

function gapTable({ of, by, rows }: ReliabilityTable): Html {
  return html`<table><caption>Predicted and found by ${by}</caption>
    <thead><tr><th scope="col">${by}</th><th scope="col">predicted</th><th scope="col">found</th><th scope="col">predicted less found</th><th scope="col">${of === 'click' ? 'items' : 'lists'}</th></tr></thead>
    <tbody>${rows.map(
      (row) =>
        html`<tr><th scope="row">${row.label}</th><td>${formatPredicted(row.predicted, of)}</td><td>${formatPredicted(row.found, of)}</td><td>${gapText(row, of)}</td><td>${formatCount(row.count)}</td></tr>`,
    )}</tbody></table>`;
}
