import type { ComparisonReport, SystemRow } from '../../measure/comparison-report.ts';
import { columnHead, type MetricInfo, metricsOf } from '../../measure/report-metrics.ts';
import { formatDifferenceInterval, formatPoints } from '../format-numbers.ts';
import { type Html, html } from '../html-template.ts';

const WIDTH = 360;
const ROW = 26;
const MARGIN = 14;
const AXIS = 26;

/** Differences to the baseline with their intervals, one small picture a metric, one line a recipe. */
export function differencePlots(report: ComparisonReport): Html[] {
  const rivals = report.systems.filter(({ kind, name }) => kind === 'recipe' && name !== report.baseline);
  if (rivals.length === 0) return [];
  const plotted = metricsOf(report).filter(({ toldIn, hasInterval }) => hasInterval && toldIn.includes('plots'));
  return plotted.map((metric) => {
    const note = metric.higherIsBetter ? html`` : html`<small>lower is better</small>`;
    return html`<figure><figcaption>${columnHead(metric)} ${note}</figcaption>${differencePlot(rivals, metric)}</figure>`;
  });
}

function differencePlot(rivals: readonly SystemRow[], metric: MetricInfo): Html {
  const bounds = rivals.flatMap(({ metrics }) => {
    const difference = metrics[metric.name].toBaseline;
    return difference === null ? [] : [difference.low, difference.high];
  });
  const low = Math.min(0, ...bounds);
  const high = Math.max(0, ...bounds);
  const scale = (WIDTH - 2 * MARGIN) / (high - low || 1);
  const x = (points: number): string => (MARGIN + (points - low) * scale).toFixed(1);
  const rows = 2 * ROW * rivals.length;
  const height = rows + AXIS;
  return html`<svg role="img" viewBox="0 0 ${WIDTH} ${height}">
    ${rivals.map((row, index) => differenceLine(row, metric, x, 2 * ROW * index))}
    ${axis({ low, high, x, y: rows })}
  </svg>`;
}

/** No difference, and the ends of the scale, where they do not touch it. */
function axis({ low, high, x, y }: { low: number; high: number; x: (points: number) => string; y: number }): Html {
  const isClear = (end: number): boolean => Math.abs(Number(x(end)) - Number(x(0))) > 40;
  const ends = [
    ...(isClear(low) ? [html`<text class="tick" x="${x(low)}" y="${y + 18}">${formatPoints(low)}</text>`] : []),
    ...(isClear(high) ? [html`<text class="tick end" x="${x(high)}" y="${y + 18}">${formatPoints(high)}</text>`] : []),
  ];
  return html`<line class="axis" x1="${MARGIN}" x2="${WIDTH - MARGIN}" y1="${y + 3}" y2="${y + 3}" />
    <line class="axis" x1="${x(0)}" x2="${x(0)}" y1="${y}" y2="${y + 6}" />
    <text class="tick middle" x="${x(0)}" y="${y + 18}">0</text>${ends}`;
}

function differenceLine(
  { name, metrics }: SystemRow,
  metric: MetricInfo,
  x: (points: number) => string,
  top: number,
): Html {
  const difference = metrics[metric.name].toBaseline;
  if (difference === null) return html`<text x="${MARGIN}" y="${top + 17}">${name}: undefined</text>`;
  const { points, low, high, verdict } = difference;
  const y = top + ROW + 10;
  return html`<g class="${verdict ?? 'open'}">
    <line class="zero" x1="${x(0)}" x2="${x(0)}" y1="${y - 10}" y2="${y + 10}" />
    <text x="${MARGIN}" y="${top + 17}">${name}</text>
    <text class="number" x="${WIDTH - MARGIN}" y="${top + 17}">${formatPoints(points)} ${formatDifferenceInterval(difference)}</text>
    <line class="interval" x1="${x(low)}" x2="${x(high)}" y1="${y}" y2="${y}" />
    <circle cx="${x(points)}" cy="${y}" r="5" />
  </g>`;
}
