/** The cells and the key of a heat map: blue raises, red lowers, as deep as it is large. */
import { type Html, html } from '../html-template.ts';
import { INFLUENCE_COLORS } from './influence-colors.ts';

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
  const color = strength > 0 ? INFLUENCE_COLORS.raises : INFLUENCE_COLORS.lowers;
  const paint = depth > 0 ? html`<rect ${size} fill="${color}" fill-opacity="${depth.toFixed(3)}" />` : html``;
  const frame = isFramed ? html`<rect ${size} class="frame" />` : html``;
  const words = isOwn ? 'soft' : depth > 0.6 ? 'on-deep' : 'number';
  return html`${isOwn ? html`` : html`<rect ${size} class="cell" />`}${paint}${frame}
    <text x="${x + CELL.width / 2}" y="${y + CELL.height / 2 + 5}" text-anchor="middle" class="${words}">${text}</text>`;
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
    const color = strength > 0 ? INFLUENCE_COLORS.raises : INFLUENCE_COLORS.lowers;
    return html`<rect ${size} class="cell" /><rect ${size} fill="${color}" fill-opacity="${Math.abs(strength)}" />`;
  });
  const end = x + steps.length * step;
  return html`<text x="${x - 10}" y="${y + 11}" text-anchor="end" class="soft">lowers the click probability</text>${boxes}
    <text x="${end + 10}" y="${y + 11}" class="soft">raises it</text>
    <text x="${x}" y="${y + 30}" class="soft">${ends.low}</text>
    <text x="${end}" y="${y + 30}" text-anchor="end" class="soft">${ends.high}</text>`;
}
