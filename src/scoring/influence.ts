/** What the items of a slate do to each other. Legend: K places. */

import { checkOptionsArgument } from '../slate/check-argument.ts';
import { EMPTY, type Places } from '../slate/places.ts';
import { type MeanOfCompanies, meanOfCompanies, placedIn } from './average-company.ts';
import { checkAskedInfluence, checkInfluence } from './check-influence.ts';
import { sigmoid } from './sigmoid.ts';

/** Asks a model, or the truth of a simulation, about slates: the logits of the items present in place order, those of slate n at `[offsets[n], offsets[n + 1])`. */
export type ScoreSlates = (slates: readonly Places[]) => Promise<{
  readonly offsets: Int32Array;
  readonly logits: Float32Array;
  /** Logit of at least one click on slate n. */
  readonly slateLogitOf: (slate: number) => number;
}>;

/** By place; NaN at an empty one. */
export interface Influence {
  /** Click probability of each item in average company: where it stands, but on other lists, mean over these. NaN where none were given. */
  readonly averageK: readonly MeanOfCompanies[];
  /** The same with all the others of this slate. */
  readonly togetherK: Float64Array;
  /**
   * `influenceKK[j][i]` = p_i(with all) - p_i(without j): what the item at place j does to the click probability of the item at place i. Positive: j helps i. NaN on the
   * diagonal. Not symmetric, and a row is no sum of parts: with two near-duplicates on a page, each alone may be missed by nobody.
   */
  readonly influenceKK: readonly Float64Array[];
  /** The same difference of logits: what a probability near 0 or 1 hides. */
  readonly logitInfluenceKK: readonly Float64Array[];
  /** Change of the probability that anything is clicked when the item at place j is there. */
  readonly anyClickK: Float64Array;
  /** The probability that anything is clicked, with all of them. */
  readonly anyClick: number;
}

export interface InfluenceOptions {
  /** Lists that were really shown, by place as indices of candidates: each item of the slate is put into each of them, at its own place, to tell what it gets in average company. */
  readonly companies?: readonly Places[];
}

/**
 * Influence by leaving out (Cook 1977 does it to data points): each item is taken away in turn, the others keep their places and j's place is `EMPTY`. K + 1 slates, and K more a company, asked
 * about at once.
 */
export async function influence(
  places: Places,
  score: ScoreSlates,
  options: InfluenceOptions = {},
): Promise<Influence> {
  checkOptionsArgument(options, 'influence');
  const { companies = [] } = options;
  checkAskedInfluence(places, score, companies);
  const K = places.length;
  const present = [...places.keys()].filter((place) => places[place] !== EMPTY);
  const without = present.map((place) => places.with(place, EMPTY));
  const elsewhere = present.flatMap((place) =>
    companies.map((company) => placedIn(company, { item: places[place], place })),
  );
  const slates = [places, ...without, ...elsewhere];
  const { offsets, logits, slateLogitOf } = await score(slates);
  /** Logits of one of the slates by place. */
  const byPlace = (slate: number): Float64Array => {
    let next = offsets[slate];
    return Float64Array.from(slates[slate], (candidate) => (candidate === EMPTY ? Number.NaN : logits[next++]));
  };

  const logitsK = byPlace(0);
  const rest = new Map(present.map((place, at) => [place, byPlace(1 + at)]));
  const logitOf = (j: number, i: number): number => rest.get(j)?.[i] ?? Number.NaN;
  const matrix = (entry: (j: number, i: number) => number): readonly Float64Array[] =>
    Array.from({ length: K }, (_, j) => Float64Array.from({ length: K }, (_, i) => entry(j, i)));
  const nothing = new Float64Array(K).fill(Number.NaN);
  const averageK = Array.from({ length: K }, () => meanOfCompanies([]));
  const anyClickK = nothing.slice();
  const anyClick = sigmoid(slateLogitOf(0));
  for (const [at, place] of present.entries()) {
    const first = 1 + present.length + at * companies.length;
    averageK[place] = meanOfCompanies(companies.map((_, c) => sigmoid(byPlace(first + c)[place])));
    // Without its only item a page is empty: nothing on it can be clicked.
    const others = present.length === 1 ? 0 : sigmoid(slateLogitOf(1 + at));
    anyClickK[place] = anyClick - others;
  }
  return {
    averageK,
    togetherK: logitsK.map(sigmoid),
    influenceKK: matrix((j, i) => sigmoid(logitsK[i]) - sigmoid(logitOf(j, i))),
    logitInfluenceKK: matrix((j, i) => logitsK[i] - logitOf(j, i)),
    anyClickK,
    anyClick,
  };
}

/** An item of an explained slate, under the names of a scored one. */
export interface ExplainedItem {
  readonly item: string;
  /** 0-based, as in rules and in events. */
  readonly position: number;
  /** Click probability in the company of the slate. */
  readonly probability: number;
  /** The same in average company: mean over lists that were really shown, the item at its place in each, with a 95 % interval; null where the model knows no lists. */
  readonly average: MeanOfCompanies | null;
  /** What its being there changes in the probability that anything is clicked. */
  readonly anyClickChange: number;
}

/** What the items of a slate do to each other, as plain JSON. */
export interface InfluenceJson {
  /** By place; null at an empty one. */
  readonly items: readonly (ExplainedItem | null)[];
  /** Sum of the probabilities. */
  readonly expectedClicks: number;
  /** Probability of at least one click. */
  readonly anyClick: number;
  /** Row j, column i: see `Influence`. */
  readonly influence: readonly (readonly (number | null)[])[];
  readonly logitInfluence: readonly (readonly (number | null)[])[];
}

/** `names`: ids by place, empty at an empty one. NaN becomes null, which is what JSON has. */
export function influenceToJson(influence: Influence, names: readonly string[]): InfluenceJson {
  checkInfluence(influence, names, 'influenceToJson');
  const numbers = (values: Float64Array): readonly (number | null)[] =>
    Array.from(values, (value) => (Number.isNaN(value) ? null : value));
  return {
    items: names.map((item, place) =>
      item === ''
        ? null
        : {
            item,
            position: place,
            probability: influence.togetherK[place],
            average: Number.isNaN(influence.averageK[place].mean) ? null : influence.averageK[place],
            anyClickChange: influence.anyClickK[place],
          },
    ),
    expectedClicks: influence.togetherK.reduce((sum, p) => (Number.isNaN(p) ? sum : sum + p), 0),
    anyClick: influence.anyClick,
    influence: influence.influenceKK.map(numbers),
    logitInfluence: influence.logitInfluenceKK.map(numbers),
  };
}
