import type { OpenLists } from './open-lists.ts';
import type { LastingState } from './state.ts';

/** Ids of all of whom anything is known, be it that a list of theirs waits for clicks, or that they are among those who clicked an item. */
export function knownUsers(
  { users, items }: Pick<LastingState, 'users' | 'items'>,
  userFields: ReadonlyMap<string, unknown>,
  lists: Pick<OpenLists, 'users'>,
): ReadonlySet<string> {
  const known = new Set<string>(users.ids(userFields.keys()));
  for (const user of lists.users()) if (user !== '') known.add(user);
  for (const { clickers } of items.values()) for (const id of clickers) known.add(id);
  return known;
}
