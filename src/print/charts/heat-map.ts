/** A heat map: named rows and columns, cells and the key of their colours. */
import { type Html, html } from '../html-template.ts';
import { CELL, type ColorKey, colorKey, type HeatCell, heatCell } from './heat-cells.ts';
import type { Picture } from './picture.ts';

/** Pixels. */
const NAMES = 190;

export interface HeatMap {
  readonly name: string;
  readonly title: string;
  /** What rows, columns and numbers are. */
  readonly note: string;
  /** Of each row, and of its column. */
  readonly labels: readonly string[];
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

export function heatMap(map: HeatMap): Picture {
  const { name, title, note, labels, head, leastWidth, ends } = map;
  const size = labels.length;
  const bottom = head + CELL.height * size;
  const each = [...labels.keys()];
  const columns = each.map((column) => map.columnHead(column, { x: NAMES + (column + 0.5) * CELL.width, top: head }));
  const rows = each.map((row) => {
    const y = head + row * CELL.height;
    const cells = each.map((column) => heatCell({ ...map.cell(row, column), x: NAMES + column * CELL.width, y }));
    return html`${map.rowHead(row, { x: NAMES - 10, y })}${cells}`;
  });
  return {
    ...{ name, title, note },
    width: Math.max(leastWidth, NAMES + CELL.width * size),
    height: bottom + 50,
    marks: html`${columns}${rows}${colorKey({ x: NAMES, y: bottom + 18, ends })}`,
    table: html`<table><caption>${title}. ${note}</caption>
      <thead><tr><td></td>${labels.map((label) => html`<th scope="col">${label}</th>`)}</tr></thead>
      <tbody>${each.map((row) => html`<tr><th scope="row">${labels[row]}</th>${each.map((column) => html`<td>${map.cell(row, column).text}</td>`)}</tr>`)}</tbody></table>`,
  };
}
