import type { ComparisonReport, SystemRow } from '../../measure/comparison-report.ts';
import { columnHead, type MetricInfo, metricsOf } from '../../measure/report-metrics.ts';
import { formatDifferenceInterval, formatPoints } from '../format-numbers.ts';
import { type Html, html } from '../html-template.ts';
import { intervalTracks, type Track } from './interval-tracks.ts';
import type { Picture } from './picture.ts';

/** Differences to the baseline with their intervals, one small picture a metric, one track a recipe. */
export function differencePictures(report: ComparisonReport): readonly Picture[] {
  const rivals = report.systems.filter(({ kind, name }) => kind === 'recipe' && name !== report.baseline);
  if (rivals.length === 0) return [];
  const plotted = metricsOf(report).filter(({ toldIn, hasInterval }) => hasInterval && toldIn.includes('plots'));
  return plotted.map((metric) => ({
    name: `difference-${metric.name}`,
    title: columnHead(metric),
    ...(metric.higherIsBetter ? {} : { note: 'lower is better' }),
    ...intervalTracks(
      rivals.map((row) => trackOf(row, metric)),
      { format: formatPoints },
    ),
    table: differenceTable(rivals, metric),
  }));
}

function trackOf({ name, metrics }: SystemRow, metric: MetricInfo): Track {
  const difference = metrics[metric.name].toBaseline;
  if (difference === null)
    return { label: name, told: 'undefined', value: Number.NaN, low: Number.NaN, high: Number.NaN, tone: 'open' };
  const { points, low, high, verdict } = difference;
  const told = `${formatPoints(points)} ${formatDifferenceInterval(difference)}`;
  return { label: name, told, value: points, low, high, tone: verdict ?? 'open' };
}

function differenceTable(rivals: readonly SystemRow[], metric: MetricInfo): Html {
  const rows = rivals.map(({ name, metrics }) => {
    const difference = metrics[metric.name].toBaseline;
    const told =
      difference === null
        ? ['–', '–', '–']
        : [formatPoints(difference.points), formatDifferenceInterval(difference), difference.verdict ?? 'not told'];
    return html`<tr><th scope="row">${name}</th>${told.map((text) => html`<td>${text}</td>`)}</tr>`;
  });
  return html`<table><caption>${metric.title}: difference to the baseline</caption>
    <thead><tr><th scope="col">recipe</th><th scope="col">points</th><th scope="col">interval</th><th scope="col">verdict</th></tr></thead><tbody>${rows}</tbody></table>`;
}
