import { hashLetters, mixLetter } from './hash-letters.ts';

/** What a list is told by. */
export interface PrintedList {
  readonly user: string;
  readonly items: readonly { readonly id: string }[];
}

/** User and items of a list as one number (FNV-1a over their letters): with id and time enough to tell whether another list is the same. */
export function listPrint({ user, items }: PrintedList): number {
  let hash = mixLetter(hashLetters(user), END);
  for (const { id } of items) hash = mixLetter(hashLetters(id, hash), END);
  return hash;
}

/** Behind each text; no letter has it. */
const END = 0x10000;
