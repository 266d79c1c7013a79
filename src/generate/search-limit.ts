/** Legend: K items of a slate. */
import { countItems, type Places } from '../slate/places.ts';

/** Why a search ended with the best slate so far. */
export type Cut = 'bound' | 'deadline';

/** What a search may cost. Asked before each further question; what was asked already stands. */
export interface SearchLimit {
  /** Whether to end now with what there is; a search that ends because of it was cut. */
  isOver(): boolean;
  /** Why it was cut; undefined where it never had to end early. */
  readonly cut: Cut | undefined;
  /** Slates asked about at once cost no more: a deadline is looked at between two questions. */
  readonly portion: number;
  spend(cost: number): void;
}

export interface SearchLimitOptions {
  /** What all slates asked about may cost, in units of `costOf`: the same slates on every machine. */
  readonly bound?: number | undefined;
  /** When to end, in milliseconds of `now`: how far the search comes by then depends on the machine and its load. */
  readonly endsAt?: number | undefined;
  readonly now?: () => number;
}

/** Some seconds of scoring on two cores. 10 of 1,000 by beam and swap need some three quarters of it. */
export const SEARCH_BOUND = 4_000_000;
/** Of a search for the best slate known, which is asked for with patience. */
export const LONG_SEARCH_BOUND = 40_000_000;

const PORTION = 200_000;
const PORTION_WITH_DEADLINE = 5000;

export function createSearchLimit({
  bound = SEARCH_BOUND,
  endsAt,
  now = () => performance.now(),
}: SearchLimitOptions = {}): SearchLimit {
  let left = bound;
  let cut: Cut | undefined;
  return {
    isOver() {
      if (cut === undefined && left <= 0) cut = 'bound';
      if (cut === undefined && endsAt !== undefined && now() >= endsAt) cut = 'deadline';
      return cut !== undefined;
    },
    get cut() {
      return cut;
    },
    portion: endsAt === undefined ? PORTION : PORTION_WITH_DEADLINE,
    spend(cost) {
      left -= cost;
    },
  };
}

/** About what scoring a slate costs: its K items, and their K^2 pairs, which weigh as much from 50 items on. */
export function costOf(places: Places): number {
  const K = countItems(places);
  return K * (1 + K / 50);
}
