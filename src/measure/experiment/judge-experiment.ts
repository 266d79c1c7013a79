import { sum } from '../../metrics/mean.ts';
import { type DifferenceOptions, increaseOf, reducedDifference, variantDifference } from './difference.ts';
import {
  type ExperimentData,
  type ExperimentReport,
  type ExperimentUser,
  type GuardrailCell,
  guardrailNames,
  type ListMetricCell,
  type MetricName,
  type VariantRow,
} from './experiment-report.ts';
import { sampleRatio } from './sample-ratio.ts';
import { momentsOf, type UserMoments } from './user-moments.ts';

export interface JudgeExperimentOptions {
  /** That an interval of a metric ever leaves the truth, over all variants and looks; 0.05 unless told otherwise. */
  readonly risk?: number | undefined;
  /** That any guardrail ever cries wolf, over all of them, all variants and looks; 0.02 unless told otherwise. */
  readonly guardrailRisk?: number | undefined;
  /** Users at which intervals are tightest. */
  readonly tightestAt?: number | undefined;
}

const RISK = 0.05;

/** That any guardrail ever cries wolf, over all of them, all variants and looks: so little that, with the metrics' intervals, fewer than 5 % of experiments do (bench/experiment.ts). */
export const GUARDRAIL_RISK = 0.02;

/** Every variant against the first. The risk is shared by the variants, that of the guardrails by all of them too (Bonferroni). */
export function judgeExperiment(
  data: ExperimentData,
  { risk = RISK, guardrailRisk = GUARDRAIL_RISK, tightestAt }: JudgeExperimentOptions = {},
): ExperimentReport {
  const { name, variants, users, valueField } = data;
  const ofVariant = variants.map((_, at) => users.filter(({ variant }) => variant === at));
  const stayed = ofVariant.map((of) => of.filter(({ hasMoved }) => !hasMoved));
  const others = Math.max(1, variants.length - 1);
  const options = { risk: risk / others, tightestAt };
  const guarded = { risk: guardrailRisk / others / guardrailNames.length, tightestAt };

  const rows = variants.map((variant, at): VariantRow => {
    const [own, control] = [stayed[at], at === 0 ? undefined : stayed[0]];
    return {
      ...{ name: variant, users: own.length, moved: ofVariant[at].length - own.length },
      lists: sum(own.map(({ lists }) => lists)),
      answers: sum(own.map(({ answers }) => answers)),
      metrics: {
        clicks: metricCell('clicks', { own, control }, options),
        ...(valueField === undefined ? {} : { value: metricCell('value', { own, control }, options) }),
      },
      guardrails: Object.fromEntries(
        guardrailNames.map((each) => [each, guardrailCell(each, { own, control }, guarded)]),
      ) as VariantRow['guardrails'],
    };
  });
  return {
    ...{ name, control: variants[0], risk, guardrailRisk, valueField: valueField ?? null },
    unvaluedClicks: data.unvaluedClicks ?? 0,
    withPast: users.length === 0 ? 0 : users.filter(({ past }) => past.lists > 0).length / users.length,
    variants: rows,
    sampleRatio:
      sampleRatio(
        ofVariant.map((of) => of.length),
        data.expected,
      ) ?? null,
    shadows: data.shadows,
  };
}

interface Compared {
  readonly own: readonly ExperimentUser[];
  readonly control: readonly ExperimentUser[] | undefined;
}

function metricCell(name: MetricName, { own, control }: Compared, options: DifferenceOptions): ListMetricCell {
  const moments = (users: readonly ExperimentUser[]): UserMoments =>
    momentsOf(users.map(({ past, ...now }) => [now[name], now.lists, past[name], past.lists] as const));
  const [one, other] = [moments(own), control && moments(control)];
  return {
    perList: quotient(one),
    difference: (other && variantDifference(one, other, options)) ?? null,
    reduced: (other && reducedDifference(one, other, options)) ?? null,
  };
}

function guardrailCell(
  name: (typeof guardrailNames)[number],
  { own, control }: Compared,
  options: DifferenceOptions,
): GuardrailCell {
  // Of one who has gone, or was told an error, there is no answer: how long it took is no time of one.
  const isOfAll = name === 'cancelled' || name === 'failed' || name === 'refused';
  const moments = (users: readonly ExperimentUser[]): UserMoments =>
    momentsOf(
      users.map((user) => {
        const answers = isOfAll ? user.answers : user.answers - user.cancelled - user.failed - user.refused;
        return [user[name], answers, 0, 0] as const;
      }),
    );
  const one = moments(own);
  const increase = (control && increaseOf(one, moments(control), options)) ?? null;
  return {
    perAnswer: quotient(one),
    increase: increase && { estimate: increase.estimate, low: increase.low },
    isAlarm: increase !== null && increase.low > 0,
  };
}

const quotient = ({ sums: [above, below] }: UserMoments): number | null => (below > 0 ? above / below : null);
