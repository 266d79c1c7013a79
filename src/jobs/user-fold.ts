import type { SlateSource } from '../datasets/slate-source/slate-source.ts';
import { createRng } from '../random/rng.ts';

/** One of `of` equal shares of the users, drawn by a hash; `share` counts from 1. Two models on different shares of the same log have no training user in common. */
export interface UserFold {
  readonly share: number;
  readonly of: number;
}

export const foldName = ({ share, of }: UserFold): string => `${share}/${of}`;

/** The fold of a name such as `1/2`; undefined where it is none. */
export function foldNamed(name: string): UserFold | undefined {
  const [, share, of] = /^(\d+)\/(\d+)$/.exec(name) ?? [];
  const fold = { share: Number(share), of: Number(of) };
  return fold.share >= 1 && fold.share <= fold.of && fold.of >= 2 ? fold : undefined;
}

/**
 * Asked of the training lists one after the other, in the order of the walk: whether the list's user is in the fold. A user's draw is by how many came before, so it needs
 * all training lists from the first. Users may have any key; lists of nobody known need one each.
 */
export function foldMembers({ share, of }: UserFold): (user: string | number) => boolean {
  const rng = createRng('user fold');
  const members = new Map<string | number, boolean>();
  return (user) => {
    const known = members.get(user);
    if (known !== undefined) return known;
    const isMember = rng.split(members.size).integer(of) === share - 1;
    members.set(user, isMember);
    return isMember;
  };
}

/** Those of the training lists whose user is in the fold. */
export function listsOfFold(slates: SlateSource, train: Int32Array, fold: UserFold): Int32Array {
  const isMember = foldMembers(fold);
  const { userB } = slates.outcomes(train);
  return train.filter((_, at) => isMember(userB[at]));
}
