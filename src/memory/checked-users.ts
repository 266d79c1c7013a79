import { checkMemory } from './check-options.ts';
import type { Pieces } from './pieces.ts';
import type { MemorySnapshot } from './snapshot.ts';
import { addUsers } from './snapshot-users.ts';
import { createUsers, type MemoryUsers, type UserStorage } from './users.ts';

/** What a memory is made from, as far as its users ask. */
interface UserOptions {
  readonly denseColumns: number;
  readonly storage?: UserStorage | undefined;
}

/** The users of a snapshot. Throws `InputError` where the options are not valid, or the snapshot as a whole is none. */
export function* checkedUsers(options: UserOptions, snapshot: MemorySnapshot | undefined): Pieces<MemoryUsers> {
  yield* checkMemory(options, snapshot);
  const users = createUsers(options.denseColumns, options.storage);
  if (snapshot) yield* addUsers(users, snapshot.users);
  return users;
}
