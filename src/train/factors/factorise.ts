/** Legend: I items, N observations of one user, E factors, C = E + 1 with the user's level. */
import { CholeskyDecomposition, Matrix } from 'ml-matrix';
import type { FactorsConfig } from '../../models/shared/factor-sets.ts';
import type { Rng } from '../../random/rng.ts';
import { ratesOf } from './item-rates.ts';
import type { UserObservations } from './observations.ts';

export interface Factorisation {
  /** The item's smoothed click rate among these users. */
  readonly rateI: Float64Array;
  /** [I, E]; an item that none of these users was shown has zeros. */
  readonly factorsIE: Float64Array;
}

export interface FactoriseOptions {
  readonly config: FactorsConfig;
  /** I: items have indices below it. */
  readonly items: number;
  /** E. */
  readonly factors: number;
  /** What the rates of items shrink to. */
  readonly baseRate: number;
  /** Draws the values that the factors start from. */
  readonly rng: Rng;
}

/**
 * Factorises what users clicked and skipped, by weighted alternating least squares (Hu, Koren & Volinsky 2008) on what the items' own rates leave unsaid: with r the rate
 * of an item, y its click and w = r (1 - r), it lowers sum of w ((y - r) / w - q . p - l)^2 + userRidge |p|^2 + levelRidge l^2 over users + itemRidge |q|^2 over items, which
 * is the second-order form of the log loss of logit(r) + q . p + l about the rates. The level l says how readily the user clicks at all.
 */
export function factorise(users: readonly UserObservations[], options: FactoriseOptions): Factorisation {
  const { config, items, factors: E, baseRate, rng } = options;
  const rateI = ratesOf(users, { items, baseRate, weight: config.rateWeight });
  const factorsIE = Float64Array.from({ length: items * E }, () => START * rng.normal());
  for (let sweep = 0; sweep < config.sweeps; sweep++) sweepOnce(users, { rateI, factorsIE }, { config, E });
  return { rateI, factorsIE };
}

/** Deviation of the values that the factors start from. */
const START = 0.1;

/** Solves every user for the items' factors, then every item for the users'. */
function sweepOnce(
  users: readonly UserObservations[],
  { rateI, factorsIE }: Factorisation,
  { config, E }: { readonly config: FactorsConfig; readonly E: number },
): void {
  const items = rateI.length;
  const gramIEE = new Float64Array(items * E * E);
  const rightIE = new Float64Array(items * E);
  for (const user of users) {
    const tasteC = solveUser(user, { rateI, factorsIE }, { config, E });
    for (const [n, item] of user.itemN.entries()) {
      const weight = rateI[item] * (1 - rateI[item]);
      const left = user.clickedN[n] - rateI[item] - weight * tasteC[E];
      for (let e = 0; e < E; e++) {
        rightIE[item * E + e] += left * tasteC[e];
        for (let f = 0; f < E; f++) gramIEE[(item * E + e) * E + f] += weight * (tasteC[e] * tasteC[f]);
      }
    }
  }
  for (let item = 0; item < items; item++) {
    const gram = gramIEE.subarray(item * E * E, (item + 1) * E * E);
    const right = rightIE.subarray(item * E, (item + 1) * E);
    factorsIE.set(solveRidge(gram, right, new Float64Array(E).fill(config.itemRidge)), item * E);
  }
}

/** The taste p of a user and, as the last of C numbers, the level, from what was clicked and skipped. */
export function solveUser(
  { itemN, clickedN }: Pick<UserObservations, 'itemN' | 'clickedN'>,
  { rateI, factorsIE }: Factorisation,
  { config, E }: { readonly config: Pick<FactorsConfig, 'userRidge' | 'levelRidge'>; readonly E: number },
): Float64Array {
  const C = E + 1;
  const gramCC = new Float64Array(C * C);
  const rightC = new Float64Array(C);
  const q = new Float64Array(C).fill(1);
  for (const [n, item] of itemN.entries()) {
    const weight = rateI[item] * (1 - rateI[item]);
    for (let e = 0; e < E; e++) q[e] = factorsIE[item * E + e];
    for (let c = 0; c < C; c++) {
      rightC[c] += (clickedN[n] - rateI[item]) * q[c];
      for (let d = 0; d < C; d++) gramCC[c * C + d] += weight * (q[c] * q[d]);
    }
  }
  const ridgeC = new Float64Array(C).fill(config.userRidge);
  ridgeC[E] = config.levelRidge;
  return solveRidge(gramCC, rightC, ridgeC);
}

/** x of (gram + diag(ridge)) x = right, for a gram that is symmetric to the bit. */
function solveRidge(gramCC: Float64Array, rightC: Float64Array, ridgeC: Float64Array): Float64Array {
  const C = ridgeC.length;
  const matrix = Matrix.from1DArray(C, C, gramCC);
  for (let c = 0; c < C; c++) matrix.set(c, c, matrix.get(c, c) + ridgeC[c]);
  return Float64Array.from(new CholeskyDecomposition(matrix).solve(Matrix.columnVector(rightC)).to1DArray());
}
