/** Legend: K places. */
import type { Influence } from '../scoring/influence.ts';

/** On which scale influence is shown: points of click probability, or logits, which do not fade near 0 and 1. */
export type InfluenceScale = 'points' | 'logit';

/** The matrix on a scale: [j][i] is what the item at place j does to the one at place i; NaN where there is nothing to tell. */
export function influenceOn(
  scale: InfluenceScale,
  influence: Pick<Influence, 'influenceKK' | 'logitInfluenceKK'>,
): readonly Float64Array[] {
  if (scale === 'logit') return influence.logitInfluenceKK;
  return influence.influenceKK.map((row) => row.map((difference) => 100 * difference));
}

/** What the deepest colour stands for at least: what rounds to nothing should not look like much. */
const LEAST = { points: 1, logit: 0.1 } as const;

/** What the deepest colour of a heat map with these influences stands for. */
export const largestInfluence = (values: readonly number[], scale: InfluenceScale): number =>
  Math.max(...values.map(Math.abs), LEAST[scale]);

const DIGITS = { points: 1, logit: 2 } as const;

/** Signed, as read in a cell; what rounds to nothing is a plain zero. */
export function formatInfluence(value: number, scale: InfluenceScale): string {
  const rounded = value.toFixed(DIGITS[scale]);
  if (Number(rounded) === 0) return '0';
  return value > 0 ? `+${rounded}` : rounded.replace('-', '−');
}

/** Rank and name of each item on the page, names cut to what a row can hold. */
export function rankedNames(
  names: readonly string[],
  influence: Influence,
  longest: number,
): readonly { readonly place: number; readonly name: string }[] {
  return [...influence.togetherK.keys()]
    .filter((place) => !Number.isNaN(influence.togetherK[place]))
    .map((place) => ({ place, name: `${place + 1} ${shortened(names[place], longest)}` }));
}

/** Cut to what there is room for. */
export const shortened = (name: string, longest: number): string =>
  name.length > longest ? `${name.slice(0, longest - 1)}…` : name;
