import type { ComparisonReport } from '../../measure/comparison-report.ts';
import type { LearningCurve } from '../../measure/learning-curve.ts';
import { overfittingRows } from '../../measure/overfitting.ts';
import type { ReportFigures } from '../../measure/report-figures.ts';
import { checkOptionsArgument } from '../../slate/check-argument.ts';
import { checkReport } from '../check-report.ts';
import { headlineSentences } from '../text/headline.ts';
import { configSection, differenceSection, metricSection, protocolSection } from './comparison-sections.ts';
import { curveSection } from './curve-section.ts';
import { figureSections } from './figure-sections.ts';
import { type Page, pageMarkup } from './page.ts';

export interface HtmlReportInput {
  readonly report: ComparisonReport;
  readonly curves?: readonly LearningCurve[];
  /** What the pictures show beyond the tables. */
  readonly figures?: ReportFigures;
  /** The resolved config of each recipe by name, shown as JSON. */
  readonly configs?: Readonly<Record<string, unknown>>;
}

/** The whole comparison as one self-contained page: no script, nothing loaded, every text of the user's escaped. */
export function renderHtml(input: HtmlReportInput): string {
  checkOptionsArgument(input, 'renderHtml', ['report']);
  checkReport(input.report, 'renderHtml');
  return pageMarkup(comparisonPage(input));
}

export function comparisonPage({ report, curves = [], figures, configs = {} }: HtmlReportInput): Page {
  const [headline = 'Comparison', ...findings] = headlineSentences(report, overfittingRows(curves));
  return {
    ...{ eyebrow: `Slatewise report · ${report.protocol.data}`, headline },
    findings: [...findings, ...unasked(report)],
    sections: [
      ...differenceSection(report),
      ...(figures ? figureSections(figures, report) : []),
      ...curveSection(curves),
      metricSection(report),
      protocolSection(report),
      ...configSection(configs),
    ],
  };
}

/** What a reader asks first, where nothing answers it. */
function unasked({ pointwise, systems }: ComparisonReport): readonly string[] {
  const recipes = systems.filter(({ kind }) => kind === 'recipe');
  if (pointwise !== null || recipes.length < 2) return [];
  return [
    'Whether a model that sees the whole list beats one that scores item by item is not told here: pointwise-bce was not compared.',
  ];
}
