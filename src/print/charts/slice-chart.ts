import type { Slice, SlicePart } from '../../measure/slices.ts';
import {
  formatCount,
  formatDifferenceInterval,
  formatInterval,
  formatMetric,
  formatPoints,
} from '../format-numbers.ts';
import { type Html, html } from '../html-template.ts';
import { shortened } from '../influence-scale.ts';
import { CHART_COLORS } from './chart-colors.ts';
import { lineLook } from './line-look.ts';
import { dot, segment, words } from './marks.ts';
import type { Picture, PictureKey } from './picture.ts';

/** Pixels. */
const WIDTH = 460;
const NAMES = 108;
const RIGHT = 16;
const LINE = 15;
const GAP = 12;
const AXIS = 30;
const LONGEST = 16;

/** ROC AUC of each system on each part, with its interval. */
export function slicePicture({ by, parts }: Slice, baseline: string): Picture {
  const systems = Object.keys(parts[0].systems);
  const ends = parts.flatMap(({ systems: cells }) =>
    systems.flatMap((name) => {
      const { mean, interval } = cells[name].rocAuc;
      return [mean, interval?.low ?? null, interval?.high ?? null].filter((end) => end !== null);
    }),
  );
  const low = Math.floor(20 * Math.min(...ends)) / 20;
  const high = Math.ceil(20 * Math.max(...ends)) / 20;
  const x = (value: number): number => NAMES + ((value - low) / (high - low || 1)) * (WIDTH - NAMES - RIGHT);
  const band = systems.length * LINE + GAP;
  const bottom = parts.length * band;
  const ticks = ticksOf(low, high);
  return {
    name: `slice-${by}`,
    title: `By ${by}`,
    note: 'ROC AUC within each part, with 95 % intervals over users and seeds',
    keys: systems.map((label, order): PictureKey => ({ label, mark: 'dot', color: lineLook(order).color })),
    width: WIDTH,
    height: bottom + AXIS,
    marks: html`${ticks.map(
      (tick) => html`${segment({ x: x(tick), y: 0 }, { x: x(tick), y: bottom }, { color: CHART_COLORS.grid })}
      ${words(formatMetric(tick, 2), { x: x(tick), y: bottom + 16 }, { anchor: 'middle', size: 11, color: CHART_COLORS.soft })}`,
    )}
      ${parts.map((part, at) => partMarks(part, { systems, x, top: at * band, band }))}`,
    table: sliceTable({ by, parts }, { systems, baseline }),
  };
}

interface PartPlace {
  readonly systems: readonly string[];
  readonly x: (value: number) => number;
  readonly top: number;
  readonly band: number;
}

function partMarks({ value, items, systems: cells }: SlicePart, { systems, x, top, band }: PartPlace): Html {
  const middle = top + band / 2;
  const marks = systems.map((name, order) => {
    const { color } = lineLook(order);
    const { mean, interval } = cells[name].rocAuc;
    const y = top + GAP / 2 + (order + 0.5) * LINE;
    const bar = interval
      ? segment({ x: x(interval.low), y }, { x: x(interval.high), y }, { color, width: 2.4 })
      : html``;
    return html`${bar}${mean === null ? html`` : dot({ x: x(mean), y }, color, 4.5)}`;
  });
  return html`${words(shortened(value, LONGEST), { x: NAMES - 12, y: middle - 1 }, { anchor: 'end', isBold: true })}
    ${words(`${formatCount(items)} items`, { x: NAMES - 12, y: middle + 13 }, { anchor: 'end', size: 11, color: CHART_COLORS.soft })}${marks}`;
}

function ticksOf(low: number, high: number): readonly number[] {
  const step = high - low > 0.25 ? 0.1 : 0.05;
  const first = Math.ceil(low / step - 1e-9);
  return Array.from({ length: Math.floor(high / step + 1e-9) - first + 1 }, (_, at) => (first + at) * step);
}

function sliceTable(
  { by, parts }: Slice,
  { systems, baseline }: { readonly systems: readonly string[]; readonly baseline: string },
): Html {
  const heads = systems.map((name) => html`<th scope="col">${name}</th>`);
  const rows = parts.map(({ value, lists, items, clicks, systems: cells }) => {
    const figures = systems.map((name) => {
      const { rocAuc, logLoss } = cells[name];
      const difference = rocAuc.toBaseline;
      const told =
        difference === null
          ? html``
          : html`<small class="line">${formatPoints(difference.points)} ${formatDifferenceInterval(difference)} points</small>`;
      return html`<td>${formatMetric(rocAuc.mean)} <small>${formatInterval(rocAuc.interval)}</small>${told}<small class="line">log loss ${formatMetric(logLoss.mean)}</small></td>`;
    });
    return html`<tr><th scope="row">${value}</th><td>${formatCount(lists)}</td><td>${formatCount(items)}</td><td>${((100 * clicks) / items).toFixed(1)} %</td>${figures}</tr>`;
  });
  return html`<table><caption>ROC AUC by ${by}, with intervals; in points the difference to ${baseline}</caption>
    <thead><tr><th scope="col">${by}</th><th scope="col">lists</th><th scope="col">items</th><th scope="col">clicked</th>${heads}</tr></thead><tbody>${rows}</tbody></table>`;
}
