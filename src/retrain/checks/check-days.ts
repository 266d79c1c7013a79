/** The days that no model has learned from, held against those that the last one has, or against days of the journal before them. */
import type { Dataset } from '../../datasets/folder/dataset.ts';
import type { DayProfile, LogProfile } from '../../datasets/profile/log-profile.ts';
import { profileDays } from '../../datasets/profile/profile-dataset.ts';
import type { HeldAgainst } from './day-check.ts';
import { dayChecks } from './day-checks.ts';
import type { Finding } from './finding.ts';

const DAY = 24 * 60 * 60_000;
/** Days before that a day of the journal is held against. */
const DAYS = 28;

export interface CheckDaysOptions {
  /** Of the log that the last model was trained from. */
  readonly profile: LogProfile;
  /** Whether that is this log, up to `knownUntil`; it is where left out. */
  readonly against?: HeldAgainst | undefined;
  /** Up to when it knows the lists; epoch milliseconds. */
  readonly knownUntil: number;
  /** Days that are not looked at, and times in which no list is missed. */
  readonly passedOver: (day: Pick<DayProfile, 'from' | 'to'>) => boolean;
}

/**
 * The latest day, and every other of which more than half is new. What every check found of every day. Where the last model was trained from another log, the first day is held against that
 * one, and every other against those before it.
 */
export async function checkDays(
  dataset: Pick<Dataset, 'rows' | 'summary'>,
  { profile, against = 'own', knownUntil, passedOver }: CheckDaysOptions,
): Promise<readonly Finding[]> {
  const days = await profileDays(dataset, { fields: profile.fields, isLeftOut: passedOver, since: knownUntil });
  if (against === 'other')
    return days
      .filter((day) => !passedOver(day))
      .flatMap((day, at, all) =>
        at === 0
          ? look(day, profile, 'other')
          : look(day, { ...profile, days: all.slice(Math.max(0, at - DAYS), at) }, 'own'),
      );
  return days
    .filter(({ to }, at) => to - DAY / 2 > knownUntil || at === days.length - 1)
    .filter((day) => !passedOver(day))
    .flatMap((day) => look(day, profile, 'own'));
}

const look = (day: DayProfile, profile: LogProfile, against: HeldAgainst): readonly Finding[] =>
  dayChecks.flatMap((check) =>
    check
      .look(day, profile, against)
      .map((found) => ({ check: check.name, ...found, day: { from: day.from, to: day.to } })),
  );
