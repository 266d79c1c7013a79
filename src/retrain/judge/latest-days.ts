import type { ImpressionFacts } from '../../datasets/folder/dataset.ts';
import type { SplitOptions } from '../../datasets/walk/split.ts';
import { InputError } from '../../slate/input-error.ts';

const DAY = 24 * 60 * 60_000;

/** Of the lists, so that a young journal leaves enough to learn from. */
const MOST = 0.3;

/** The first list of the latest days, which a new model does not learn from. Never more than three lists in ten. Lists of one millisecond stay together. */
export function latestDays({ times }: Pick<ImpressionFacts, 'times'>, days: number): number {
  const since = times[times.length - 1] - days * DAY;
  let first = Math.max(
    times.findIndex((time) => time > since),
    Math.ceil((1 - MOST) * times.length),
  );
  while (first > 0 && first < times.length && times[first] === times[first - 1]) first++;
  if (first > 1 && first < times.length) return first;
  throw new InputError(
    `expected lists before the latest ${days} days and within them, found ${times.length} lists in all; wait for more, or ask for fewer days`,
    'not-enough-data',
  );
}

/** Parts of a split by time whose test part begins with this list; validation has its share of those before. */
export function splitBefore(first: number, lists: number, { train, validation, seed }: SplitOptions): SplitOptions {
  const learned = Math.max(1, Math.min(first - 1, Math.round((first * train) / (train + validation))));
  return { by: 'time', train: learned / lists, validation: (first - learned) / lists, seed };
}
