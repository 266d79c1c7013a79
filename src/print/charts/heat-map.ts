/** A heat map that explains itself: a title, what it shows, named rows and columns, cells and the key of their colours. */
import { type Html, html, trustedMarkup } from '../html-template.ts';
import { shortened } from '../influence-scale.ts';
import { wrapLines } from '../text/wrap-lines.ts';
import { CELL, type ColorKey, colorKey, type HeatCell, heatCell } from './heat-cells.ts';
import { INFLUENCE_STYLE } from './influence-colors.ts';

/** Pixels. */
const NAMES = 190;
const MARGIN = 16;
const LINE = 18;

export interface HeatMap {
  readonly title: string;
  /** What rows, columns and numbers are. */
  readonly explanation: string;
  /** Rows, and columns. */
  readonly size: number;
  /** Pixels that the heads of the columns take. */
  readonly head: number;
  /** Pixels. */
  readonly leastWidth: number;
  readonly ends: ColorKey['ends'];
  /** `x`: the middle of the column, `top`: where its cells begin. */
  columnHead(column: number, at: { readonly x: number; readonly top: number }): Html;
  /** `x`: where the text ends, `y`: where the row begins. */
  rowHead(row: number, at: { readonly x: number; readonly y: number }): Html;
  cell(row: number, column: number): Omit<HeatCell, 'x' | 'y'>;
}

export function heatMap(map: HeatMap): Html {
  const { title, explanation, size, head, leastWidth, ends } = map;
  const width = Math.max(leastWidth, NAMES + CELL.width * size + 2 * MARGIN);
  const explained = wrapLines(explanation, Math.floor((width - 2 * MARGIN) / 6.2)).split('\n');
  const top = MARGIN + 26 + explained.length * LINE + head;
  const left = MARGIN + NAMES;
  const bottom = top + CELL.height * size;
  const height = bottom + 58;
  const each = Array.from({ length: size }, (_, at) => at);
  const columns = each.map((column) => map.columnHead(column, { x: left + (column + 0.5) * CELL.width, top }));
  const rows = each.map((row) => {
    const y = top + row * CELL.height;
    const cells = each.map((column) => heatCell({ ...map.cell(row, column), x: left + column * CELL.width, y }));
    return html`${map.rowHead(row, { x: left - 10, y })}${cells}`;
  });
  return html`<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="${title}" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" data-chart="influence">
    <style>${trustedMarkup(INFLUENCE_STYLE)}</style>
    <rect class="paper" width="${width}" height="${height}" />
    <text x="${MARGIN}" y="${MARGIN + 16}" class="title">${shortened(title, Math.floor((width - 2 * MARGIN) / 8.4))}</text>
    ${explained.map((line, at) => html`<text x="${MARGIN}" y="${MARGIN + 38 + at * LINE}" class="soft">${line}</text>`)}
    ${columns}${rows}
    ${colorKey({ x: left, y: bottom + 18, ends })}
  </svg>`;
}
