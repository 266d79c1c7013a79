/** The cells and the key of a heat map: blue raises, red lowers, as deep as it is large. */
import { type Html, html } from '../html-template.ts';
import { CHART_COLORS } from './chart-colors.ts';
import { words } from './marks.ts';

/** Pixels. */
export const CELL: { readonly width: number; readonly height: number } = { width: 78, height: 42 };

export interface HeatCell {
  readonly x: number;
  readonly y: number;
  readonly text: string;
  /** From -1, lowers most, to 1, raises most. */
  readonly strength: number;
  /** Nothing is compared here: no box, soft letters. */
  readonly isOwn: boolean;
  readonly isFramed?: boolean;
}

export function heatCell({ x, y, text, strength, isOwn, isFramed = false }: HeatCell): Html {
  const size = html`x="${x + 1}" y="${y + 1}" width="${CELL.width - 2}" height="${CELL.height - 2}" rx="3"`;
  const depth = Math.min(1, Math.abs(strength));
  const color = strength > 0 ? CHART_COLORS.raises : CHART_COLORS.lowers;
  const paint = depth > 0 ? html`<rect ${size} fill="${color}" fill-opacity="${depth.toFixed(3)}" />` : html``;
  const frame = isFramed ? html`<rect ${size} fill="none" stroke="${CHART_COLORS.ink}" stroke-width="2" />` : html``;
  const letters = isOwn ? CHART_COLORS.soft : depth > 0.6 ? '#ffffff' : CHART_COLORS.ink;
  return html`${isOwn ? html`` : html`<rect ${size} fill="${CHART_COLORS.field}" />`}${paint}${frame}
    ${words(text, { x: x + CELL.width / 2, y: y + CELL.height / 2 + 5 }, { anchor: 'middle', color: letters, ...(isOwn ? { size: 12 } : {}) })}`;
}

export interface ColorKey {
  readonly x: number;
  readonly y: number;
  /** What the deepest colours stand for. */
  readonly ends: { readonly low: string; readonly high: string };
}

/** Which colour means what, from the deepest red to the deepest blue. */
export function colorKey({ x, y, ends }: ColorKey): Html {
  const steps = [-1, -0.75, -0.5, -0.25, 0, 0.25, 0.5, 0.75, 1];
  const step = 24;
  const boxes = steps.map((strength, at) => {
    const size = html`x="${x + at * step}" y="${y}" width="${step}" height="12"`;
    const color = strength > 0 ? CHART_COLORS.raises : CHART_COLORS.lowers;
    return html`<rect ${size} fill="${CHART_COLORS.field}" /><rect ${size} fill="${color}" fill-opacity="${Math.abs(strength)}" />`;
  });
  const end = x + steps.length * step;
  const soft = { color: CHART_COLORS.soft, size: 12 };
  return html`${words('lowers the click probability', { x: x - 10, y: y + 11 }, { ...soft, anchor: 'end' })}${boxes}
    ${words('raises it', { x: end + 10, y: y + 11 }, soft)}
    ${words(ends.low, { x, y: y + 30 }, soft)}
    ${words(ends.high, { x: end, y: y + 30 }, { ...soft, anchor: 'end' })}`;
}
