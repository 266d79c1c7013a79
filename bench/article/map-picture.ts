/** The map as a picture: a block a second task, a row a cell, a column a figure. Narrow enough to be read on a page. */

import type { MeasuredCell } from './cell-row.ts';
import { type Difference, type Figure, figures, rowOf, secondTasks, titles, verdictOf } from './differences.ts';
import { mapGroups } from './map-rows.ts';

/** Pixels. */
const CELL = { width: 64, height: 22 };
const LABEL = 290;
const TOP = 104;
/** Of a block, above its first group: its title, and the heads of the columns. */
const HEAD = 74;
const WIDTH = LABEL + figures.length * CELL.width + 8;
/** Points at which a colour is full. */
const FULL: Readonly<Record<string, number>> = {
  rocAucAtLast: 2,
  rocAuc: 1,
  prAuc: 2,
  f1: 2,
  recall: 10,
  recallAtBreakEven: 2,
};
const FULL_LOSS = 1;
/** What may be chance is pale at most, however large it is. */
const STRENGTH = { beyondChance: 0.55, open: 0.16 };

const legend = [
  'Where does a second task help? A second task less clicks alone, in points (hundredths)',
  'Green: better. Red: worse. Framed and strong: beyond chance, each difference by itself. Pale: may be chance.',
  'rise: how far the validation loss goes up again after its best epoch; less is better, as of every loss.',
  'AUC, last epoch: ROC AUC on validation where no best epoch is kept. break-even: recall without a threshold.',
];

export function mapPicture(cells: readonly MeasuredCell[]): string {
  const parts: string[] = [];
  let y = TOP;
  for (const task of secondTasks) {
    parts.push(text(titles[task], { x: 12, y: y + 20, extra: 'font-size="16" font-weight="bold"' }), ...heads(y));
    y += HEAD;
    for (const { title, rows } of mapGroups(cells, task)) {
      parts.push(text(title, { x: 12, y: y + 15, extra: 'font-weight="bold"' }));
      y += CELL.height;
      for (const { label, cell, weight } of rows) {
        parts.push(text(label, { x: 24, y: y + 15 }));
        const found = rowOf(cell, task, weight);
        for (const [column, figure] of figures.entries()) {
          const difference = found && figure.of(found);
          // The curves of a cell of which the last epoch is judged are those of another.
          if (difference && !(figure.isOfCurves && cell.keeps === 'last'))
            parts.push(square(difference, figure, { x: left(column), y }));
        }
        y += CELL.height;
      }
      y += 6;
    }
    y += 18;
  }
  return [
    `<svg role="img" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${y}" font-family="system-ui, sans-serif" font-size="13" fill="#1c1c1c">`,
    `<title>Differences of a second task to clicks alone, cell by cell; docs/article.md has them as a table</title>`,
    `<rect width="${WIDTH}" height="${y}" fill="#ffffff"/>`,
    ...legend.map((line, at) =>
      text(line, { x: 12, y: 24 + 20 * at, extra: at === 0 ? 'font-size="14" font-weight="bold"' : '' }),
    ),
    ...parts,
    '</svg>\n',
  ].join('\n');
}

const left = (column: number): number => LABEL + column * CELL.width;

/** Of a block whose top is here: which part of the log, over a line, and the figures. */
function heads(top: number): readonly string[] {
  const ofCurves = figures.filter(({ isOfCurves }) => isOfCurves).length;
  const spans = [
    { title: 'validation, over seeds', from: 0, to: ofCurves },
    { title: 'test part, over seeds and users', from: ofCurves, to: figures.length },
  ];
  const bars = spans.flatMap(({ title, from, to }) => [
    text(title, { x: (left(from) + left(to)) / 2, y: top + 20, extra: 'text-anchor="middle"' }),
    `<path d="M${left(from) + 3} ${top + 28}H${left(to) - 3}" stroke="#1c1c1c"/>`,
  ]);
  const names = figures.flatMap(({ head }, column) => {
    const lines = head.split(/(?<=,) | (?=validation)/);
    return lines.map((word, line) =>
      text(word, {
        ...{ x: left(column) + CELL.width / 2, y: top + HEAD - 10 - 15 * (lines.length - 1 - line) },
        extra: 'text-anchor="middle" font-size="11"',
      }),
    );
  });
  return [...bars, ...names];
}

function square(difference: Difference, figure: Figure, { x, y }: { x: number; y: number }): string {
  const { points } = difference;
  const isOpen = verdictOf(difference, figure) === 'open';
  const isGain = points > 0 !== figure.isLowerBetter;
  const share = Math.min(1, Math.abs(points) / (FULL[figure.id] ?? FULL_LOSS));
  const strength = share * (isOpen ? STRENGTH.open : STRENGTH.beyondChance);
  const frame = isOpen ? '' : ' stroke="#1c1c1c" stroke-width="1.6"';
  const colour = isGain ? '26, 127, 72' : '190, 60, 40';
  const [w, h] = [CELL.width - 4, CELL.height - 4];
  return [
    `<rect x="${x + 2}" y="${y + 2}" width="${w}" height="${h}" rx="2" fill="rgba(${colour}, ${strength.toFixed(2)})"${frame}/>`,
    text(signed(points), { x: x + CELL.width / 2, y: y + 15, extra: 'text-anchor="middle" font-size="12"' }),
  ].join('');
}

export const signed = (value: number): string => `${value < 0 ? '-' : '+'}${Math.abs(value).toFixed(2)}`;

const text = (content: string, { x, y, extra = '' }: { x: number; y: number; extra?: string }): string =>
  `<text x="${x}" y="${y}" ${extra}>${content.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</text>`;
