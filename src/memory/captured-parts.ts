import type { CapturedParts } from './capture.ts';
import { copyOfMap } from './map-copy.ts';
import { countsOf, type MemoryParts } from './snapshot.ts';
import type { MemoryUsers } from './users.ts';

/**
 * All of a memory at this moment: references to what is replaced when it changes, and pictures of what changes in place. Nothing here takes time for each part of it, but
 * for copies of plain arrays and of maps' keys and values: everything waits for it.
 */
export function capturedParts(parts: MemoryParts, users: MemoryUsers): CapturedParts {
  const { items, userFields, state, lists, evictor } = parts;
  return {
    denseColumns: users.denseColumns,
    counts: countsOf(parts),
    items: items.capture(),
    userFields: copyOfMap(userFields),
    itemStates: copyOfMap(state.items),
    itemPicture: state.itemWatch.begin(),
    users: users.capture(),
    open: lists.capture(),
    closed: lists.closed(),
    lastMet: evictor.capture(),
  };
}
