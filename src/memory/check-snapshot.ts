import { InputError } from '../slate/input-error.ts';
import { issueOf, issuePlace } from '../slate/strict-schema.ts';
import { eachRow, type Pieces, ROWS } from './pieces.ts';
import { LONG_PARTS, type MemorySnapshot } from './snapshot.ts';
import { longParts, snapshotSchema } from './snapshot-schema.ts';

/**
 * Throws `InputError` where something is no snapshot, where its parts contradict each other, or where it is of a memory whose items have another number of columns:
 * `denseColumns` is how many they have here.
 */
export function* checkSnapshot(snapshot: MemorySnapshot, denseColumns: number): Pieces<void> {
  if (!(yield* hasForm(snapshot))) {
    // The schema of the whole says where.
    const { error } = snapshotSchema.safeParse(snapshot);
    if (error) refuse(issueOf(error, snapshot), issuePlace(error, SNAPSHOT));
  }
  for (const [part, isSound] of Object.entries(AGREEMENTS)) {
    if (!isSound(snapshot)) refuse(disagreement(part));
    yield;
  }
  yield* checkUsers(snapshot, denseColumns);
}

/** Whether each part is what its schema takes. */
function* hasForm(snapshot: MemorySnapshot): Pieces<boolean> {
  const short: Record<string, unknown> = { ...snapshot };
  for (const part of LONG_PARTS) {
    const rows = short[part];
    if (!Array.isArray(rows)) return false;
    for (let at = 0; at < rows.length; at += ROWS) {
      if (!longParts[part].safeParse(rows.slice(at, at + ROWS)).success) return false;
      yield;
    }
    short[part] = [];
  }
  return snapshotSchema.safeParse(short).success;
}

const SNAPSHOT = "the memory's snapshot";

function refuse(what: string, where = SNAPSHOT): never {
  throw new InputError(
    `${where}: ${what}; give what snapshot() gave unchanged, or as JSON read back`,
    'invalid-snapshot',
  );
}

const disagreement = (part: string): string => `expected ${part}, found parts that disagree`;

const sum = (counts: readonly number[]): number => counts.reduce((total, count) => total + count, 0);
const areUnique = (values: readonly unknown[]): boolean => new Set(values).size === values.length;
const keysOf = <K>(entries: readonly (readonly [K, ...unknown[]])[]): readonly K[] => entries.map(([key]) => key);

/** What is true of every snapshot, by what was expected where it is not. */
const AGREEMENTS: Readonly<Record<string, (snapshot: MemorySnapshot) => boolean>> = {
  'a time of the last event, since lists were shown': ({ clock, counters, exposures, open, closed }) =>
    clock !== null || counters.events + exposures + open.length + closed.length === 0,
  'every item once, below "next"': ({ items, next }) =>
    areUnique(keysOf(items)) && areUnique(items.map(([, id]) => id)) && items.every(([index]) => index < next),
  'every user once': ({ userFields }) => areUnique(keysOf(userFields)),
  '"itemStates" of items that it holds': ({ items, itemStates, lastMet }) => {
    const known = new Set(keysOf(items));
    return areUnique(keysOf(itemStates)) && [...itemStates, ...lastMet.items].every(([index]) => known.has(index));
  },
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

/** Each is there once, their items are those that it holds, and their columns as many as there are. */
function checkUsers({ users, items, next, counters }: MemorySnapshot, denseColumns: number): Pieces<void> {
  const known = new Set(keysOf(items));
  // An item that was evicted is still among those that a user saw.
  const isMet = (index: number): boolean => (counters.evictedItems > 0 ? index < next : known.has(index));
  const met = new Set<string>();
  return eachRow(users, ([id, { seen, clicked, skipped, leanings }]) => {
    if (!keysOf(seen).every(isMet) || !clicked.every(isMet) || !skipped.every(isMet))
      refuse(disagreement('users who saw items that it holds'));
    if (met.size === met.add(id).size) refuse(disagreement('every user once'));
    if (leanings.length === denseColumns) return;
    throw new InputError(
      `the memory: expected a snapshot of a model whose items have ${denseColumns} columns, found one with ${leanings.length}; give that of this model`,
      'other-model',
    );
  });
}
