/** Made-up parts on which metrics are tried. Legend: B impressions, S slots, U users. */
import type { ScoredPart } from '../metrics/scored-part.ts';
import { createRng } from '../random/rng.ts';

/** One list before it is laid end to end with others. */
export interface MadeList {
  readonly user: number;
  readonly items: readonly { readonly value: number; readonly label: 0 | 1 }[];
}

/** As many users as the lists name; probabilities decided at one half. */
export function partOf(lists: readonly MadeList[], scale: ScoredPart['scale'] = 'probability'): ScoredPart {
  const items = lists.flatMap((list) => list.items);
  const offsetsB = Int32Array.from([0, ...lists.map((list) => list.items.length)]);
  for (let b = 1; b < offsetsB.length; b++) offsetsB[b] += offsetsB[b - 1];
  return {
    offsetsB,
    labelS: Uint8Array.from(items, ({ label }) => label),
    userB: Int32Array.from(lists, ({ user }) => user),
    users: lists.reduce((most, { user }) => Math.max(most, user + 1), 0),
    scale,
    valueS: Float64Array.from(items, ({ value }) => value),
    threshold: scale === 'probability' ? 0.5 : 0,
  };
}

/** 60 lists of 1 to 9 items, of 12 users; the probabilities are of few values, so that many are equal. */
export function drawnLists(): readonly MadeList[] {
  const rng = createRng('lists for metrics');
  return Array.from({ length: 60 }, (_, b) => ({
    user: b % 12,
    items: Array.from({ length: 1 + rng.integer(9) }, () => {
      const value = (1 + rng.integer(9)) / 10;
      return { value, label: rng.next() < value ? (1 as const) : (0 as const) };
    }),
  }));
}
