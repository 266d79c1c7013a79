/** Estimates with their intervals around nothing: each has a line of words and below it a track, in which nothing is written. */
import { type Html, html } from '../html-template.ts';
import { shortened } from '../influence-scale.ts';
import { CHART_COLORS } from './chart-colors.ts';
import { dot, segment, words } from './marks.ts';

export interface Track {
  readonly label: string;
  /** The numbers as they are read. */
  readonly told: string;
  /** Not finite: there is none, and the track stays empty. */
  readonly value: number;
  readonly low: number;
  readonly high: number;
  readonly tone: 'better' | 'worse' | 'open';
}

export interface TracksOptions {
  /** Pixels; 360 unless told otherwise. */
  readonly width?: number;
  /** Of the ends of the scale. */
  readonly format: (value: number) => string;
}

/** Pixels. */
const MARGIN = 10;
const WORDS = 22;
const TRACK = 18;
const GAP = 10;
const AXIS = 26;
/** Pixels of a letter. */
const LETTER = 6.9;

export function intervalTracks(
  tracks: readonly Track[],
  { width = 360, format }: TracksOptions,
): { readonly width: number; readonly height: number; readonly marks: Html } {
  const ends = tracks.flatMap(({ low, high }) => [low, high]).filter(Number.isFinite);
  const low = Math.min(0, ...ends);
  const high = Math.max(0, ...ends);
  const scale = (width - 4 * MARGIN) / (high - low || 1);
  const x = (value: number): number => 2 * MARGIN + (value - low) * scale;
  const rows = tracks.length * (WORDS + TRACK + GAP);
  const marks = tracks.map((track, at) => trackMarks(track, { x, top: at * (WORDS + TRACK + GAP), width }));
  return { width, height: rows + AXIS, marks: html`${marks}${axis({ low, high, x, y: rows, format })}` };
}

interface TrackPlace {
  readonly x: (value: number) => number;
  readonly top: number;
  readonly width: number;
}

function trackMarks({ label, told, value, low, high, tone }: Track, { x, top, width }: TrackPlace): Html {
  const y = top + WORDS + TRACK / 2;
  const [above, below] = [y - TRACK / 2, y + TRACK / 2];
  const color = CHART_COLORS[tone];
  const longest = Math.floor((width - 2 * MARGIN - LETTER * told.length) / LETTER) - 1;
  const interval = Number.isFinite(value)
    ? html`${segment({ x: x(low), y }, { x: x(high), y }, { color, width: 3.5 })}${dot({ x: x(value), y }, color)}`
    : html``;
  return html`${words(shortened(label, longest), { x: MARGIN, y: top + 16 })}
    ${words(told, { x: width - MARGIN, y: top + 16 }, { anchor: 'end', size: 12, color })}
    <rect x="${MARGIN}" y="${above}" width="${width - 2 * MARGIN}" height="${TRACK}" rx="4" fill="${CHART_COLORS.field}" />
    ${segment({ x: x(0), y: above }, { x: x(0), y: below }, { width: 1.5 })}${interval}`;
}

interface AxisPlace {
  readonly low: number;
  readonly high: number;
  readonly x: (value: number) => number;
  readonly y: number;
  readonly format: (value: number) => string;
}

/** No difference, and the ends of the scale, where they do not touch it. */
function axis({ low, high, x, y, format }: AxisPlace): Html {
  const soft = { size: 11, color: CHART_COLORS.soft };
  const end = (value: number, anchor: 'start' | 'end'): Html =>
    Math.abs(x(value) - x(0)) > 40 ? words(format(value), { x: x(value), y: y + 12 }, { ...soft, anchor }) : html``;
  return html`${end(low, 'start')}${words('0', { x: x(0), y: y + 12 }, { ...soft, anchor: 'middle' })}${end(high, 'end')}`;
}
