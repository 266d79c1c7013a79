/** What the loop's bench plays: one market, and shops that meet the same visits. */
import type { Explore } from '../../src/generate/policies/policies.ts';
import type { PlayedDay } from '../../src/jobs/play/day-tally.ts';
import { type VisitsOptions, visitsDefaults } from '../../src/simulator/visits/visits-options.ts';

export interface LoopSetup {
  readonly market: VisitsOptions;
  readonly days: number;
  /** Items of a list. */
  readonly size: number;
  /** A night learns from the lists of so many latest days. */
  readonly window: number;
  /** Bots come on this day; on none where it is left out. */
  readonly brokenDay?: number;
  readonly workers: number;
}

export const setupDefaults: LoopSetup = {
  market: {
    ...visitsDefaults,
    seed: 11,
    users: 600,
    items: 200,
    visits: 100,
    candidates: 24,
    shiftDay: 16,
    newItems: 4,
  },
  days: 30,
  size: 6,
  window: 4,
  brokenDay: 24,
  workers: 1,
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
  { name: 'list scorer', recipe: 'attention-partial', generator: 'swap' },
];

export const EXPLORING = ', exploring';

export const shopKinds: readonly ShopKind[] = PLAIN.flatMap((kind) => [
  kind,
  { ...kind, name: `${kind.name}${EXPLORING}`, explore: EXPLORE },
]);

/** What is played beside the shops: nothing but the best lists are looked for. */
export const TRUTH = 'best by the truth';

/** What a process of its own made of one shop. */
export interface PlayedShop {
  readonly name: string;
  readonly setup: LoopSetup;
  readonly days: readonly PlayedDay[];
  /** Nights without a training, and why. */
  readonly refused: readonly RefusedNight[];
  /** Seconds of all trainings. */
  readonly trained: number;
  readonly seconds: number;
}

/** A day that was not learned from. */
export interface RefusedNight {
  readonly day: number;
  readonly reasons: readonly string[];
}
