import type { EncodedSlates } from '../features/encoded-slates.ts';
import { createRng } from '../random/rng.ts';

/** One of `of` equal shares of the users, drawn by a hash; `share` counts from 1. Two models on different shares of the same log have no training user in common. */
export interface UserFold {
  readonly share: number;
  readonly of: number;
}

export const foldName = ({ share, of }: UserFold): string => `${share}/${of}`;

/** Those of the lists whose user is in the fold. */
export function listsOfFold(slates: EncodedSlates, lists: Int32Array, { share, of }: UserFold): Int32Array {
  const rng = createRng('user fold');
  const foldOfUser = new Map<number, number>();
  return lists.filter((list) => {
    const user = slates.userB[list];
    let fold = foldOfUser.get(user);
    if (fold === undefined) {
      fold = rng.split(user).integer(of);
      foldOfUser.set(user, fold);
    }
    return fold === share - 1;
  });
}
