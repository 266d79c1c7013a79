/** The answer of a generator to one request. */
import type { ExplorePrice } from '../policies/explore-price.ts';
import type { Cut } from '../search-limit.ts';

/** An item of a slate that was composed. */
export interface PlacedItem {
  readonly item: string;
  /** 0-based, as in rules and in events. */
  readonly position: number;
  /** Click probability in the company of the slate. */
  readonly probability: number;
  /** Of an explored slate: the policy's probability of this item at this place, given those above it; 1 where it is pinned. */
  readonly propensity?: number;
  /** The same whatever stands above; only where it is known. */
  readonly placePropensity?: number;
}

/** A slate that was composed. */
export interface MadeSlate {
  readonly items: readonly PlacedItem[];
  /** What the objective gives it. */
  readonly value: number;
  readonly expectedClicks: number;
  /** Probability of at least one click. */
  readonly anyClick: number;
  /** Of an explored slate: its probability, the product of those of its items. 0 where that is less than a number can hold. */
  readonly propensity?: number;
}

/** A slate that was made for a request, and how it compares with the best one known. */
export interface SlateReply extends MadeSlate, BestAndGap {
  /** Id of the request. */
  readonly request: string;
  /** Of a request from before the memory's clock: the clock, as of which it is answered; epoch milliseconds. */
  readonly asOf?: number;
  /** What the rules name and no known item has: they may be misspelt. */
  readonly warnings?: readonly string[];
  /** Why the search ended before its own end, with the best slate so far. */
  readonly cut?: Cut;
  /** What drew the slate, where lists are explored: `epsilon=0.05 generator=beam+swap`. */
  readonly policy?: string;
  /** What exploring costs on average; where it was asked for. */
  readonly explorePrice?: ExplorePrice;
  readonly generator: string;
  readonly objective: string;
  /** What the generator learned to maximise, where that is another objective than the one asked for: its slate is valued by the latter, not made for it. */
  readonly learnedObjective?: string;
  /** Weight of the likeness that is taken off the value; 0: none. */
  readonly diversity: number;
  readonly alternatives: readonly MadeSlate[];
  readonly rules: readonly RulePrice[];
}

/** How good a slate is beside the best one known. */
export interface BestAndGap {
  /** The best slate known and how it was found; undefined where trying all was too much and no long search was asked for. */
  readonly best?: { readonly value: number; readonly by: 'exhaustive' | 'search'; readonly items: readonly string[] };
  /** Share of the best value that the slate misses; undefined without a best, or where that is worth nothing and the slate less. */
  readonly gap?: number;
}

/** What a rule costs. */
export interface RulePrice {
  /** The rule in words; excluded ids are one rule. */
  readonly rule: string;
  /** In units of the objective, never negative; null where it was not looked for. */
  readonly price: number | null;
  /** Of what the slate is worth without the rule; 0 where that is nothing. */
  readonly share: number | null;
  /** `pin i7 at place 1 costs 0.8 % of expected clicks`. */
  readonly sentence: string;
}
