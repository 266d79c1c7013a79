/** Which items a user saw, how often, and when last: numbers by the place that an item's index has. Plain data. */
import { copyOfRing, createKeyRing, eachPlace, type KeyRing, keyPlace, newKeyPlace } from './key-ring.ts';

export interface Seen {
  /** Item indices, in the order in which the user first saw them. */
  readonly items: KeyRing;
  /** By place: exposures, clicks, and the time of the last exposure. */
  readonly shown: number[];
  readonly clicked: number[];
  readonly lastShown: number[];
}

/** An item with its numbers. */
export type SeenEntry = readonly [item: number, shown: number, clicked: number, lastShown: number];

export const createSeen = (): Seen => ({ items: createKeyRing(), shown: [], clicked: [], lastShown: [] });

export const copyOfSeen = ({ items, shown, clicked, lastShown }: Seen): Seen => ({
  items: copyOfRing(items),
  shown: shown.slice(),
  clicked: clicked.slice(),
  lastShown: lastShown.slice(),
});

/** The place of an item; -1 of one that the user did not see. */
export const seenAt = (seen: Seen, item: number): number => keyPlace(seen.items, item);

/** Counts an exposure; of a new item in the place of the oldest where there are `limit` of them. */
export function see(
  seen: Seen,
  item: number,
  { time, limit }: { readonly time: number; readonly limit: number },
): void {
  const known = seenAt(seen, item);
  const place = known < 0 ? newKeyPlace(seen.items, item, limit) : known;
  seen.shown[place] = known < 0 ? 1 : seen.shown[place] + 1;
  if (known < 0) seen.clicked[place] = 0;
  seen.lastShown[place] = time;
}

export function seenEntries({ items, shown, clicked, lastShown }: Seen): SeenEntry[] {
  const entries: SeenEntry[] = [];
  eachPlace(items, (place) => {
    entries.push([items.keys[place], shown[place], clicked[place], lastShown[place]]);
  });
  return entries;
}

export const seenOf = (entries: readonly SeenEntry[]): Seen => ({
  items: createKeyRing(entries.map(([item]) => item)),
  shown: entries.map(([, shown]) => shown),
  clicked: entries.map(([, , clicked]) => clicked),
  lastShown: entries.map(([, , , lastShown]) => lastShown),
});
