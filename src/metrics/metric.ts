/** The contract of a metric. Legend: K items of a slate, S slots. */
import type { OwnFunction } from '../slate/own-function.ts';
import type { StepCounts } from './click-steps.ts';
import type { Confusion } from './confusion.ts';
import type { ListFigures } from './list-figures.ts';
import type { TiedRanking } from './tied-ranking.ts';

/** Each group is a table of the reports. */
export type MetricGroup = 'clicks' | 'probabilities' | 'order' | 'lists' | 'own';

/** What a definition says of its metric to people. */
export interface MetricWords {
  /** Its key in JSON, and in a recipe's `metric`. */
  readonly name: string;
  /** In full, as a sentence has it: `calibration error`. */
  readonly title: string;
  /** Of a column, where the title is too long for one. */
  readonly head?: string;
  /** One line for people who read the table. */
  readonly meaning: string;
  readonly group: MetricGroup;
  readonly higherIsBetter: boolean;
  /** Decimals in print; 4 where left out. */
  readonly digits?: number;
  /** What the protocol calls it together with its like: `NDCG` of NDCG@5. Its title where left out. */
  readonly family?: string;
  /** What has no value and is left out of the mean. */
  readonly leavesOut?: 'lists without a click' | 'users with one class';
  /** Where it stands beside the tables: among the plots of differences, in the sentence on further differences. */
  readonly toldIn: readonly ('plots' | 'headline')[];
}

/** What the reports print of a metric. Plain JSON. */
export interface MetricInfo extends MetricWords {
  readonly hasInterval: boolean;
}

/** A metric: what is printed of it, its range, and one way to compute it. One file and one line in `metrics.ts` each. */
export type Metric = MetricWords & {
  readonly kind: 'metric';
  /** Lowest and highest value that it can have: an interval ends there. */
  readonly range: readonly [number, number];
} & MetricForm;

/**
 * How a metric is computed, and so how it follows a resample of users, in which each user counts several times or not at all. Each gives a finite number, or undefined where there is
 * nothing to measure.
 */
export type MetricForm =
  | {
      /** Mean over the lists that have a value. */
      readonly ofSlate: (slate: RankedSlate) => number | undefined;
    }
  | {
      /** Mean over the shown items that have a value. */
      readonly ofItem: (item: ScoredItem) => number | undefined;
    }
  | {
      /** Mean over the users that have a value. */
      readonly ofUser: (items: UserItems) => number | undefined;
    }
  | {
      /** Of the decisions at the threshold that was chosen on validation, counted over all items. */
      readonly ofConfusion: (confusion: Confusion) => number | undefined;
    }
  | {
      /** Of clicked and other items counted along their order over all lists. */
      readonly ofSteps: (counts: StepCounts) => number | undefined;
    }
  | {
      /** Of all items at once, each counted as often as its weight says. The slowest: computed anew from all items in each resample. */
      readonly ofWeighted: (items: WeightedItems) => number | undefined;
    }
  | {
      /** Of all items at once, without an interval: for what a resample of users would bias. */
      readonly ofPart: (part: PartItems & { readonly lists: ListFigures }) => number | undefined;
    };

/** The keys of the functions that compute metrics. */
export type FormName = MetricForm extends infer Form ? (Form extends unknown ? keyof Form : never) : never;

export const metricForms: Readonly<Record<FormName, true>> = {
  ofSlate: true,
  ofItem: true,
  ofUser: true,
  ofConfusion: true,
  ofSteps: true,
  ofWeighted: true,
  ofPart: true,
};

/** The function of a metric, as errors name it. */
export const functionOf = (metric: Metric): OwnFunction => ({
  word: 'metric',
  name: metric.name,
  part: Object.keys(metricForms).find((form) => form in metric) ?? 'its function',
});

/** The metrics of one form, such as `ofSlate`. */
export type FormOf<Form extends string> = Extract<Metric, { readonly [key in Form]: unknown }>;

/** One list with its scores. */
export interface RankedSlate {
  /** Of a click, by place in the log. */
  readonly probabilitiesK: Float64Array;
  /** 1 clicked, 0 not. */
  readonly labelsK: Uint8Array;
  /** What orders the items, highest first. Equal scores order nothing. */
  readonly scoresK: Float32Array | Float64Array;
  /** The items in the order of their scores, as groups of equal ones. */
  readonly ranking: TiedRanking;
  /** Logit of at least one click on the list. */
  readonly anyClickLogit: number;
}

/** One shown item with its score. */
export interface ScoredItem {
  readonly probability: number;
  /** Where the system gives logits: exact where the probability is rounded to 0 or 1. */
  readonly logit: number | undefined;
  readonly label: number;
}

/** Items of one part of the data, or of one user in it. */
export interface PartItems {
  readonly probabilityS: Float64Array;
  readonly labelS: Uint8Array;
}

/** Shown items whose order counts, for metrics by user. */
export interface UserItems extends PartItems {
  /** Orders the items, of all lists together. */
  readonly valueS: Float64Array;
}

/** Shown items that count several times, as resampled users' do. */
export interface WeightedItems extends PartItems {
  /** Whole numbers from 0. */
  readonly weightS: Int32Array;
}

export const isResampled = (metric: Metric): boolean => !('ofPart' in metric);

/** Only these depend on a threshold, which is known after validation: none of them can choose an epoch. */
export const needsThreshold = (metric: Metric): boolean => 'ofConfusion' in metric;

/** Undefined for the NaN of a formula that found nothing to measure. */
export const orNothing = (value: number): number | undefined => (Number.isNaN(value) ? undefined : value);

/** What is printed of it, without how it is computed. */
export function metricInfo(metric: Metric): MetricInfo {
  const { name, title, head, meaning, group, higherIsBetter, digits, family, leavesOut, toldIn } = metric;
  return {
    ...{ name, title, meaning, group, higherIsBetter, toldIn, hasInterval: isResampled(metric) },
    ...(head === undefined ? {} : { head }),
    ...(digits === undefined ? {} : { digits }),
    ...(family === undefined ? {} : { family }),
    ...(leavesOut === undefined ? {} : { leavesOut }),
  };
}
