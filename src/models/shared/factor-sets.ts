/** Legend: B lists, N items, S sets of factors, E factors, C columns of a set. */
import { constant } from '../../nn/leaves.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import type { ScorerInputs } from './scorer-inputs.ts';

/** How the factors of items are fitted, before all else and frozen then. */
export interface FactorsConfig {
  /** Penalty of the squares of a user's taste: how much must be known of a user before the taste moves. */
  readonly userRidge: number;
  /** Penalty of the square of a user's level, how readily the user clicks at all. */
  readonly levelRidge: number;
  /** Penalty of the squares of an item's factors. */
  readonly itemRidge: number;
  /** As many users' worth of the base rate are added to what is known of an item's rate. */
  readonly rateWeight: number;
  /** Times that all users and then all items are solved for. */
  readonly sweeps: number;
}

/**
 * How a scorer's one id table holds factors of items: sets of columns side by side, each E factors, the level's factor (the same for all items), and the log odds of the item's
 * rate less those of the base rate, in units in which a user's taste and level have ridge 1. Set 0 is fitted to all training users; set f to all but those of fold f, for whom it stands
 * in training.
 */
export interface FactorSets {
  /** E. */
  readonly factors: number;
  /** S - 1. */
  readonly folds: number;
}

/** C. */
export const factorColumns = ({ factors }: FactorSets): number => factors + 2;

/** Width of the table that holds all sets. */
export const factorTableWidth = (sets: FactorSets): number => (sets.folds + 1) * factorColumns(sets);

/** The columns of some items, of the set that stands for each list's user: index [B, N] to [B, N, C]. */
export function gatherFactors(sets: FactorSets, inputs: ScorerInputs, indexBN: Tensor): Tensor {
  if (!inputs.idEmbeddedUE)
    throw new RangeError('gatherFactors: expected rows of an id table among the inputs, found none');
  const [S, C] = [sets.folds + 1, factorColumns(sets)];
  const [B, N] = indexBN.shape;
  const setS = constant(
    Array.from({ length: S }, (_, set) => set),
    [1, S],
  );
  const chosenBS = inputs.foldB.reshape([B, 1]).equal(setS).toFloat();
  return inputs.idEmbeddedUE
    .gatherRows(indexBN)
    .reshape([B, N, S, C])
    .mul(chosenBS.reshape([B, 1, S, 1]))
    .sum(2);
}
