/** What an experiment says, for whoever decides: one sentence, and what it rests on. */
import type {
  ExperimentReport,
  GuardrailName,
  ListMetricCell,
  MetricName,
  VariantRow,
} from '../../measure/experiment/experiment-report.ts';
import { formatCount, listed } from '../format-numbers.ts';

const GUARDRAILS: Readonly<Record<GuardrailName, string>> = {
  milliseconds: 'milliseconds an answer',
  fallbacks: 'answers that fell back',
  cancelled: 'answers nobody waited for',
  failed: 'requests that failed',
  refused: 'requests that a full queue sent away',
};

/** What is decided by: with the users' past where there is any, as was settled before anybody looked. */
export const decidedBy = ({ reduced, difference }: ListMetricCell): ListMetricCell['difference'] =>
  reduced ?? difference;

/** `+0.0123`. */
export const signed = (value: number, digits = 4): string =>
  `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(digits)}`;

export const between = ({ low, high }: { readonly low: number; readonly high: number }): string =>
  `[${signed(low)}, ${signed(high)}]`;

/** A difference with its interval; a dash where there is none. */
export const differenceText = (found: ListMetricCell['difference'] | undefined): string =>
  found ? `${signed(found.estimate)} ${between(found)}` : '–';

/** One sentence for a product manager. */
export function experimentSentence(report: ExperimentReport): string {
  const { name, variants, control, sampleRatio } = report;
  if (sampleRatio && !sampleRatio.isSound) return `${name}: ${sampleRatioSentence(report)}`;
  if (variants.every(({ lists }) => lists === 0))
    return `${name}: no list that was answered in it has been shown yet; tell the server what is shown, with the id of the answer.`;
  const others = variants.filter((variant) => variant.name !== control);
  return `${name}: ${others.map((variant) => variantSentence(variant, report)).join(' ')}`;
}

function variantSentence(variant: VariantRow, report: ExperimentReport): string {
  const [control] = report.variants;
  const found = decidedBy(variant.metrics.clicks);
  const alarms = Object.entries(variant.guardrails).flatMap(([guardrail, { isAlarm }]) =>
    isAlarm ? [GUARDRAILS[guardrail as GuardrailName]] : [],
  );
  const warning = alarms.length === 0 ? '' : ` It has more ${listed(alarms, 'and')}, which is no chance.`;
  if (!found)
    return `${variant.name} has too few users to be compared with ${control.name}: each needs 100 who were shown lists.${warning}`;
  const base = control.metrics.clicks.perList ?? 0;
  const share = (value: number): string => (base > 0 ? `${signed((100 * value) / base, 1)} %` : signed(value));
  const range = `between ${share(found.low)} and ${share(found.high)}`;
  if (found.low > 0)
    return `${variant.name} brings more clicks per list than ${control.name}: ${share(found.estimate)}, ${range}.${warning || ' It can take over.'}`;
  if (found.high < 0)
    return `${variant.name} brings fewer clicks per list than ${control.name}: ${share(found.estimate)}, ${range}. End it.${warning}`;
  return `whether ${variant.name} brings more or fewer clicks per list than ${control.name} is open: ${share(found.estimate)}, ${range}. Go on, or stop where that is near enough to nothing.${warning}`;
}

/** Whether users came as they should. */
export function sampleRatioSentence({ sampleRatio, variants }: ExperimentReport): string {
  if (!sampleRatio) return 'how users were to be shared is not in the journal, so it was not checked.';
  const { found, expected, p, isSound } = sampleRatio;
  const counts = variants.map(
    ({ name }, at) => `${name} ${formatCount(found[at])} of ${formatCount(Math.round(expected[at]))}`,
  );
  const figures = `${listed(counts, 'and')} users expected (p ${p < 0.0001 ? 'below 0.0001' : `= ${p.toFixed(4)}`})`;
  return isSound
    ? `users came in the shares that were meant: ${figures}.`
    : `users did not come in the shares that were meant: ${figures}. Find what loses them; nothing else here can be believed until then.`;
}

/** A line for each thing that should not rise; empty of the control. */
export function guardrailSentences({ name, guardrails }: VariantRow, control: VariantRow): readonly string[] {
  return Object.entries(guardrails).flatMap(([key, { increase, isAlarm, perAnswer }]) => {
    const before = control.guardrails[key as GuardrailName].perAnswer;
    if (!increase || perAnswer === null || before === null) return [];
    const figures = `${perAnswer.toFixed(4)} against ${before.toFixed(4)}`;
    const verdict = isAlarm ? `ALARM: it rose by at least ${increase.low.toFixed(4)}` : 'no rise is shown';
    return [`${name}: ${GUARDRAILS[key as GuardrailName]}: ${figures}; ${verdict}`];
  });
}

export const metricTitle = (name: MetricName, { valueField }: ExperimentReport): string =>
  name === 'clicks' ? 'clicks per list' : `${valueField} per list`;

/** What the figures are, below a table. */
export const experimentLegend = ({
  risk,
  withPast,
  valueField,
  unvaluedClicks,
}: ExperimentReport): readonly string[] => [
  ...(unvaluedClicks > 0
    ? [
        `${formatCount(unvaluedClicks)} clicks were on items without a number ${valueField}: each counts 0 in ${valueField} per list.`,
      ]
    : []),
  `Differences are to the control, with ${Number((100 * (1 - risk)).toFixed(2))} % intervals that hold at all looks together: look as often as you like.`,
  withPast > 0
    ? `With the past (CUPED): ${(100 * withPast).toFixed(0)} % of the users were shown lists before the experiment.`
    : 'No user was shown lists before the experiment: there is no past that would narrow the intervals.',
];

/** What models that nobody saw expected. */
export const shadowSentences = ({ shadows }: ExperimentReport): readonly string[] =>
  shadows.map(
    ({ model, lists, clicks, expected, answering }) =>
      `shadow ${model}: ${formatCount(lists)} lists with ${formatCount(clicks)} clicks; it expected ${expected.toFixed(1)}, the models that answered ${answering.toFixed(1)}`,
  );
