/** What the loop's bench plays: markets, one a seed, and shops that meet the same visits. */
import type { Explore } from '../../src/generate/policies/policies.ts';
import type { SettingsInput } from '../../src/jobs/settings.ts';
import { type VisitsOptions, visitsDefaults } from '../../src/simulator/visits/visits-options.ts';

export interface LoopSetup {
  readonly market: VisitsOptions & { readonly shiftDay: number };
  readonly days: number;
  /** Items of a list. */
  readonly size: number;
  /** A night learns from the lists of so many latest days. */
  readonly window: number;
  /** Latest days whose lists judge the new model, and are not learned from. */
  readonly judged: number;
  /** Share of the log loss that a new model may be worse by. */
  readonly margin: number;
  /** Until this day nothing is checked: somebody looks at the first days, as models only begin to make lists. */
  readonly acceptedUntil: number;
  /** So many days from the shift on are played without it too. */
  readonly twinDays: number;
  /** Bots come on this day. */
  readonly brokenDay: number;
  readonly workers: number;
}

export const setupDefaults: LoopSetup = {
  market: {
    ...visitsDefaults,
    seed: 11,
    users: 600,
    items: 200,
    visits: 150,
    candidates: 24,
    shiftDay: 16,
    tastes: 2.5,
    shift: 'reversed',
    newItems: 4,
  },
  days: 30,
  size: 6,
  window: 2,
  judged: 0.5,
  margin: 0.1,
  acceptedUntil: 5,
  twinDays: 8,
  brokenDay: 24,
  workers: 1,
};

/** Small models in small steps: a night has some 200 lists to learn from. */
const small = {
  ...{ batch: 32, microBatch: 32, epochs: 10, averaging: 0.9 },
  model: { width: 32, feedForward: 64, blocks: 1 },
  optimizer: { warmUp: 10 },
};
export const loopSettings: SettingsInput = {
  recipes: { 'pointwise-bce': small, 'attention-partial': small },
};

/** One in ten lists is drawn, each possible list alike. */
const EXPLORE: Explore = { policy: 'epsilon', epsilon: 0.1 };

/** A shop of the bench: what it learns every night, and how it makes lists of that. Without a recipe it counts clicks per item. */
export interface ShopKind {
  readonly name: string;
  readonly recipe?: string;
  /** A pointwise model knows no company: the best items by themselves are its best list. */
  readonly generator?: string;
  readonly explore?: Explore;
}

const PLAIN: readonly ShopKind[] = [
  { name: 'item rate' },
  { name: 'pointwise', recipe: 'pointwise-bce', generator: 'top' },
  { name: 'list scorer', recipe: 'attention-partial', generator: 'greedy' },
];

export const EXPLORING = ', exploring';

export const shopKinds: readonly ShopKind[] = PLAIN.flatMap((kind) => [
  kind,
  { ...kind, name: `${kind.name}${EXPLORING}`, explore: EXPLORE },
]);

/** What is played beside the shops: nothing but the best lists are looked for. */
export const TRUTH = 'best by the truth';

/** What became of a night. */
export interface Night {
  readonly day: number;
  /** `activated`, `kept` and `stopped` as `slatewise retrain` tells them. */
  readonly outcome: 'activated' | 'kept' | 'stopped';
  /** Why it was stopped, one reason each. */
  readonly reasons?: readonly string[];
}

/** Days of a shop: expected clicks a list by the truth, from day 1 on. */
export interface PlayedDays {
  readonly expected: readonly number[];
  readonly nights: readonly Night[];
}

/** What a process of its own made of one shop of one market. */
export interface PlayedShop {
  readonly name: string;
  readonly setup: LoopSetup;
  readonly shifted: PlayedDays;
  /** The same market without the shift: same visits, same luck; up to `twinDays` after it. */
  readonly twin: PlayedDays;
  /** Seconds of all nights. */
  readonly trained: number;
  readonly seconds: number;
}
