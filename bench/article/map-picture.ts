/** The map as a picture: a row a cell, a column a figure, Triplet left and ListNet right. */

import type { MeasuredCell } from './cell-row.ts';
import { type Difference, type Figure, figures, rowOf, secondTasks, titles, verdictOf } from './differences.ts';
import { mapRows } from './map-rows.ts';

/** Pixels. */
const CELL = { width: 58, height: 22 };
const LABEL = 320;
const GAP = 16;
const TOP = 146;
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

export function mapPicture(cells: readonly MeasuredCell[]): string {
  const block = figures.length * CELL.width;
  const width = LABEL + 2 * block + GAP + 12;
  const rows = mapRows(cells);
  const height = TOP + rows.length * CELL.height + 16;
  const left = (task: number, column: number): number => LABEL + task * (block + GAP) + column * CELL.width;
  const parts: string[] = [];
  for (const [t, task] of secondTasks.entries()) {
    parts.push(
      text(titles[task], { x: left(t, 0) + block / 2, y: TOP - 64, extra: 'text-anchor="middle" font-weight="bold"' }),
    );
    for (const [column, { head }] of figures.entries()) {
      const lines = head.split(/(?<=,) | (?=validation)/);
      for (const [line, word] of lines.entries())
        parts.push(
          text(word, {
            ...{ x: left(t, column) + CELL.width / 2, y: TOP - 8 - 14 * (lines.length - 1 - line) },
            extra: 'text-anchor="middle" font-size="11"',
          }),
        );
    }
  }
  for (const [row, { label, cell, weights }] of rows.entries()) {
    const y = TOP + row * CELL.height;
    parts.push(text(label, { x: LABEL - 8, y: y + 15, extra: 'text-anchor="end"' }));
    for (const [t, task] of secondTasks.entries()) {
      const found = rowOf(cell, task, weights[task]);
      for (const [column, figure] of figures.entries()) {
        const difference = found && figure.of(found);
        // The curves of a cell of which the last epoch is judged are those of another.
        if (difference && !(figure.isOfCurves && cell.keeps === 'last'))
          parts.push(square(difference, figure, { x: left(t, column), y }));
      }
    }
  }
  const lines = [
    'Where does a second task help? A second task less clicks alone, in points (hundredths).',
    'Green: better, red: worse; framed: beyond chance, over seeds and users (rise and best validation loss: over seeds).',
    'rise: how far the validation loss goes up again after its best epoch. break-even: recall without a threshold. AUC, last epoch: on validation, no best epoch kept.',
  ];
  const head = lines.map((line, at) =>
    text(line, { x: 12, y: 22 + 17 * at, extra: at === 0 ? 'font-weight="bold"' : 'font-size="12"' }),
  );
  return [
    `<svg role="img" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="system-ui, sans-serif" font-size="13" fill="#1c1c1c">`,
    `<title>Differences of a second task to clicks alone, cell by cell; docs/article.md has them as a table</title>`,
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    ...head,
    ...parts,
    '</svg>\n',
  ].join('\n');
}

function square(difference: Difference, figure: Figure, { x, y }: { x: number; y: number }): string {
  const { points } = difference;
  const isGain = points > 0 !== figure.isLowerBetter;
  const strength = Math.min(1, Math.abs(points) / (FULL[figure.id] ?? FULL_LOSS));
  const frame = verdictOf(difference, figure) === 'open' ? '' : ' stroke="#1c1c1c" stroke-width="1.6"';
  const colour = isGain ? '26, 127, 72' : '190, 60, 40';
  const [w, h] = [CELL.width - 4, CELL.height - 4];
  return [
    `<rect x="${x + 2}" y="${y + 2}" width="${w}" height="${h}" rx="2" fill="rgba(${colour}, ${(0.55 * strength).toFixed(2)})"${frame}/>`,
    text(signed(points), { x: x + CELL.width / 2, y: y + 15, extra: 'text-anchor="middle" font-size="11"' }),
  ].join('');
}

export const signed = (value: number): string => `${value < 0 ? '-' : '+'}${Math.abs(value).toFixed(2)}`;

const text = (content: string, { x, y, extra }: { x: number; y: number; extra: string }): string =>
  `<text x="${x}" y="${y}" ${extra}>${content.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</text>`;
