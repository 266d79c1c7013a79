/** What the pictures of a comparison show beyond its tables: curves over thresholds, reliability, parts of the test lists. */
import type { ComparisonReport } from '../../measure/comparison-report.ts';
import type { ReportFigures } from '../../measure/report-figures.ts';
import type { ScoreCurves } from '../../measure/score-curves.ts';
import { gapPicture } from '../charts/gap-chart.ts';
import type { Picture } from '../charts/picture.ts';
import { reliabilityEnd, reliabilityPicture } from '../charts/reliability-chart.ts';
import { precisionPicture, rocPicture } from '../charts/score-curve-chart.ts';
import { slicePicture } from '../charts/slice-chart.ts';
import { type Html, html } from '../html-template.ts';
import { figure, type Section } from './section.ts';

export function figureSections(
  { curves, reliability, slices }: ReportFigures,
  { baseline, protocol, reliability: tables = [] }: ComparisonReport,
): readonly Section[] {
  const { clicks, items } = protocol.parts.test;
  const most = reliabilityEnd(reliability);
  const reliable = reliability.map((one, order) => reliabilityPicture(one, { most, order }));
  const ofBaseline = tables.find(({ name }) => name === baseline)?.items.slice(1) ?? [];
  const gaps = ofBaseline.filter(({ rows }) => rows.length > 1).map(gapPicture);
  const parts = slices.filter((slice) => slice.parts.length > 1).map((slice) => slicePicture(slice, baseline));
  const sections: readonly Section[] = [
    thresholdSection(curves, { clickRate: clicks / items }),
    {
      id: 'reliability',
      title: 'Do as many click as was said?',
      body: html`<p class="legend">Items by their click probability, in ten groups of equal size: what was said against the share that was clicked, with 95 % intervals over users. On the thin line both
        agree; below it the model promises too much. All seeds together: what another seed would say is not in the intervals.</p>
        <div class="thirds">${reliable.map((picture) => figure(picture))}</div>
        ${gapBody(gaps, baseline)}`,
      pictures: [...reliable, ...gaps],
    },
    {
      id: 'slices',
      title: 'On which lists does it work?',
      body: html`<p class="legend">The test lists cut in several ways, each part measured like the whole. Higher is better; parts are ordered as they are named, not by their figures.</p>
        <div class="halves">${parts.map((picture) => figure(picture))}</div>`,
      pictures: parts,
    },
  ];
  return sections.filter(({ pictures }) => pictures.length > 0);
}

/** ROC, precision and recall; without pictures where there is no curve. */
export function thresholdSection(
  curves: readonly ScoreCurves[],
  { clickRate, measured }: { readonly clickRate: number; readonly measured?: string },
): Section {
  const words = measured === undefined ? { clickRate } : { clickRate, measured };
  const pictures = curves.length === 0 ? [] : [rocPicture(curves, measured), precisionPicture(curves, words)];
  return {
    id: 'thresholds',
    title: 'Clicks found at every threshold',
    body: html`<div class="halves">${pictures.map((picture) => figure(picture))}</div>`,
    pictures,
  };
}

function gapBody(gaps: readonly Picture[], baseline: string): Html {
  if (gaps.length === 0) return html``;
  return html`<p class="legend">Predicted less found click probability of ${baseline}, in percentage points: right of the line it promises too much. Red is more than chance; the intervals of one picture hold together.</p>
    <div class="halves">${gaps.map((picture) => figure(picture))}</div>`;
}
