import { createRng } from '../../random/rng.ts';
import { InputError } from '../../slate/input-error.ts';
import type { ImpressionFacts } from '../folder/dataset.ts';

export const partNames = ['train', 'validation', 'test'] as const;
export type Part = (typeof partNames)[number];

/** Which lists are learned from, which choose the epoch, and which measure. */
export interface SplitOptions {
  /** `time`: the last lists are the test; `user`: whole users are held out. */
  readonly by: 'time' | 'user';
  /** Shares of lists (time) or of users (user); what is left of 1 is the test part. */
  readonly train: number;
  readonly validation: number;
  /** Of the user split. */
  readonly seed: number;
}

export const splitDefaults: SplitOptions = { by: 'time', train: 0.7, validation: 0.1, seed: 1 };

/** Part of every impression: 0 train, 1 validation, 2 test. */
export function assignSplit(facts: ImpressionFacts, options: SplitOptions): Uint8Array {
  const parts = options.by === 'time' ? splitByTime(facts.times, options) : splitByUser(facts.users, options);
  for (const [part, name] of partNames.entries()) {
    if (!parts.includes(part)) {
      throw new InputError(
        `split by ${options.by}: expected lists in every part, found none in the ${name} part of ${parts.length} lists; use more data or other shares`,
        'not-enough-data',
      );
    }
  }
  return parts;
}

/** Throws `InputError` where nothing was clicked on any training list. */
export function checkTrainingClicks({ clicks }: Pick<ImpressionFacts, 'clicks'>, parts: Uint8Array): void {
  const ofPart = [0, 0, 0];
  for (const [list, part] of parts.entries()) ofPart[part] += clicks[list];
  const [train, validation, test] = ofPart;
  if (train > 0) return;
  const lists = parts.filter((part) => part === 0).length;
  throw new InputError(
    `split: expected clicks in the training part, found none on its ${lists} lists (${validation} clicks in the validation part, ${test} in the test part); use more data or other shares`,
    'not-enough-data',
  );
}

/** Impressions are in time order; a cut never falls between lists of the same millisecond. */
function splitByTime(times: Float64Array, { train, validation }: SplitOptions): Uint8Array {
  const cut = (share: number): number => {
    let at = Math.round(share * times.length);
    while (at > 0 && at < times.length && times[at] === times[at - 1]) at++;
    return at;
  };
  const parts = new Uint8Array(times.length).fill(2);
  const trainEnd = cut(train);
  parts.fill(0, 0, trainEnd);
  parts.fill(1, trainEnd, Math.max(trainEnd, cut(train + validation)));
  return parts;
}

/** By a seeded draw per user id, so that a user stays in its part when others are added. Lists of nobody known are users of their own. */
function splitByUser(users: readonly string[], { train, validation, seed }: SplitOptions): Uint8Array {
  const rng = createRng(seed).split('user split');
  return Uint8Array.from(users, (user, index) => {
    const draw = rng.split(user === '' ? `list ${index}` : `user ${user}`).next();
    return draw < train ? 0 : draw < train + validation ? 1 : 2;
  });
}
