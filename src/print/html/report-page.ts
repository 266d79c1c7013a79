/** All that is known of a comparison, of trainings or of a model, as one page. */

import type { Diagnosis } from '../../measure/diagnosis-report.ts';
import type { LearningCurve } from '../../measure/learning-curve.ts';
import type { ScoreCurves } from '../../measure/score-curves.ts';
import { diagnosisSentences } from '../text/diagnosis-sentences.ts';
import { effectsVerdict } from '../text/effects-text.ts';
import { worthText } from '../text/worth-text.ts';
import { configSection } from './comparison-sections.ts';
import { curveSection } from './curve-section.ts';
import { diagnosisSection } from './diagnosis-section.ts';
import { thresholdSection } from './figure-sections.ts';
import type { Page } from './page.ts';
import { comparisonPage, type HtmlReportInput } from './render-html.ts';
import { type EffectsResult, effectsSection, type WorthResult, worthSection } from './results-sections.ts';
import type { Section } from './section.ts';
import { type ExplainedSlate, noSlateSection, slateSection } from './slate-section.ts';
import { type TrainingFacts, trainingHeadline, trainingSection } from './training-section.ts';

export interface ReportContents {
  /** How the page calls what it is of. */
  readonly name: string;
  readonly comparison?: HtmlReportInput;
  /** Where nothing was compared. */
  readonly trainings?: {
    readonly runs: readonly TrainingFacts[];
    readonly curves: readonly LearningCurve[];
    readonly configs: Readonly<Record<string, unknown>>;
    /** Of a model: what it found on the validation lists. */
    readonly onValidation?: { readonly curves: readonly ScoreCurves[]; readonly clickRate: number };
  };
  /** A few real lists, and which model was asked about them. */
  readonly slates?: {
    readonly slates: readonly ExplainedSlate[];
    readonly recipe: string;
    readonly ofTest: boolean;
  };
  readonly worth?: WorthResult;
  readonly effects?: EffectsResult;
  readonly diagnosis?: Diagnosis;
}

/** What answers most comes first: is company worth modelling, then which recipe is better, then who changes whose clicks. */
export function reportPage(contents: ReportContents): Page {
  const { name, comparison, trainings, worth, effects, diagnosis } = contents;
  const main = comparison ? comparisonPage(comparison) : trainings ? trainingsPage(name, trainings) : undefined;
  const ofMain = main ? [main.headline, ...main.findings] : [];
  const sentences = [
    ...(worth ? [worthText(worth, worth).split('\n')[0]] : []),
    ...(comparison ? ofMain : []),
    ...(effects ? [effectsVerdict(effects)] : []),
    ...(diagnosis ? [`Why it overfits. ${diagnosisSentences(diagnosis).verdict}`] : []),
    // How many trainings there are answers nothing: it comes last.
    ...(comparison ? [] : ofMain),
  ];
  const [headline = name, ...findings] = sentences;
  return {
    eyebrow: main?.eyebrow ?? `Slatewise report · ${name}`,
    ...{ headline, findings },
    sections: [
      ...(worth ? [worthSection(worth)] : []),
      ...(effects ? [effectsSection(effects)] : []),
      ...(diagnosis ? [diagnosisSection(diagnosis)] : []),
      ...beforeCurves(main?.sections ?? [], slatesOf(contents)),
    ],
  };
}

/** Of a comparison with a list model they are missed, so that it says why there are none. */
function slatesOf({ comparison, slates }: ReportContents): readonly Section[] {
  if (slates) return slateSection(slates.slates, slates);
  if (!comparison) return [];
  const { curves = [], report } = comparison;
  return curves.some(({ recipe }) => recipe !== report.pointwise) ? [noSlateSection()] : [];
}

const ON_VALIDATION = 'One training, on the validation lists, which chose its epoch: a little too good.';

function trainingsPage(name: string, trainings: NonNullable<ReportContents['trainings']>): Page {
  const { runs, curves, configs, onValidation } = trainings;
  const thresholds = onValidation
    ? [thresholdSection(onValidation.curves, { clickRate: onValidation.clickRate, measured: ON_VALIDATION })]
    : [];
  return {
    eyebrow: `Slatewise report · ${name}`,
    headline: trainingHeadline(runs),
    findings: [],
    sections: [
      ...thresholds.filter(({ pictures }) => pictures.length > 0),
      ...curveSection(curves),
      trainingSection(runs),
      ...configSection(configs),
    ],
  };
}

/** What is told of lists stands before how the models were trained. */
function beforeCurves(sections: readonly Section[], more: readonly Section[]): readonly Section[] {
  const at = sections.findIndex(({ id }) => id === 'curves');
  return at < 0 ? [...sections, ...more] : [...sections.slice(0, at), ...more, ...sections.slice(at)];
}
