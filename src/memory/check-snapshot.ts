import { InputError } from '../slate/input-error.ts';
import { issueOf, issuePlace } from '../slate/strict-schema.ts';
import type { MemorySnapshot } from './snapshot.ts';
import { snapshotSchema } from './snapshot-schema.ts';

/**
 * Throws `InputError` where something is no snapshot, where its parts contradict each other, or where it is of a memory whose items have another number of columns:
 * `denseColumns` is how many they have here.
 */
export function checkSnapshot(snapshot: MemorySnapshot, denseColumns: number): void {
  const { success, error } = snapshotSchema.safeParse(snapshot);
  if (!success) refuse(issueOf(error, snapshot), issuePlace(error, SNAPSHOT));
  for (const [part, isSound] of Object.entries(AGREEMENTS))
    if (!isSound(snapshot)) refuse(`expected ${part}, found parts that disagree`);
  const other = snapshot.users.find(([, { leanings }]) => leanings.length !== denseColumns);
  if (other)
    throw new InputError(
      `the memory: expected a snapshot of a model whose items have ${denseColumns} columns, found one with ${other[1].leanings.length}; give that of this model`,
      'other-model',
    );
}

const SNAPSHOT = "the memory's snapshot";

function refuse(what: string, where = SNAPSHOT): never {
  throw new InputError(
    `${where}: ${what}; give what snapshot() gave unchanged, or as JSON read back`,
    'invalid-snapshot',
  );
}

const sum = (counts: readonly number[]): number => counts.reduce((total, count) => total + count, 0);
const areUnique = (values: readonly unknown[]): boolean => new Set(values).size === values.length;
const keysOf = <K>(entries: readonly (readonly [K, ...unknown[]])[]): readonly K[] => entries.map(([key]) => key);

/** What is true of every snapshot, by what was expected where it is not. */
const AGREEMENTS: Readonly<Record<string, (snapshot: MemorySnapshot) => boolean>> = {
  'a time of the last event, since lists were shown': ({ clock, counters, exposures, open, closed }) =>
    clock !== null || counters.events + exposures + open.length + closed.length === 0,
  'every item once, below "next"': ({ items, next }) =>
    areUnique(keysOf(items)) && areUnique(items.map(([, id]) => id)) && items.every(([index]) => index < next),
  'every user once': ({ users, userFields }) => areUnique(keysOf(users)) && areUnique(keysOf(userFields)),
  '"itemStates" of items that it holds': ({ items, itemStates, lastMet }) => {
    const known = new Set(keysOf(items));
    return areUnique(keysOf(itemStates)) && [...itemStates, ...lastMet.items].every(([index]) => known.has(index));
  },
  'users who saw items that it holds': hasItemsOfUsers,
  'as many exposures and clicks by position as there are': (snapshot) =>
    sum(snapshot.positionExposures) === snapshot.exposures && sum(snapshot.positionClicks) === snapshot.clicks,
  'as many exposures and clicks by item as there are': ({ counters, itemStates, exposures, clicks }) => {
    const [shown, clicked] = [sum(itemStates.map(([, s]) => s.exposures)), sum(itemStates.map(([, s]) => s.clicks))];
    // What was counted of an item went with it.
    return counters.evictedItems > 0
      ? shown <= exposures && clicked <= clicks
      : shown === exposures && clicked === clicks;
  },
  'open lists with a number for every item': ({ open, next, sequence }) =>
    areUnique(open.map((list) => list.sequence)) &&
    open.every(
      ({ items, positions, expected3K, clickedK, clickedAtOnceK, sequence: own }) =>
        own < sequence &&
        items.every((index) => index < next) &&
        expected3K.length === 3 * items.length &&
        [positions, clickedK, clickedAtOnceK].every(({ length }) => length === items.length),
    ),
  'only open lists that are pending': ({ open, pendingLists, pendingClicks }) => {
    const lengths = new Map(open.map((list) => [list.sequence, list.items.length]));
    return (
      pendingLists.every((own) => lengths.has(own)) && pendingClicks.every(([own, k]) => k < (lengths.get(own) ?? 0))
    );
  },
};

/** An item that was evicted is still among those that a user saw. */
function hasItemsOfUsers({ users, items, next, counters }: MemorySnapshot): boolean {
  const known = new Set(keysOf(items));
  const isMet = (index: number): boolean => (counters.evictedItems > 0 ? index < next : known.has(index));
  return users.every(
    ([, { seen, clicked, skipped }]) => keysOf(seen).every(isMet) && clicked.every(isMet) && skipped.every(isMet),
  );
}
