/** The days that no model has learned from, held against those that the last one has. */
import type { Dataset } from '../../datasets/folder/dataset.ts';
import type { DayProfile, LogProfile } from '../../datasets/profile/log-profile.ts';
import { profileDays } from '../../datasets/profile/profile-dataset.ts';
import { dayChecks } from './day-checks.ts';
import type { Finding } from './finding.ts';

const DAY = 24 * 60 * 60_000;

export interface CheckDaysOptions {
  /** Of the log that the last model was trained from. */
  readonly profile: LogProfile;
  /** Up to when it knows the lists; epoch milliseconds. */
  readonly knownUntil: number;
  /** Days that are not looked at, and times in which no list is missed. */
  readonly passedOver: (day: Pick<DayProfile, 'from' | 'to'>) => boolean;
}

/** The latest day, and every other of which more than half is new. What every check found of every day. */
export async function checkDays(
  dataset: Pick<Dataset, 'rows' | 'summary'>,
  { profile, knownUntil, passedOver }: CheckDaysOptions,
): Promise<readonly Finding[]> {
  const days = await profileDays(dataset, { fields: profile.fields, isLeftOut: passedOver });
  return days
    .filter(({ to }, at) => to - DAY / 2 > knownUntil || at === days.length - 1)
    .filter((day) => !passedOver(day))
    .flatMap((day) =>
      dayChecks.flatMap(({ name, look }) =>
        look(day, profile).map((found) => ({ check: name, ...found, day: { from: day.from, to: day.to } })),
      ),
    );
}
