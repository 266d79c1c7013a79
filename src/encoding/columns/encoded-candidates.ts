/** Legend: N candidates, F slot columns, C compared columns. */
import type { ItemVersion } from '../../memory/item-version.ts';
import type { EncodedClickGraph } from './click-graph.ts';
import type { EncodedItems } from './encoded-slates.ts';
import type { ListFeatures } from './list-features.ts';

/**
 * The candidates of one request, encoded once: everything that slates of them have in common, and what it takes to compute the rest. Not normalised. It keeps what
 * was known at the request, whatever the memory meets afterwards.
 */
export interface EncodedCandidates {
  readonly N: number;
  readonly F: number;
  /** The distinct versions of the candidates, then of the user's history. */
  readonly items: EncodedItems;
  /** Row in `items` of each candidate. */
  readonly rowN: readonly number[];
  readonly versions: readonly ItemVersion[];
  /** [N, F]; what depends on the slate (the positioned column, and all from `listStart` on) is of no slate in particular. */
  readonly slotDenseNF: Float64Array;
  /** The columns that a list compares, column after column; the positioned one as above. */
  readonly valuesCN: Float64Array;
  /** The slot column that depends on the place. */
  readonly positioned: number;
  /** Which of the compared columns it is. */
  readonly comparedPositioned: number;
  /** The value of the positioned column at a place. */
  expectedLogOdds(candidate: number, place: number): number;
  /** The first of the columns that compare an item with the rest of its list. */
  readonly listStart: number;
  readonly listFeatures: ListFeatures;
  readonly contextDense: readonly number[];
  /** The context column that depends on how many items are there. */
  readonly listLength: number;
  readonly contextTokens: readonly (readonly number[])[];
  /** In the table of users, 0 of all without one. */
  readonly userRow: number;
  /** H. */
  readonly historyLength: number;
  /** Item rows, latest first, at most H. */
  readonly clicked: readonly number[];
  readonly skipped: readonly number[];
  /** The candidates' neighbours, where the click graph is sampled. */
  readonly graph?: EncodedClickGraph;
}
