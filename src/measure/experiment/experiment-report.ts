/** What an experiment has shown: plain data, for texts, pages and JSON. */
import type { Difference, ReducedDifference } from './difference.ts';
import type { SampleRatio } from './sample-ratio.ts';

/** What one user did and was answered during an experiment, and before it. */
export interface ExperimentUser {
  /** Index of the variant that the user came to first. */
  readonly variant: number;
  /** Moved to another variant by other shares: counted in the sample ratio, and in nothing else. */
  readonly hasMoved: boolean;
  readonly lists: number;
  readonly clicks: number;
  /** Sum over clicked items of the field that says what a click is worth. */
  readonly value: number;
  readonly past: { readonly lists: number; readonly clicks: number; readonly value: number };
  /** Asked for, shown or not. */
  readonly answers: number;
  readonly milliseconds: number;
  readonly fallbacks: number;
  readonly cancelled: number;
  readonly failed: number;
  /** Sent away, as the queue was full. */
  readonly refused: number;
}

/** What is known of an experiment before it is judged. */
export interface ExperimentData {
  readonly name: string;
  /** Names, the control first. */
  readonly variants: readonly string[];
  readonly users: readonly ExperimentUser[];
  /** Of each variant: the users that were to be expected by the shares in force when each user came first. */
  readonly expected: readonly number[];
  /** What a click is worth; undefined: values are not asked for. */
  readonly valueField: string | undefined;
  /** Clicks on items without that number: each counts 0; none unless told otherwise. */
  readonly unvaluedClicks?: number | undefined;
  readonly shadows: readonly ShadowRow[];
}

/** A model that scored what others showed. */
export interface ShadowRow {
  readonly model: string;
  /** Lists that were shown and that it had scored. */
  readonly lists: number;
  readonly clicks: number;
  /** Clicks that it expected on them, and that the model that answered did. */
  readonly expected: number;
  readonly answering: number;
}

export const metricNames = ['clicks', 'value'] as const;
export const guardrailNames = ['milliseconds', 'fallbacks', 'cancelled', 'failed', 'refused'] as const;
export type MetricName = (typeof metricNames)[number];
export type GuardrailName = (typeof guardrailNames)[number];

/** A metric of a variant, per list. */
export interface ListMetricCell {
  readonly perList: number | null;
  /** To the control; null of the control, and of too few users. */
  readonly difference: Difference | null;
  /** With the variance lowered by the users' past; null where there is none. */
  readonly reduced: ReducedDifference | null;
}

/** What should not rise, per answer. */
export interface GuardrailCell {
  readonly perAnswer: number | null;
  /** To the control: it is at least `low` at every look. */
  readonly increase: { readonly estimate: number; readonly low: number } | null;
  readonly isAlarm: boolean;
}

export interface VariantRow {
  readonly name: string;
  readonly users: number;
  readonly moved: number;
  readonly lists: number;
  readonly answers: number;
  readonly metrics: Readonly<Record<'clicks', ListMetricCell>> & Readonly<Partial<Record<'value', ListMetricCell>>>;
  readonly guardrails: Readonly<Record<GuardrailName, GuardrailCell>>;
}

export interface ExperimentReport {
  readonly name: string;
  readonly control: string;
  /** Of every interval of one metric together, at all looks: 0.05. */
  readonly risk: number;
  readonly guardrailRisk: number;
  readonly valueField: string | null;
  /** Clicks on items without that number: each counts 0. */
  readonly unvaluedClicks: number;
  /** Share of the users who were known before the experiment. */
  readonly withPast: number;
  readonly variants: readonly VariantRow[];
  readonly sampleRatio: SampleRatio | null;
  readonly shadows: readonly ShadowRow[];
}
