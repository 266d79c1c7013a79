/** What a user's earlier clicks say of the values of a list's items. Legend: K items, D distinct tokens of the list. */
import type { VersionOf } from '../../memory/enter.ts';
import type { ItemVersion } from '../../memory/item-version.ts';
import type { UserState } from '../../memory/state.ts';
import { CLICKED, EXPOSURES, knownStart, RESIDUAL, SKIPPED } from '../../memory/tastes.ts';
import { createListTokens } from './list-tokens.ts';

/** Pseudo-exposures that a taste starts from. */
export const TASTE_PRIOR = 4;
/** How many of the last clicked and skipped items are compared one by one. */
const NEAREST = 10;

export interface ListTastes {
  /**
   * Writes of each of the K items, from `tasteStart` on, mean and best of the user's shrunk residuals over the item's values of every vocabulary; and, from `similarityStart`
   * on, its cosine with the items that the user clicked, and skipped: on the mean (shrunk to 0), and with the nearest of the latest other than itself. Zeros where nobody is
   * known. `rows` is [K, stride].
   */
  write(rows: Float64Array, list: TasteContext): void;
}

export interface TasteContext {
  readonly stride: number;
  readonly user: UserState | undefined;
  readonly versions: readonly ItemVersion[];
  readonly versionOf: VersionOf;
}

export function createListTastes(options: {
  readonly tokenCount: number;
  readonly tasteStart: number;
  readonly similarityStart: number;
}): ListTastes {
  const { tasteStart, similarityStart } = options;
  const tokens = createListTokens(options.tokenCount);
  let shrunkD = new Float64Array(0);
  let clickedD = new Float64Array(0);
  let skippedD = new Float64Array(0);
  let bestK = new Float64Array(0);

  return {
    write(rows, list) {
      const { stride, user, versions } = list;
      if (!user) {
        for (let k = 0; k < versions.length; k++) {
          const tasteEnd = tasteStart + 2 * (versions[k].tokenStarts.length - 1);
          rows.fill(0, k * stride + tasteStart, k * stride + tasteEnd);
          rows.fill(0, k * stride + similarityStart, k * stride + similarityStart + 4);
        }
        return;
      }
      tokens.load(versions);
      recall(user);
      for (let k = 0; k < versions.length; k++) {
        writeTastes(rows, k * stride + tasteStart, versions[k], k);
        writeSimilarities(rows, k * stride + similarityStart, versions[k], k, user);
      }
      writeNearest(rows, similarityStart + 2, user.clicked, list);
      writeNearest(rows, similarityStart + 3, user.skipped, list);
    },
  };

  /** The user's tastes for the list's values: each is looked up once, however many of the items carry it. */
  function recall({ tastes }: UserState): void {
    const { values } = tastes;
    const { distinct, tokenD } = tokens;
    if (distinct > shrunkD.length) {
      shrunkD = new Float64Array(2 * distinct);
      clickedD = new Float64Array(2 * distinct);
      skippedD = new Float64Array(2 * distinct);
    }
    for (let d = 0; d < distinct; d++) {
      const start = knownStart(tastes, tokenD[d]);
      shrunkD[d] = start < 0 ? 0 : values[start + RESIDUAL] / (values[start + EXPOSURES] + TASTE_PRIOR);
      clickedD[d] = start < 0 ? 0 : values[start + CLICKED];
      skippedD[d] = start < 0 ? 0 : values[start + SKIPPED];
    }
  }

  // Innermost loops: plain arguments.

  function writeTastes(rows: Float64Array, start: number, { tokenStarts }: ItemVersion, k: number): void {
    const { distinctE, startK } = tokens;
    const first = startK[k];
    for (let vocabulary = 0; vocabulary + 1 < tokenStarts.length; vocabulary++) {
      const end = tokenStarts[vocabulary + 1];
      const count = end - tokenStarts[vocabulary];
      let sum = 0;
      let best = 0;
      for (let index = tokenStarts[vocabulary]; index < end; index++) {
        const shrunk = shrunkD[distinctE[first + index]];
        sum += shrunk;
        if (shrunk > best) best = shrunk;
      }
      rows[start + 2 * vocabulary] = count > 0 ? sum / count : 0;
      rows[start + 2 * vocabulary + 1] = best;
    }
  }

  function writeSimilarities(
    rows: Float64Array,
    at: number,
    { tokenWeights }: ItemVersion,
    k: number,
    user: UserState,
  ): void {
    const { distinctE, startK } = tokens;
    const first = startK[k];
    let clicked = 0;
    let skipped = 0;
    for (let index = 0; index < tokenWeights.length; index++) {
      const d = distinctE[first + index];
      clicked += clickedD[d] * tokenWeights[index];
      skipped += skippedD[d] * tokenWeights[index];
    }
    rows[at] = clicked / (user.clicks + 2);
    rows[at + 1] = skipped / (user.exposures - user.clicks + 2);
  }

  function writeNearest(
    rows: Float64Array,
    at: number,
    recent: readonly number[],
    { stride, versions, versionOf }: TasteContext,
  ): void {
    const K = versions.length;
    if (bestK.length < K) bestK = new Float64Array(2 * K);
    bestK.fill(0, 0, K);
    const count = Math.min(NEAREST, recent.length);
    for (let index = 0; index < count; index++) {
      const other = versionOf(recent[index]);
      // Not there where it was evicted since.
      if (other) tokens.raise(bestK, other);
    }
    for (let k = 0; k < K; k++) rows[k * stride + at] = bestK[k];
  }
}
