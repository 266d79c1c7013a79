import { createRng } from '../../random/rng.ts';
import type { Prepared } from '../prepare.ts';

/** Which lists of the training part are learned from. */
export interface PartOfLists {
  readonly lists: number;
  readonly seed: number;
  /** `lists`: any; `users`: of as few users as have so many, each with all of theirs but the last one's rest. */
  readonly by: 'lists' | 'users';
}

/** So many training lists, in the order of the walk. A seed's parts are nested: the larger one holds all of the smaller. */
export function partOfLists({ encoded: { slates, train } }: Prepared, { lists, seed, by }: PartOfLists): Int32Array {
  if (lists >= train.length) return train;
  const rng = createRng(seed).split(`part of ${by}`);
  const order = Int32Array.from(train.keys());
  if (by === 'lists') rng.shuffle(order);
  else {
    const { userB } = slates.outcomes(train);
    const users = rng.shuffle([...new Set(userB)]);
    const place = new Map(users.map((user, at) => [user, at]));
    order.sort((a, b) => (place.get(userB[a]) ?? 0) - (place.get(userB[b]) ?? 0) || a - b);
  }
  return order
    .slice(0, lists)
    .sort()
    .map((at) => train[at]);
}

/** The same data with other training lists. What is known at a list, and how numbers are scaled, stays as the whole log has it. */
export const withTrain = (prepared: Prepared, train: Int32Array): Prepared =>
  train === prepared.encoded.train ? prepared : { ...prepared, encoded: { ...prepared.encoded, train } };

/** So many of these lists at most, evenly spaced. */
export function spacedLists(lists: Int32Array, most: number): Int32Array {
  const taken = Math.min(lists.length, most);
  return Int32Array.from({ length: taken }, (_, at) => lists[Math.floor((at * lists.length) / taken)]);
}
