/** Legend: I items, E factors, S sets, C columns of a set. */

import type { SlateSource } from '../../datasets/slate-source/slate-source.ts';
import { logOdds } from '../../memory/rates.ts';
import type { Model } from '../../models/model.ts';
import { type FactorSets, type FactorsConfig, factorColumns } from '../../models/shared/factor-sets.ts';
import { createRng, type Rng } from '../../random/rng.ts';
import { type Factorisation, factorise } from './factorise.ts';
import { observe } from './observations.ts';

export interface FitFactorTablesOptions {
  readonly slates: SlateSource;
  /** The lists that are learned from. */
  readonly train: Int32Array;
  readonly config: FactorsConfig;
  readonly rng: Rng;
}

/**
 * Fits the factors of a model's id table to the users of these lists: once to all of them, and once for each fold of users to all others. Gives the same lists as training
 * must read them: each with the fold of its user.
 */
export function fitFactorTables(model: Model, { slates, train, config, rng }: FitFactorTablesOptions): SlateSource {
  const { scorer, tables } = model;
  const { factorSets: sets } = scorer;
  if (!sets) throw new RangeError(`fitFactorTables: expected a scorer with a table of factors, found ${scorer.name}`);
  const users = observe(slates, train);
  const items = 1 + Math.max(0, ...tables.idRows[0].keys());
  const { baseRate } = model.config;
  const values = tables.id[0].values;
  for (let set = 0; set <= sets.folds; set++) {
    const learned = users.filter(({ user }) => factorFold(user, sets) !== set);
    const options = { config, items, factors: sets.factors, baseRate, rng: rng.split(set) };
    writeSet(factorise(learned, options), { rows: tables.idRows[0], values, sets, set, config, baseRate });
  }
  return withFolds(slates, sets);
}

/** The same lists, each with the fold of its user. */
const withFolds = (slates: SlateSource, sets: FactorSets): SlateSource => ({
  ...slates,
  // The columns do not tell folds.
  shared: undefined,
  batch(lists) {
    const { userB } = slates.outcomes(lists);
    return { ...slates.batch(lists), foldB: Float32Array.from(userB, (user) => factorFold(user, sets)) };
  },
  ...(slates.redrawn ? { redrawn: (redraw) => withFolds(slates.redrawn?.(redraw) ?? slates, sets) } : {}),
});

/** From 1, by a hash of the user's index. */
export const factorFold = (user: number, { folds }: FactorSets): number =>
  1 + createRng('fold of factors').split(user).integer(folds);

interface SetColumns {
  /** Row of each item. */
  readonly rows: ReadonlyMap<number, number>;
  /** [rows, S C]. */
  readonly values: Float32Array;
  readonly sets: FactorSets;
  readonly set: number;
  readonly config: FactorsConfig;
  readonly baseRate: number;
}

/** Writes one set's columns, in units in which a user's taste and level have ridge 1. */
function writeSet(
  { rateI, factorsIE }: Factorisation,
  { rows, values, sets, set, config, baseRate }: SetColumns,
): void {
  const { factors: E, folds } = sets;
  const C = factorColumns(sets);
  for (const [item, row] of rows) {
    const at = row * (folds + 1) * C + set * C;
    for (let e = 0; e < E; e++) values[at + e] = factorsIE[item * E + e] / Math.sqrt(config.userRidge);
    values[at + E] = 1 / Math.sqrt(config.levelRidge);
    values[at + E + 1] = logOdds(rateI[item]) - logOdds(baseRate);
  }
}
