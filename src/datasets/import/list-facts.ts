/** What of a list is counted, whatever holds it. */
import type { ColumnList } from '../../sources/blocks/column-list.ts';
import type { IdCodes } from '../../sources/blocks/event-block.ts';
import type { JoinedImpression } from '../../sources/join/joined.ts';

export interface CountedList {
  readonly time: number;
  /** Shown items, and those of them that were clicked. */
  readonly length: number;
  readonly clicks: number;
  /** Undefined where it tells no position. */
  readonly lowestPosition: number | undefined;
  /** Its items and its user, as far as they may not have been counted before. */
  readonly items: readonly string[];
  readonly user: string | undefined;
}

export function factsOfImpression({ ranking: { items, user }, clickTimes, time }: JoinedImpression): CountedList {
  const ids: string[] = new Array(items.length);
  let clicks = 0;
  let lowest: number = Number.POSITIVE_INFINITY;
  let isTold = false;
  for (let k = 0; k < items.length; k++) {
    const { id, position } = items[k];
    ids[k] = id;
    if (clickTimes[k] >= 0) clicks++;
    if (position !== undefined) isTold = true;
    lowest = Math.min(lowest, position ?? k);
  }
  return { time, length: items.length, clicks, lowestPosition: isTold ? lowest : undefined, items: ids, user };
}

/** Facts of rows of blocks: of each item and user the first list alone tells. */
export function createRowFacts({ items, users }: IdCodes): (list: ColumnList) => CountedList {
  let seenItems: Uint8Array = new Uint8Array(1024);
  let seenUsers: Uint8Array = new Uint8Array(1024);
  return ({ block, row, time }) => {
    const [start, end] = [block.starts[row], block.starts[row + 1]];
    const fresh: string[] = [];
    let clicks = 0;
    for (let slot = start; slot < end; slot++) {
      const code = block.items[slot];
      if (code >= seenItems.length) seenItems = roomFor(seenItems, code);
      if (seenItems[code] === 0) {
        seenItems[code] = 1;
        fresh.push(items.ids[code]);
      }
      if (block.clickTimes[slot] >= 0) clicks++;
    }
    const user = block.users[row];
    if (user >= seenUsers.length) seenUsers = roomFor(seenUsers, user);
    const isKnown = seenUsers[user] === 1;
    seenUsers[user] = 1;
    return {
      time,
      length: end - start,
      clicks,
      lowestPosition: lowestOf(block.places.position, start, end),
      items: fresh,
      user: isKnown ? undefined : users.ids[user],
    };
  };
}

function lowestOf(positions: Float64Array | undefined, start: number, end: number): number | undefined {
  if (!positions) return undefined;
  let lowest: number = Number.POSITIVE_INFINITY;
  let isTold = false;
  for (let slot = start; slot < end; slot++) {
    if (positions[slot] >= 0) isTold = true;
    lowest = Math.min(lowest, positions[slot] >= 0 ? positions[slot] : slot - start);
  }
  return isTold ? lowest : undefined;
}

function roomFor(before: Uint8Array, code: number): Uint8Array {
  const room = new Uint8Array(Math.max(2 * before.length, code + 1));
  room.set(before);
  return room;
}
