import { checkMemory } from './check-options.ts';
import type { MemoryOptions } from './memory.ts';
import type { Pieces } from './pieces.ts';
import type { MemorySnapshot } from './snapshot.ts';
import { addUsers } from './snapshot-users.ts';
import { createUsers, type MemoryUsers } from './users.ts';

/** The users of a snapshot. Throws `InputError` where the options are not valid, or the snapshot as a whole is none. */
export function* checkedUsers(options: MemoryOptions, snapshot: MemorySnapshot | undefined): Pieces<MemoryUsers> {
  yield* checkMemory(options, snapshot);
  const users = createUsers(options.denseColumns, options.storage);
  if (snapshot) yield* addUsers(users, snapshot.users);
  return users;
}
