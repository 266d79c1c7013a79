/** Biased data? What the log shows of it without a training, and the recipe trained again without it. Legend: B lists, S slots. */
import type { BiasAnswer, CleanedTraining, TaskAnswer } from '../../measure/diagnosis-report.ts';
import { differenceOf } from '../../measure/figures.ts';
import { GIVES_AWAY } from '../../measure/judge-causes.ts';
import { logLossMetric } from '../../metrics/log-loss.ts';
import { createRng } from '../../random/rng.ts';
import type { Prepared } from '../prepare.ts';
import type { RunGroup } from '../recipes/finished-runs.ts';
import { driftOfFields, listSignal, probes, type TwoParts } from './column-checks.ts';
import { columnsAt, type ShownSlots, shownSlots } from './columns.ts';
import { allOrNothing, clickRateDrift, isRepeated, labelBalance, repeats, shownBefore } from './label-checks.ts';
import { pageBias } from './page-bias.ts';
import { partOfLists, spacedLists, withTrain } from './part-of-lists.ts';
import { sharedLists } from './plan.ts';
import { groupOn, listsOfShare, nameOfShare, type Studied, type Trained } from './trainings.ts';
import { suffixed } from './variants.ts';

/** What is known before any training. */
export interface BiasFacts extends Omit<BiasAnswer, 'remedies'> {
  readonly signal: TaskAnswer['signal'];
  /** What can be removed or weighted, and what it makes of the training lists. */
  readonly treatments: readonly Treatment[];
  /** Fields that give the label away, or have moved far, as settings name them: what is trained without them needs another encoding. */
  readonly doubtful: readonly string[];
}

export interface Treatment {
  readonly name: string;
  /** Of the recipe's name. */
  readonly suffix: string;
  lists(seed: number): Int32Array;
  /** The data it learns from; as they are where left out. */
  readonly prepared?: Prepared;
}

/** Lists of each part at whose columns is looked: they are evenly spaced. */
const LOOKED_AT = 4000;
/** From which on it is worth a training. */
const [MANY_REPEATED, MANY_EXTREME, UNEVEN] = [0.05, 0.05, 0.8];

export function lookForBias(studied: Studied): BiasFacts {
  const { prepared } = studied;
  const { encoded, dataset } = prepared;
  const train = shownSlots(prepared, encoded.train);
  const validation = shownSlots(prepared, encoded.validation);
  const page = pageBias(train, { known: dataset.summary.items });
  const parts = partsOf(studied);
  const { weightS: _, ...told } = page;
  const moved = driftOfFields(parts);
  const alone = probes(parts);
  return {
    ...told,
    labels: labelBalance(train),
    repeats: repeats(train, validation),
    drift: { fields: moved, clickRate: clickRateDrift(train, validation) },
    probes: alone,
    shownBefore: shownBefore(train, validation),
    signal: listSignal(parts.train, columnsAt(prepared, parts.train)),
    treatments: treatments(studied, { train, page }),
    doubtful: doubtful(moved, alone),
  };
}

/** Much, by a rule of thumb, and far more than chance. */
const [MOVED, TIMES_CHANCE] = [0.25, 3];

function doubtful(moved: BiasAnswer['drift']['fields'], alone: BiasAnswer['probes']): readonly string[] {
  const far = moved.filter(({ psi, byChance }) => psi > MOVED && psi > TIMES_CHANCE * byChance);
  const telling = alone.filter(({ validationAuc }) => validationAuc >= GIVES_AWAY);
  return [...new Set([...telling, ...far].flatMap(({ field }) => field ?? []))];
}

/** Trained on data that lack these fields. */
export const withoutFields = (studied: Studied, fields: readonly string[], prepared: Prepared): Treatment => ({
  ...{ name: `without ${fields.join(', ')}`, suffix: 'without-fields', prepared },
  lists: (seed) => listsOfShare(studied, { share: studied.plan.studied, seed }),
});

function partsOf({ prepared }: Studied): TwoParts {
  const { encoded } = prepared;
  const train = shownSlots(prepared, spacedLists(encoded.train, LOOKED_AT));
  const validation = shownSlots(prepared, spacedLists(encoded.validation, LOOKED_AT));
  const after = columnsAt(prepared, validation);
  return {
    ...{ train, validation },
    columns: columnsAt(prepared, train).map((column, at) => ({ train: column, validation: after[at] })),
  };
}

function treatments(
  studied: Studied,
  { train, page }: { train: ShownSlots; page: ReturnType<typeof pageBias> },
): readonly Treatment[] {
  const { prepared, plan } = studied;
  const wanted = sharedLists(plan, plan.studied);
  const without =
    (isOut: (list: number) => boolean) =>
    (seed: number): Int32Array =>
      partOfLists(
        withTrain(
          prepared,
          prepared.encoded.train.filter((_, b) => !isOut(b)),
        ),
        { lists: wanted, seed, by: 'lists' },
      );
  const found: Treatment[] = [];
  if (page.evenShare < UNEVEN)
    found.push({
      ...{ name: 'items and places weighted alike', suffix: 'weighted' },
      lists: (seed) => drawnByWeight(train, page.weightS, { count: wanted, seed }),
    });
  const again = isRepeated(train);
  if (again.filter(Boolean).length > MANY_REPEATED * again.length)
    found.push({ name: 'without repeated lists', suffix: 'without-repeats', lists: without((b) => again[b]) });
  const extreme = allOrNothing(train);
  const extremes = train.lists.filter((_, b) => extreme(b)).length;
  if (extremes > MANY_EXTREME * train.lists.length)
    found.push({ name: 'without users who click all or nothing', suffix: 'without-extremes', lists: without(extreme) });
  return found;
}

/** So many lists in proportion to the mean weight of their items, some of them several times: systematic sampling, which adds the least chance of its own. */
export function drawnByWeight(
  { lists, offsets }: ShownSlots,
  weightS: Float64Array,
  { count, seed }: { readonly count: number; readonly seed: number },
): Int32Array {
  const weightB = Array.from(lists, (_, b) => {
    const own = weightS.subarray(offsets[b], offsets[b + 1]);
    return own.reduce((sum, weight) => sum + weight, 0) / own.length;
  });
  const total = weightB.reduce((sum, weight) => sum + weight, 0);
  const step = total / count;
  const drawn: number[] = [];
  let [next, passed] = [step * createRng(seed).split('drawn by weight').next(), 0];
  for (const [b, weight] of weightB.entries()) {
    passed += weight;
    for (; next < passed && drawn.length < count; next += step) drawn.push(lists[b]);
  }
  return Int32Array.from(drawn);
}

export const biasGroups = (
  { prepared, config, plan, seeds }: Studied,
  { treatments }: BiasFacts,
): readonly RunGroup[] =>
  treatments.flatMap(({ suffix, lists, prepared: own = prepared }) =>
    seeds.map((seed) =>
      groupOn(own, { train: lists(seed), config: suffixed(config, suffix), seed, epochs: plan.epochs }),
    ),
  );

export function answerBias(studied: Studied, trained: Trained, facts: BiasFacts): BiasAnswer {
  const { treatments: treated, signal: _, doubtful: __, ...told } = facts;
  const before = nameOfShare(studied, studied.plan.studied);
  const remedies = treated.map(({ name, suffix, lists }): CleanedTraining => {
    const after = suffixed(studied.config, suffix).recipe;
    const { systems, users } = trained.metrics([before, after], [logLossMetric]);
    return {
      ...{ name, lists: lists(studied.seeds[0]).length },
      ...{ gapBefore: trained.gap(before), gapAfter: trained.gap(after) },
      saved: differenceOf(systems[0].logLoss, systems[1].logLoss, { users }),
    };
  });
  return { ...told, remedies };
}
