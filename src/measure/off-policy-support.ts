/** How much a log can tell of a generator. Legend: L lists, K places. */
import { type LoggedChoice, type OffPolicyName, offPolicyNames } from './off-policy.ts';

/** What of a log counts for a generator. */
export interface OffPolicySupport {
  /** Lists that the generator would have shown as they were logged, from the top to the bottom. */
  readonly agreeing: number;
  /** Of each estimate its effective sample size: as many lists of equal weight would tell as much (Kish 1965). The least of all places. */
  readonly effective: Readonly<Record<OffPolicyName, number>>;
  /** The mean weight of a slate. It is 1 but for chance, unless lists that the generator would have shown could hardly come. */
  readonly meanWeight: number;
  /** Its standard error. */
  readonly weightError: number;
}

/** Below so many effective lists an interval does not hold what it says, and none is told. */
export const FEWEST_LISTS = 20;

/** So many standard errors below 1 no mean weight lies by chance. */
const FAR_BELOW = 4;

export function offPolicySupport(lists: readonly LoggedChoice[]): OffPolicySupport {
  const weights = lists.map(slateWeight);
  const slate = effectiveSize(weights);
  const K = lists.reduce((most, { clicksK }) => Math.max(most, clicksK.length), 0);
  const place = Array.from({ length: K }, (_, k) => effectiveSize(lists.flatMap((list) => placeWeight(list, k))));
  const byPlace = Math.min(...place);
  const sizeOf = (name: OffPolicyName): number => (name.endsWith('IIPS') ? byPlace : slate);
  return {
    agreeing: weights.filter((weight) => weight > 0).length,
    effective: Object.fromEntries(offPolicyNames.map((name) => [name, sizeOf(name)])) as OffPolicySupport['effective'],
    ...meanOf(weights),
  };
}

/**
 * Whether a part of the lists was drawn in a way that hardly ever gives the generator's slates, such as by another policy. Of that part SIPS says 0 and DR what the model expects, and
 * intervals do not know it.
 */
export const isPartMissing = ({
  meanWeight,
  weightError,
}: Pick<OffPolicySupport, 'meanWeight' | 'weightError'>): boolean => 1 - meanWeight > FAR_BELOW * weightError;

/** What to say of it. */
export const missingPartDoubt = ({ meanWeight }: Pick<OffPolicySupport, 'meanWeight'>): string =>
  `the lists that agree stand for ${(100 * meanWeight).toFixed(0)} % of all alone: no interval is told, as the others were drawn in a way that hardly ever gives these slates; explore more evenly, or judge what is nearer to what was shown`;

/** What to say of an estimate from so few lists; undefined where there is nothing. */
export function supportDoubt(effective: number): string | undefined {
  if (!(effective < FEWEST_LISTS)) return undefined;
  if (effective === 0)
    return 'no list agrees: nothing is told; explore more, or judge what is nearer to what was shown';
  return `only ${effective.toFixed(1)} effective lists agree: no interval is told, as it would not hold; explore more, or wait for more lists`;
}

function slateWeight({ agreesK, propensityK }: LoggedChoice): number {
  let weight = 1;
  for (let k = 0; k < propensityK.length; k++) weight *= agreesK[k] / propensityK[k];
  return weight;
}

function placeWeight({ agreesK, placePropensityK }: LoggedChoice, k: number): readonly number[] {
  if (k >= agreesK.length) return [];
  return [placePropensityK ? agreesK[k] / placePropensityK[k] : Number.NaN];
}

function meanOf(weights: readonly number[]): Pick<OffPolicySupport, 'meanWeight' | 'weightError'> {
  const L = weights.length;
  const mean = weights.reduce((sum, weight) => sum + weight, 0) / L;
  const squares = weights.reduce((sum, weight) => sum + (weight - mean) ** 2, 0);
  return { meanWeight: mean, weightError: Math.sqrt(squares / L / Math.max(1, L - 1)) };
}

function effectiveSize(weights: readonly number[]): number {
  const [sum, squares] = weights.reduce(([a, b], weight) => [a + weight, b + weight * weight], [0, 0]);
  return sum === 0 ? 0 : (sum * sum) / squares;
}
