import type { ComparisonReport } from '../../measure/comparison-report.ts';
import type { LearningCurve } from '../../measure/learning-curve.ts';
import { overfittingRows } from '../../measure/overfitting.ts';
import { columnHead, METRIC_GROUPS, metricsOf } from '../../measure/report-metrics.ts';
import { checkOptionsArgument } from '../../slate/check-argument.ts';
import { differencePlots } from '../charts/difference-plot.ts';
import { checkReport } from '../check-report.ts';
import { type Html, html, trustedMarkup } from '../html-template.ts';
import { headlineSentences } from '../text/headline.ts';
import { differenceLegend, OVERFITTING_LEGEND, tableLegend } from '../text/legends.ts';
import { protocolLines } from '../text/protocol-lines.ts';
import { itemRateTable, metricTable, overfittingTable } from './html-tables.ts';
import { learningCurveSection } from './learning-curve-section.ts';
import { REPORT_STYLE } from './report-style.ts';

export interface HtmlReportInput {
  readonly report: ComparisonReport;
  readonly curves?: readonly LearningCurve[];
  /** The resolved config of each recipe by name, shown as JSON. */
  readonly configs?: Readonly<Record<string, unknown>>;
}

/** The whole comparison as one self-contained page: no script, nothing loaded, every text of the user's escaped. */
export function renderHtml(input: HtmlReportInput): string {
  checkOptionsArgument(input, 'renderHtml', ['report']);
  const { report, curves = [], configs = {} } = input;
  checkReport(report, 'renderHtml');
  const overfitting = overfittingRows(curves);
  const [headline = 'Comparison', ...findings] = headlineSentences(report, overfitting);
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="slatewise">
<title>Slatewise: ${headline}</title>
<style>${trustedMarkup(REPORT_STYLE)}</style>
</head>
<body><main>
<header>
  <p class="eyebrow">Slatewise comparison · ${report.protocol.data}</p>
  <h1>${headline}</h1>
  <ul class="findings">${findings.map((sentence) => html`<li>${sentence}</li>`)}</ul>
</header>
${differenceSection(report)}
${learningCurveSection(curves)}
${overfitting.length === 0 ? html`` : overfittingSection(overfitting)}
${metricSection(report)}
${protocolSection(report)}
${configSection(configs)}
</main></body>
</html>
`;
  return page.markup;
}

function differenceSection(report: ComparisonReport): Html {
  const plots = differencePlots(report);
  if (plots.length === 0) return html``;
  return html`<section>
    <h2>Differences to ${report.baseline}, in points</h2>
    <p class="legend">${differenceLegend(report)} Lines are intervals; green is better, red is worse, grey is open.</p>
    <div class="thirds">${plots}</div>
  </section>`;
}

function overfittingSection(rows: ReturnType<typeof overfittingRows>): Html {
  return html`<section>
    <h3>Overfitting gaps</h3>
    <p class="legend">${OVERFITTING_LEGEND}</p>
    <div class="scroll">${overfittingTable(rows)}</div>
  </section>`;
}

function metricSection(report: ComparisonReport): Html {
  const metrics = metricsOf(report);
  const groups = METRIC_GROUPS.filter(({ group }) => metrics.some((metric) => metric.group === group));
  return html`<section>
    <h2>Metrics</h2>
    <p class="legend">${tableLegend(report, 'Underlined: the')} In the coloured field: the difference to ${report.baseline} in points.</p>
    ${groups.map(({ group, title }) => html`<div class="scroll">${metricTable(report, group, title)}</div>`)}
    <div class="scroll">${itemRateTable(report)}</div>
    <details><summary>What the metrics mean</summary>
      <dl>${metrics.map((metric) => html`<dt>${columnHead(metric)}</dt><dd>${metric.meaning}</dd>`)}</dl>
    </details>
  </section>`;
}

function protocolSection(report: ComparisonReport): Html {
  const lines = protocolLines(report).map(({ name, text }) => html`<dt>${name}</dt><dd>${text}</dd>`);
  return html`<section><h2>Protocol</h2><dl>${lines}</dl></section>`;
}

function configSection(configs: Readonly<Record<string, unknown>>): Html {
  const entries = Object.entries(configs);
  if (entries.length === 0) return html``;
  const details = entries.map(
    ([recipe, config]) =>
      html`<details><summary>${recipe}</summary><pre>${JSON.stringify(config, undefined, 2) ?? 'undefined'}</pre></details>`,
  );
  return html`<section><h2>Configs</h2>${details}</section>`;
}
