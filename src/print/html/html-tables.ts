import type { ComparisonReport, DifferenceCell, SystemRow } from '../../measure/comparison-report.ts';
import type { OverfittingRow } from '../../measure/overfitting.ts';
import { columnHead, type MetricGroup, type MetricInfo, metricsOf, titleOf } from '../../measure/report-metrics.ts';
import {
  formatDeviation,
  formatDifferenceInterval,
  formatEpoch,
  formatInterval,
  formatMetric,
  formatPoints,
} from '../format-numbers.ts';
import { type Html, html } from '../html-template.ts';
import { bestSystems } from '../text/best-values.ts';

/** A table behind a picture: a head is left empty where its column needs none. */
export const captionedTable = (caption: string, heads: readonly string[], rows: readonly Html[]): Html =>
  html`<table><caption>${caption}</caption><thead><tr>${heads.map((head) => (head === '' ? html`<td></td>` : html`<th scope="col">${head}</th>`))}</tr></thead><tbody>${rows}</tbody></table>`;

/** One group of metrics: the value, its deviation and interval, and the difference to the baseline, best recipe marked. */
export function metricTable(report: ComparisonReport, group: MetricGroup, title: string): Html {
  const metrics = metricsOf(report).filter((metric) => metric.group === group);
  const heads = metrics.map(
    (metric) =>
      html`<th scope="col" title="${metric.meaning}">${columnHead(metric)}${metric.higherIsBetter ? html`` : html` <small>lower is better</small>`}</th>`,
  );
  const best = new Map(metrics.map((metric) => [metric.name, bestSystems(report, metric)]));
  const rows = report.systems.map((row) => {
    const role = row.name === report.baseline ? html` <span class="tag">baseline</span>` : html``;
    const cells = metrics.map((metric) => metricCell(row, metric, best.get(metric.name)?.has(row.name) === true));
    return html`<tr class="${row.kind}"><th scope="row">${row.name}${role}</th>${cells}</tr>`;
  });
  return html`<table>
    <thead><tr><th scope="col">${title}</th>${heads}</tr></thead>
    <tbody>${rows}</tbody>
  </table>`;
}

function metricCell({ metrics, kind }: SystemRow, { name, digits }: MetricInfo, isBest: boolean): Html {
  const { mean, deviation, interval, toBaseline } = metrics[name];
  const value = isBest
    ? html`<strong class="best" title="best mean of a recipe">${formatMetric(mean, digits)}</strong>`
    : html`<span class="value">${formatMetric(mean, digits)}</span>`;
  return html`<td>${value} <small class="deviation">${formatDeviation(deviation, digits)}</small>
    <small class="line">${formatInterval(interval, digits)}</small>${kind === 'recipe' ? differencePill(toBaseline) : html``}</td>`;
}

export function differencePill(difference: DifferenceCell | null): Html {
  if (difference === null) return html``;
  const title = `difference in points ${formatDifferenceInterval(difference)}`;
  return html`<span class="pill ${difference.verdict ?? 'open'}" title="${title}">${formatPoints(difference.points)}</span>`;
}

/** The order in the list against the rate of the items alone. */
export function itemRateTable(report: ComparisonReport): Html | undefined {
  if (report.itemRate === null) return undefined;
  const rows = report.systems
    .filter(({ kind }) => kind === 'recipe')
    .map(({ name, metrics }) => {
      const difference = metrics.ndcgAt10.toItemRate;
      const interval = difference === null ? '' : formatDifferenceInterval(difference);
      return html`<tr><th scope="row">${name}</th><td>${differencePill(difference)} <small>${interval}</small></td></tr>`;
    });
  return html`<table class="narrow">
    <thead><tr><th scope="col">${titleOf('ndcgAt10')} above the ${report.itemRate}, each item's share of clicks so far</th><th scope="col">points</th></tr></thead>
    <tbody>${rows}</tbody>
  </table>`;
}

export function overfittingTable(rows: readonly OverfittingRow[]): Html {
  const heads = [
    'kept epoch',
    'train',
    'validation',
    'gap',
    'last epoch',
    'gap at last',
    'rise after lowest',
    'train falls meanwhile',
  ];
  const body = rows.map((row) => {
    const losses = [row.trainAtKept, row.validationAtKept, row.gapAtKept].map(
      (loss) => html`<td>${loss.toFixed(4)}</td>`,
    );
    return html`<tr><th scope="row">${row.recipe}</th><td>${formatEpoch(row.keptEpoch)}</td>${losses}
      <td>${formatEpoch(row.lastEpoch)}</td><td>${row.gapAtLast.toFixed(4)}</td>
      <td><strong>${row.rise.toFixed(4)}</strong></td><td>${row.fallMeanwhile.toFixed(4)}</td></tr>`;
  });
  return html`<table>
    <thead><tr><th scope="col">${rows[0].loss} loss</th>${heads.map((head) => html`<th scope="col">${head}</th>`)}</tr></thead>
    <tbody>${body}</tbody>
  </table>`;
}
