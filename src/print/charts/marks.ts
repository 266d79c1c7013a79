/** Texts and lines of a picture, with what programs that know no style need. */
import { type Html, html } from '../html-template.ts';
import { CHART_COLORS } from './chart-colors.ts';

/** Pixels. */
export interface Place {
  readonly x: number;
  readonly y: number;
}

export interface TextLook {
  readonly anchor?: 'start' | 'middle' | 'end';
  readonly color?: string;
  /** Pixels; 13 unless told otherwise. */
  readonly size?: number;
  readonly isBold?: boolean;
}

export function words(text: string, { x, y }: Place, look: TextLook = {}): Html {
  const { anchor = 'start', color = CHART_COLORS.ink, size = 13, isBold = false } = look;
  const weight = isBold ? html` font-weight="600"` : html``;
  return html`<text x="${rounded(x)}" y="${rounded(y)}" text-anchor="${anchor}" font-size="${size}" fill="${color}"${weight}>${text}</text>`;
}

export interface LineLook {
  readonly color?: string;
  readonly width?: number;
  readonly dash?: string;
}

export function segment(from: Place, to: Place, look: LineLook = {}): Html {
  const { color = CHART_COLORS.soft, width = 1, dash = '' } = look;
  const dashes = dash === '' ? html`` : html` stroke-dasharray="${dash}"`;
  return html`<line x1="${rounded(from.x)}" y1="${rounded(from.y)}" x2="${rounded(to.x)}" y2="${rounded(to.y)}" stroke="${color}" stroke-width="${width}"${dashes} />`;
}

export function dot({ x, y }: Place, color: string, radius = 5): Html {
  return html`<circle cx="${rounded(x)}" cy="${rounded(y)}" r="${radius}" fill="${color}" />`;
}

const rounded = (value: number): string => String(Number(value.toFixed(1)));
