import { checkedUsers } from './checked-users.ts';
import { type Memory, type MemoryOptions, memoryOf } from './memory.ts';
import { createOpenLists } from './open-lists.ts';
import type { Pieces } from './pieces.ts';
import type { MemorySnapshot } from './snapshot.ts';

/** `createMemory` piece by piece, for a program that has other things to do meanwhile: of many users it takes seconds. */
export function* memoryInPieces(options: MemoryOptions, snapshot: MemorySnapshot): Pieces<Memory> {
  return memoryOf(options, snapshot, {
    users: yield* checkedUsers(options, snapshot),
    lists: createOpenLists(options),
  });
}
