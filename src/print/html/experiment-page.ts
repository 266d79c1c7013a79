/** The experiments of a journal as a page. */
import {
  type ExperimentReport,
  type ListMetricCell,
  type MetricName,
  metricNames,
} from '../../measure/experiment/experiment-report.ts';
import { intervalTracks, type Track } from '../charts/interval-tracks.ts';
import type { Picture } from '../charts/picture.ts';
import { formatCount, formatMetric } from '../format-numbers.ts';
import { type Html, html } from '../html-template.ts';
import {
  between,
  decidedBy,
  differenceText,
  experimentLegend,
  experimentSentence,
  guardrailSentences,
  metricTitle,
  sampleRatioSentence,
  shadowSentences,
  signed,
} from '../text/experiment-sentences.ts';
import { captionedTable } from './html-tables.ts';
import type { Page } from './page.ts';
import { figure, type Section } from './section.ts';

export function experimentPage(reports: readonly ExperimentReport[], journal: string): Page {
  const [headline, ...findings] = reports.map(experimentSentence);
  return {
    eyebrow: `Slatewise experiments · ${journal}`,
    ...{ headline, findings },
    sections: reports.map(experimentSection),
  };
}

function experimentSection(report: ExperimentReport, at: number): Section {
  const { name, variants } = report;
  const [control] = variants;
  const asked = metricNames.filter((metric) => control.metrics[metric] !== undefined);
  const pictures = asked.flatMap((metric) => differencePicture(report, metric, at));
  const lines = variants.slice(1).flatMap((variant) => guardrailSentences(variant, control));
  const body = html`<p>${experimentSentence(report)}</p>
    <p>Sample ratio: ${sampleRatioSentence(report)}</p>
    ${pictures.map((picture) => figure(picture))}
    ${lines.length === 0 ? html`` : html`<h3>What should not rise</h3><ul>${lines.map((line) => html`<li>${line}</li>`)}</ul>`}
    ${shadowSentences(report).map((line) => html`<p>${line}</p>`)}
    ${experimentLegend(report).map((line) => html`<p class="legend">${line}</p>`)}`;
  return { id: `experiment-${at + 1}`, title: name, body, pictures };
}

/** Nothing where no variant can be compared. */
function differencePicture(report: ExperimentReport, metric: MetricName, at: number): readonly Picture[] {
  const title = metricTitle(metric, report);
  const others = report.variants.slice(1);
  const tracks = others.map(({ name, metrics }) => trackOf(name, metrics[metric]));
  const rows = report.variants.map(({ name, users, lists, metrics }) => rowOf([name, users, lists], metrics[metric]));
  const heads = ['variant', 'users', 'lists', title, 'difference', 'with the past'];
  const note = 'difference to the control, with intervals that hold at all looks';
  return [
    {
      ...{ name: `experiment-${at + 1}-${metric}`, title, note },
      ...intervalTracks(tracks, { width: 460, format: signed }),
      table: captionedTable(title, heads, rows),
    },
  ];
}

function trackOf(label: string, cell: ListMetricCell | undefined): Track {
  const found = cell && decidedBy(cell);
  if (!found)
    return { label, told: 'too few users', value: Number.NaN, low: Number.NaN, high: Number.NaN, tone: 'open' };
  const { estimate, low, high } = found;
  const tone = low > 0 ? 'better' : high < 0 ? 'worse' : 'open';
  return { label, told: `${signed(estimate)} ${between(found)}`, value: estimate, low, high, tone };
}

function rowOf([name, users, lists]: readonly [string, number, number], cell: ListMetricCell | undefined): Html {
  return html`<tr><th scope="row">${name}</th><td>${formatCount(users)}</td><td>${formatCount(lists)}</td><td>${formatMetric(cell?.perList ?? null)}</td><td>${differenceText(cell?.difference)}</td><td>${differenceText(cell?.reduced)}</td></tr>`;
}
