/** What a comparison of recipes shows: differences, metrics, protocol. */
import type { ComparisonReport } from '../../measure/comparison-report.ts';
import { columnHead, METRIC_GROUPS, metricsOf } from '../../measure/report-metrics.ts';
import { differencePictures } from '../charts/difference-plot.ts';
import { html } from '../html-template.ts';
import { differenceLegend, tableLegend } from '../text/legends.ts';
import { protocolLines } from '../text/protocol-lines.ts';
import { itemRateTable, metricTable } from './html-tables.ts';
import { figure, type Section, scrolled } from './section.ts';

export function differenceSection(report: ComparisonReport): readonly Section[] {
  const pictures = differencePictures(report);
  if (pictures.length === 0) return [];
  const body = html`<p class="legend">${differenceLegend(report)} Bars are intervals, the dark line is no difference; green is better, red is worse, grey is open.</p>
    <div class="thirds">${pictures.map((picture) => figure(picture))}</div>`;
  return [{ id: 'differences', title: `Differences to ${report.baseline}, in points`, body, pictures }];
}

export function metricSection(report: ComparisonReport): Section {
  const metrics = metricsOf(report);
  const groups = METRIC_GROUPS.filter(({ group }) => metrics.some((metric) => metric.group === group));
  const rate = itemRateTable(report);
  const body = html`<p class="legend">${tableLegend(report, 'Underlined: the')} In the coloured field: the difference to ${report.baseline} in points.</p>
    ${groups.map(({ group, title }) => scrolled(metricTable(report, group, title), title))}
    ${rate === undefined ? html`` : scrolled(rate, 'Above the item rate')}
    <details><summary>What the metrics mean</summary>
      <dl>${metrics.map((metric) => html`<dt>${columnHead(metric)}</dt><dd>${metric.meaning}</dd>`)}</dl>
    </details>`;
  return { id: 'metrics', title: 'All figures', body, pictures: [] };
}

export function protocolSection(report: ComparisonReport): Section {
  const lines = protocolLines(report).map(({ name, text }) => html`<dt>${name}</dt><dd>${text}</dd>`);
  return { id: 'protocol', title: 'How this was measured', body: html`<dl>${lines}</dl>`, pictures: [] };
}

export function configSection(configs: Readonly<Record<string, unknown>>): readonly Section[] {
  const entries = Object.entries(configs);
  if (entries.length === 0) return [];
  const body = html`${entries.map(
    ([recipe, config]) =>
      html`<details><summary>${recipe}</summary><pre tabindex="0">${JSON.stringify(config, undefined, 2) ?? 'undefined'}</pre></details>`,
  )}`;
  return [{ id: 'configs', title: 'Configs', body, pictures: [] }];
}
