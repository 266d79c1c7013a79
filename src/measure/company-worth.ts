/** Is company worth modelling? A list model against one that scores item by item, on the same test lists. */
import { logLossMetric } from '../metrics/log-loss.ts';
import type { Metric } from '../metrics/metric.ts';
import { numberUsers } from '../metrics/number-users.ts';
import { valuesOfPart } from '../metrics/part-statistics.ts';
import { recallOfSlate } from '../metrics/recall-at.ts';
import { createRng } from '../random/rng.ts';
import { bootstrapMetrics } from './bootstrap.ts';
import { crossedInterval, type SeededValues } from './crossed-interval.ts';
import type { Predictions, ShownLists } from './predictions.ts';
import { normalShare } from './student-t.ts';
import { userStatistics } from './user-statistics.ts';

/** What the list model gains. */
export interface Gain {
  readonly estimate: number;
  /** 95 %, over users and seeds. */
  readonly low: number;
  readonly high: number;
  /** Of such logs with such a gain, how many would show it: 0.95 of them, say. */
  readonly chance: number;
}

/**
 * - `yes`: the list model is better, in the order or in the probabilities.
 * - `no`: neither is shown, and the interval of the clicks ends below `least`.
 * - `open`: neither is shown, and the log is too small to say no.
 */
export type Verdict = 'yes' | 'no' | 'open';

/** What a list model gains over one that scores item by item. Plain JSON. */
export interface CompanyWorth {
  readonly verdict: Verdict;
  /** Of the clicks in the upper half of each list, how many more where the list model orders it: 0.02 is 2 % more. */
  readonly clicks: Gain;
  /** How much lower the log loss is. */
  readonly logLoss: Gain;
  /** The smallest gain of clicks that counts as one, as a share. */
  readonly least: number;
  /** What the clicks are counted on: lists of two items or more, and their users. */
  readonly lists: number;
  readonly users: number;
  /** Test lists with which a gain of `least` would be shown in 80 of 100 logs; undefined where the seeds alone hide it. */
  readonly listsToTell: number | undefined;
}

export interface WorthOptions {
  /** One per seed; the same seeds of both. */
  readonly list: readonly Predictions[];
  readonly pointwise: readonly Predictions[];
  /** As a share: 0.01. */
  readonly least: number;
  readonly resamples?: number;
}

/**
 * Two gains are tested, each by a two-sided 95 % interval over users and seeds of which only the good side says yes: of logs without any gain, at most 5 in 100 are told one.
 *
 * Clicks are compared as a ratio: the interval is that of the difference of logarithms.
 */
export function companyWorth(lists: ShownLists, options: WorthOptions): CompanyWorth {
  const { list, pointwise, least, resamples = 1000 } = options;
  const users = numberUsers(lists.userB);
  const metrics = [upperHalfClicks, logLossMetric];
  const systems = [list, pointwise].map((seeds, system) => ({
    name: `${system}`,
    seeds: seeds.map((one) => userStatistics(lists, users, one, metrics)),
  }));
  const rng = createRng('bootstrap over users');
  const resampled = bootstrapMetrics(systems, { users: users.count, resamples, rng });
  const sides = (name: string, scale: (value: number) => number): readonly SeededValues[] =>
    systems.map(({ seeds }, system) => ({
      perSeed: seeds.map((seed) => scale(valuesOfPart(seed)[name])),
      resampledNR: resampled[system].map((metric) => metric[name].map(scale)),
      isTrained: true,
    }));
  const [clicked, lost] = [sides(upperHalfClicks.name, Math.log), sides(logLossMetric.name, (value) => -value)].map(
    ([mine, theirs]) => difference(mine, theirs, users.count),
  );
  const clicks = { ...mapGain(clicked, Math.expm1), chance: clicked.chance };
  const isShown = clicks.low > 0 || lost.low > 0;
  const lengths = Array.from({ length: lists.offsets.length - 1 }, (_, b) => lists.offsets[b + 1] - lists.offsets[b]);
  const counted = lengths.filter((length) => length > 1).length;
  return {
    verdict: isShown ? 'yes' : clicks.high < least ? 'no' : 'open',
    clicks,
    logLoss: { estimate: lost.estimate, low: lost.low, high: lost.high, chance: lost.chance },
    ...{ least, lists: counted, users: users.count },
    listsToTell: listsToTell(clicked, { counted, least }),
  };
}

/** Clicks among the first half of a list's items, one at least: what a page has that shows half of them. Not of lists of one, which have no order. */
const upperHalfClicks: Metric = {
  kind: 'metric',
  name: 'upperHalfClicks',
  title: 'clicks in the upper half',
  meaning: 'clicks among the first half of a list, mean over lists',
  group: 'order',
  higherIsBetter: true,
  range: [0, Number.POSITIVE_INFINITY],
  toldIn: [],
  ofSlate: ({ ranking, labelsK }) => {
    if (labelsK.length < 2) return undefined;
    return ranking.clicks === 0 ? 0 : ranking.clicks * recallOfSlate(ranking, Math.floor(labelsK.length / 2));
  },
};

/** A difference, with what its interval is made of. */
interface Difference extends Gain {
  readonly error: number;
  readonly half: number;
  readonly ofSeeds: number;
}

function difference(mine: SeededValues, theirs: SeededValues, users: number): Difference {
  const interval = crossedInterval(mine, theirs, { users, level: 0.95 });
  const [estimate, error, half, ofSeeds] = interval
    ? [(interval.low + interval.high) / 2, interval.error, (interval.high - interval.low) / 2, interval.errorOfSeeds]
    : [Number.NaN, Number.NaN, Number.NaN, Number.NaN];
  return {
    estimate,
    ...{ low: estimate - half, high: estimate + half, error, half, ofSeeds },
    // Another log has another estimate, and about this interval around it.
    chance: error > 0 ? normalShare((estimate - half) / error) : Number(estimate > half),
  };
}

const mapGain = ({ estimate, low, high }: Gain, scale: (value: number) => number): Omit<Gain, 'chance'> => ({
  ...{ estimate: scale(estimate), low: scale(low), high: scale(high) },
});

/** Quantiles of the normal distribution: what 95 % intervals are wide, and what 80 of 100 add to it. */
const [WIDE, POWER] = [1.96, 0.842];

/** More lists make the users' part of the error smaller and leave that of the seeds. */
function listsToTell({ error, ofSeeds }: Difference, of: { counted: number; least: number }): number | undefined {
  const allowed = (Math.log1p(of.least) / (WIDE + POWER)) ** 2 - ofSeeds ** 2;
  if (!(allowed > 0)) return undefined;
  return Math.ceil((of.counted * Math.max(0, error ** 2 - ofSeeds ** 2)) / allowed);
}
