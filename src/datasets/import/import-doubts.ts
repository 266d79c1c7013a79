import type { JoinedBefore } from '../../sources/join/join-interactions.ts';

export interface DoubtOptions {
  readonly firstPosition: number;
}

/** Looks for what could be used as it is, but is rarely meant. */
export interface Doubts {
  /** A list, and the lowest position that it tells; undefined where it tells none. */
  list(time: number, lowest: number | undefined): void;
  metadata(kind: 'item' | 'user', time: number): void;
  warnings(sharedIds: JoinedBefore['sharedIds']): readonly string[];
  /** What others go on from. */
  save(): SavedDoubts;
}

export interface SavedDoubts {
  readonly counts: Readonly<Record<Kind, { all: number; seconds: number }>>;
  readonly lowestPosition: number;
  readonly listsWithPositions: number;
  readonly latest: number;
}

type Kind = 'lists' | 'item events' | 'user events';

export function createDoubts({ firstPosition }: DoubtOptions, saved?: SavedDoubts): Doubts {
  const counts: Record<Kind, { all: number; seconds: number }> = {
    lists: { all: 0, seconds: 0 },
    'item events': { all: 0, seconds: 0 },
    'user events': { all: 0, seconds: 0 },
    ...saved?.counts,
  };
  let { lowestPosition, listsWithPositions, latest } = saved ?? NOTHING_SEEN;
  const time = (kind: Kind, at: number): void => {
    counts[kind].all++;
    if (inSeconds(at)) counts[kind].seconds++;
  };
  return {
    save: () => ({ counts, lowestPosition, listsWithPositions, latest }),
    list(at, lowest) {
      time('lists', at);
      latest = Math.max(latest, at);
      if (lowest === undefined) return;
      listsWithPositions++;
      lowestPosition = Math.min(lowestPosition, lowest);
    },
    metadata: (kind, at) => time(`${kind} events`, at),
    warnings: (sharedIds) => [
      ...secondsWarnings(counts, latest),
      ...positionWarnings(),
      ...sharedIdWarnings(sharedIds),
    ],
  };

  function positionWarnings(): readonly string[] {
    if (lowestPosition === 0 || listsWithPositions < MANY * counts.lists.all || listsWithPositions === 0) return [];
    return [
      `no list has an item at the first position (${firstPosition}), the lowest is ${firstPosition + lowestPosition}: what is learned of places would begin there, and a made slate begins at the first; if the log counts from ${firstPosition + lowestPosition}, set firstPosition to ${firstPosition + lowestPosition} (on the command line --first-position ${firstPosition + lowestPosition})`,
    ];
  }
}

const NOTHING_SEEN = { lowestPosition: Number.POSITIVE_INFINITY, listsWithPositions: 0, latest: 0 };

/** A share of lists that give positions from which they say what the log counts from. A few lists may be parts of others. */
const MANY = 0.1;

const YEAR_2001 = 978_307_200_000;

/** Seconds of the years 2001 to 2100, read as milliseconds. */
const inSeconds = (time: number): boolean => time >= 1e9 && time < 4.2e9;

const READ = 'of January or February 1970, as times in seconds are when they are read as milliseconds';

function secondsWarnings(
  counts: Readonly<Record<Kind, { readonly all: number; readonly seconds: number }>>,
  latest: number,
): readonly string[] {
  const { all, seconds } = counts.lists;
  if (all > 0 && seconds === all) return [`every list is ${READ}; if they are seconds, multiply them by 1,000`];
  // A made-up log may begin in 1970, and then it does not reach this century.
  if (latest < YEAR_2001) return [];
  return Object.entries(counts)
    .filter(([, { seconds }]) => seconds > 0)
    .map(
      ([kind, { all, seconds }]) =>
        `${seconds} of ${all} ${kind} are ${READ}, but not every list: a part of the log is in seconds; multiply its times by 1,000`,
    );
}

function sharedIdWarnings({ count, first }: JoinedBefore['sharedIds']): readonly string[] {
  if (count === 0) return [];
  const ids = count === 1 ? 'one id names' : `${count} ids name`;
  return [
    `${ids} several different lists (the first: "${first}"); each list is kept, and a click counts for the one whose user, items and time it fits: give every list an id of its own`,
  ];
}
