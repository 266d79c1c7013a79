import { fieldShift } from '../../datasets/profile/field-shift.ts';
import type { DayProfile, FieldCounts, LogProfile } from '../../datasets/profile/log-profile.ts';
import { type DayCheck, dayName, type HeldAgainst, shareText } from './day-check.ts';
import { expectedRange } from './expected-range.ts';
import type { Finding } from './finding.ts';

/** By so much of its values a field may be missing more often, whatever the days before did. */
const MISSING = 0.1;
/** An index above 0.25 counts as a large shift; what a person should see before anything is learned from it is larger still. */
const MOVED = 0.5;
/** Lists that something else made hold other items, and so other values, but not values in another unit. */
const MOVED_FROM_OTHER = 3;

/**
 * A field that is missing more often than before, or has other values. A model that has learned something new shows other items: where the items' own values are as
 * they were, that breaks no field.
 */
export const brokenField: DayCheck = {
  name: 'broken-field',
  look(day, profile, against) {
    return profile.fields.flatMap((_, at) => lookAt(at, { day, profile, against }));
  },
};

interface Held {
  readonly day: DayProfile;
  readonly profile: LogProfile;
  readonly against: HeldAgainst;
}

function lookAt(at: number, { day, profile, against }: Held): readonly Omit<Finding, 'check'>[] {
  const { fields, days } = profile;
  const { scope, name } = fields[at];
  const counts = day.fields[at];
  if (totalOf(counts) === 0) return [];
  const before = days.filter(({ fields: of }) => totalOf(of[at]) > 0);
  if (before.length === 0) return [];
  const missing = counts.missing / totalOf(counts);
  const missingD = before.map(({ fields: of }) => of[at].missing / totalOf(of[at]));
  const mean = missingD.reduce((sum, share) => sum + share, 0) / missingD.length;
  const most = Math.max(mean + MISSING, expectedRange(missingD, 0).high);
  const found = [
    {
      isSound: missing <= most,
      text: `${dayName(day)}: ${scope}.${name} is missing in ${shareText(missing)}, expected at most ${shareText(Math.min(1, most))} by the days before`,
    },
  ];
  const reference = before.reduce<readonly number[]>(
    (sum, { fields: of }) => of[at].countB.map((count, b) => count + (sum[b] ?? 0)),
    [],
  );
  const units = before.reduce((sum, { lists }) => sum + lists, 0);
  const indexOf = ({ fields: of, lists }: DayProfile): ReturnType<typeof fieldShift> =>
    fieldShift({ countB: of[at].countB, units: lists }, { countB: reference, units });
  const moved = indexOf(day);
  if (moved === undefined) return found;
  const limit = Math.max(
    against === 'other' ? MOVED_FROM_OTHER : MOVED,
    expectedRange(
      before.map((each) => indexOf(each)?.index ?? 0),
      0,
    ).high,
  );
  const [index, low, high] = [moved.index, moved.low, moved.high].map((value) => value.toFixed(2));
  const told = `${dayName(day)}: the values of ${scope}.${name} have moved by ${index} (stability index, ${low} to ${high}), expected at most ${limit.toFixed(2)} by the days before`;
  if (moved.low <= limit) return [...found, { isSound: true, text: told }];
  const own = ownShift(at, day);
  if (own === undefined || own.low > MOVED) return [...found, { isSound: false, text: told }];
  return [
    ...found,
    { isSound: true, text: `${told}; other items are shown, whose own values have moved by ${own.index.toFixed(2)}` },
  ];
}

/** How far the values of the shown items themselves have moved; undefined where most of the items are new, or the field is of no item. */
function ownShift(at: number, { fields, lists, sameItems }: DayProfile): ReturnType<typeof fieldShift> {
  const same = sameItems?.[at];
  if (same === undefined || 2 * totalOf(same.before) < totalOf(fields[at])) return undefined;
  return fieldShift({ countB: same.now.countB, units: lists }, { countB: same.before.countB, units: lists });
}

const totalOf = ({ missing, countB }: FieldCounts): number => missing + countB.reduce((sum, count) => sum + count, 0);
