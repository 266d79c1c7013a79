/** How a slate's company changes each item's click probability. Legend: K slate. */
import { AVERAGE_SENSITIVITY, type WorldItem, type WorldUser } from './world.ts';

/** Sizes of the effects, on the logit. */
export interface Effects {
  /** Logit of an average item at the top of a page. */
  readonly base: number;
  readonly rating: number;
  /** Per unit of log(position + 1). */
  readonly position: number;
  /** Attraction: a dominated neighbour lifts the item that dominates it (Huber, Payne & Puto 1982). */
  readonly attraction: number;
  /** What being dominated by a neighbour costs. */
  readonly dominated: number;
  /** Compromise: the middle option in price of at least three gains (Simonson 1989). */
  readonly compromise: number;
  /** Similarity: near-duplicates share demand (Tversky 1972). */
  readonly similarity: number;
}

export const effectDefaults: Effects = {
  base: -2.3,
  rating: 0.8,
  position: 0.25,
  attraction: 2.6,
  dominated: 1.8,
  compromise: 1.6,
  similarity: 1.5,
};

export const effectNames = ['none', 'mild', 'strong'] as const;
export type EffectsName = (typeof effectNames)[number];

const ofCompany = (size: number): Partial<Effects> => ({
  ...{ attraction: size, dominated: size, compromise: size, similarity: size },
});

/**
 * How much company counts. `mild` is of the size that a real market showed: of 11 to 25 % of shoppers who notice that a diamond dominates another, 1.8 to 3.2 times as many buy it (Wu & Cosguner 2020), which
 * is 1.09 to 1.55 times among all, 0.08 to 0.44 on a logit; the other effects are set to the same 0.25, for lack of such figures.
 */
const effectSets: Readonly<Record<EffectsName, Effects>> = {
  none: { ...effectDefaults, ...ofCompany(0) },
  mild: { ...effectDefaults, ...ofCompany(0.25) },
  strong: effectDefaults,
};

/** What a simulation says of how its users click. */
export interface ClickOptions {
  /** How much the company of an item counts; `strong` where left out. */
  readonly effects?: EffectsName | undefined;
  /** Logit of an average item at the top of a page, -2.3 where left out: a lower one makes clicks rarer, and leaves every difference on the logit as it is. */
  readonly base?: number | undefined;
  /** How much company counts, in times of what `effects` says; 1 where left out. */
  readonly company?: number | undefined;
  /** Logit that is lost per unit of log(position + 1); 0.25 where left out. */
  readonly position?: number | undefined;
}

export function effectsOf({
  effects = 'strong',
  base = effectDefaults.base,
  company = 1,
  position = effectDefaults.position,
}: ClickOptions): Effects {
  const set = effectSets[effects];
  const times = Object.fromEntries(ofCompanyNames.map((name) => [name, company * set[name]]));
  return { ...set, ...times, base, position };
}

const ofCompanyNames = ['attraction', 'dominated', 'compromise', 'similarity'] as const;

export interface ChoiceModelOptions {
  readonly effects?: Effects;
  /** 0-based place of each item on the page; 0, 1, 2, ... unless told otherwise. */
  readonly positionsK?: ArrayLike<number> | undefined;
}

/** Click probability of every item of a slate, in shown order. */
export function slateProbabilities(
  user: WorldUser,
  slate: readonly WorldItem[],
  { effects = effectDefaults, positionsK }: ChoiceModelOptions = {},
): Float64Array {
  return Float64Array.from(slate, (item, k) =>
    sigmoid(ownUtility(user, item, { position: positionsK?.[k] ?? k, effects }) + contextUtility(item, slate, effects)),
  );
}

/** What each item would have by itself at its place: the same without the company. */
export function aloneProbabilities(
  user: WorldUser,
  slate: readonly WorldItem[],
  { effects = effectDefaults, positionsK }: ChoiceModelOptions = {},
): Float64Array {
  return Float64Array.from(slate, (item, k) =>
    sigmoid(ownUtility(user, item, { position: positionsK?.[k] ?? k, effects })),
  );
}

function ownUtility(
  user: WorldUser,
  item: WorldItem,
  { position, effects }: { position: number; effects: Effects },
): number {
  return (
    effects.base +
    effects.rating * (item.rating - 3) -
    user.priceSensitivity * item.dearness +
    user.tastes[item.category] -
    effects.position * Math.log(position + 1)
  );
}

/** What a shop that knows no user takes an item to be worth, on the logit: its rating, and its price to somebody of average sensitivity. */
export const averageUtility = (item: WorldItem, effects: Effects): number =>
  effects.rating * (item.rating - 3) - AVERAGE_SENSITIVITY * item.dearness;

function contextUtility(item: WorldItem, slate: readonly WorldItem[], effects: Effects): number {
  let dominates = 0;
  let dominated = 0;
  let alike = 0;
  let cheaper = 0;
  let dearer = 0;
  for (const other of slate) {
    if (other === item || other.category !== item.category) continue;
    dominates += dominance(item, other);
    dominated += dominance(other, item);
    alike += likeness(item, other);
    if (other.price < item.price) cheaper++;
    if (other.price > item.price) dearer++;
  }
  const middle = cheaper + dearer >= 2 ? 1 - Math.abs(cheaper - dearer) / (cheaper + dearer) : 0;
  return (
    effects.attraction * Math.min(1, dominates) -
    effects.dominated * Math.min(1, dominated) +
    effects.compromise * middle -
    effects.similarity * Math.min(1.5, alike)
  );
}

/** How clearly `better` is cheaper and better rated than `worse`: 1 from a price level 0.25 and a rating 0.6 apart, 0 when it is not both. */
function dominance(better: WorldItem, worse: WorldItem): number {
  return upToOne((worse.dearness - better.dearness) / 0.25) * upToOne((better.rating - worse.rating) / 0.6);
}

/** 1 for the same brand, price and rating, fading with the distance. */
function likeness(a: WorldItem, b: WorldItem): number {
  if (a.brand !== b.brand) return 0;
  return Math.exp(-(((a.dearness - b.dearness) / 0.3) ** 2) - ((a.rating - b.rating) / 0.6) ** 2);
}

const upToOne = (x: number): number => Math.max(0, Math.min(1, x));

const sigmoid = (logit: number): number => 1 / (1 + Math.exp(-logit));
