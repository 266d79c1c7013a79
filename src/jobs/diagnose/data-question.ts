/** Too little data? The recipe on growing parts of the training lists, and on as many lists of fewer users. */

import type { DataAnswer, DataPoint, FewerUsers } from '../../measure/diagnosis-report.ts';
import { differenceOf, figureOf } from '../../measure/figures.ts';
import { moreData } from '../../measure/more-data.ts';
import { logLossMetric, logLossOfProbability } from '../../metrics/log-loss.ts';
import { createRng } from '../../random/rng.ts';
import type { RunGroup } from '../recipes/finished-runs.ts';
import { partOfLists } from './part-of-lists.ts';
import { sharedLists } from './plan.ts';
import { groupOn, listsOfShare, nameOfShare, type Studied, type Trained } from './trainings.ts';
import { suffixed } from './variants.ts';

/** As many lists from so few users that they have all of theirs. */
const USERS_SHARE = 1 / 4;
/** Of the users that as many lists drawn at random have: with more, both parts are nearly the same. */
const MOST_USERS = 0.7;
const FACTORS = [2, 10];

export function dataGroups(studied: Studied): readonly RunGroup[] {
  const { prepared, config, plan, seeds } = studied;
  const { epochs } = plan;
  const curve = plan.shares.flatMap((share) =>
    seeds.map((seed) =>
      groupOn(prepared, {
        ...{ train: listsOfShare(studied, { share, seed }), seed, epochs },
        config: { ...config, recipe: nameOfShare(studied, share) },
      }),
    ),
  );
  if (!asksUsers(studied)) return curve;
  const few = seeds.map((seed) =>
    groupOn(prepared, { train: fewUsers(studied, seed), config: ofFewUsers(studied), seed, epochs }),
  );
  return [...curve, ...few];
}

const ofFewUsers = ({ config }: Studied): Studied['config'] => suffixed(config, `users-${100 * USERS_SHARE}`);

const fewUsers = ({ prepared, plan }: Studied, seed: number): Int32Array =>
  partOfLists(prepared, { lists: sharedLists(plan, USERS_SHARE), seed, by: 'users' });

/** Whether users have so many lists that fewer users make a different part. */
function asksUsers(studied: Studied): boolean {
  const { plan, seeds } = studied;
  const [seed] = seeds;
  if (!plan.shares.includes(USERS_SHARE)) return false;
  const all = usersOf(studied, listsOfShare(studied, { share: USERS_SHARE, seed }));
  return usersOf(studied, fewUsers(studied, seed)) <= MOST_USERS * all;
}

const usersOf = ({ prepared }: Studied, lists: Int32Array): number =>
  new Set(prepared.encoded.slates.outcomes(lists).userB).size;

/** `factors`: further multiples of the log that are asked about. */
export function answerData(
  studied: Studied,
  trained: Trained,
  { factors = [] }: { readonly factors?: readonly number[] } = {},
): DataAnswer {
  const { prepared, plan, seeds } = studied;
  const { shares } = plan;
  const few = ofFewUsers(studied).recipe;
  const names = [...shares.map((share) => nameOfShare(studied, share)), ...(trained.has(few) ? [few] : [])];
  const { systems, users } = trained.metrics(names, [logLossMetric]);
  const losses = systems.map(({ logLoss }) => logLoss);
  const points = shares.map((share, at): DataPoint => {
    const lists = listsOfShare(studied, { share, seed: seeds[0] });
    return {
      ...{
        share: (share * plan.lists) / prepared.encoded.train.length,
        lists: lists.length,
        users: usersOf(studied, lists),
      },
      train: trained.atKept(names[at], ({ train }) => train.logLoss),
      validation: trained.atKept(names[at], ({ validation }) => validation.logLoss),
      test: figureOf(losses[at], { users }),
    };
  });
  return {
    points,
    ...moreData(
      points.map(({ lists }, at) => ({ count: lists, loss: losses[at] })),
      {
        ...{ count: prepared.encoded.train.length, factors: [...FACTORS, ...factors] },
        rng: createRng('more data'),
      },
    ),
    constantLoss: constantLoss(studied),
    ...(trained.has(few)
      ? {
          fewerUsers: fewerUsers(
            studied,
            differenceOf(losses[shares.length], losses[shares.indexOf(USERS_SHARE)], { users }),
          ),
        }
      : {}),
  };
}

function fewerUsers(studied: Studied, difference: FewerUsers['difference']): FewerUsers {
  const [seed] = studied.seeds;
  const lists = fewUsers(studied, seed);
  return {
    ...{ share: USERS_SHARE, lists: lists.length, users: usersOf(studied, lists) },
    usersOfAll: usersOf(studied, listsOfShare(studied, { share: USERS_SHARE, seed })),
    difference,
    shortage: difference.low > 0 ? 'users' : difference.high < 0 ? 'lists' : 'open',
  };
}

/** Test loss of the training part's click rate, the same for every item. */
function constantLoss({ prepared: { encoded } }: Studied): number {
  const labels = (lists: Int32Array): Uint8Array => encoded.slates.outcomes(lists).labelS;
  const rateOf = (labelS: Uint8Array): number => labelS.reduce((sum, label) => sum + label, 0) / labelS.length;
  const [rate, share] = [rateOf(labels(encoded.train)), rateOf(labels(encoded.test))];
  return share * logLossOfProbability(rate, 1) + (1 - share) * logLossOfProbability(rate, 0);
}
