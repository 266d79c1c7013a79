/** Whether what is shown and clicked now is as in the log that the model was trained from, and as it expects. */

import { type FieldShift, fieldShift } from '../../datasets/profile/field-shift.ts';
import type { DayProfile, LogProfile } from '../../datasets/profile/log-profile.ts';
import type { LiveHour } from './live-hours.ts';

/** Of the last day, but for lists whose clicks may still come. */
export interface DriftFigures {
  readonly lists: number;
  readonly shownItems: number;
  readonly clicks: number;
  /** Clicks for each shown item in the training log; undefined where the model does not tell. */
  readonly trainedRate: number | undefined;
  /** Of lists that were shown as answered and whose answer is in the journal. */
  readonly answeredClicks: number;
  readonly expectedClicks: number;
  readonly fields: readonly (FieldShift & { readonly field: string })[];
  /** What a person should look at, one sentence each. */
  readonly alarms: readonly string[];
}

/** With fewer lists nothing is odd. */
const LISTS = 500;
/** Clicks may be so much more or less than on any day of training, or than expected, before it is told. */
const MORE = 1.4;
const LESS = 0.6;
/** Standard errors that clicks must be from what is expected. */
const ERRORS = 4;
/** A stability index above this counts as a large shift. */
const MOVED = 0.25;

export function driftOf(hours: readonly LiveHour[], profile: LogProfile | undefined): DriftFigures {
  const sumOf = (read: (hour: LiveHour) => number): number => hours.reduce((sum, hour) => sum + read(hour), 0);
  const lists = sumOf(({ day }) => day.lists);
  const figures = {
    ...{ lists, shownItems: sumOf(({ day }) => day.shownItems), clicks: sumOf(({ clicks }) => clicks) },
    trainedRate: profile && rateOf(profile.days),
    answeredClicks: sumOf(({ answered }) => answered.clicks),
    expectedClicks: sumOf(({ answered }) => answered.expected),
    fields: profile ? shiftsOf(hours, profile) : [],
  };
  const variance = sumOf(({ answered }) => answered.variance);
  const alarms = lists < LISTS ? [] : alarmsOf(figures, { variance, days: profile?.days ?? [] });
  return { ...figures, alarms };
}

const rateOf = (days: readonly Pick<DayProfile, 'clicks' | 'shownItems'>[]): number =>
  days.reduce((sum, { clicks }) => sum + clicks, 0) / days.reduce((sum, { shownItems }) => sum + shownItems, 0);

function shiftsOf(hours: readonly LiveHour[], { fields, days }: LogProfile): DriftFigures['fields'] {
  return fields.flatMap(({ scope, name }, at) => {
    const now = countsOf(
      hours.map(({ day }) => day),
      at,
    );
    const shift = fieldShift(now, countsOf(days, at));
    return shift ? [{ field: `${scope}.${name}`, ...shift }] : [];
  });
}

function countsOf(
  days: readonly DayProfile[],
  at: number,
): { readonly countB: readonly number[]; readonly units: number } {
  const countB: number[] = [];
  for (const { fields } of days)
    for (const [bin, count] of fields[at].countB.entries()) countB[bin] = (countB[bin] ?? 0) + count;
  return { countB, units: days.reduce((sum, { lists }) => sum + lists, 0) };
}

function alarmsOf(
  { clicks, shownItems, answeredClicks, expectedClicks, fields }: Omit<DriftFigures, 'alarms'>,
  { variance, days }: { readonly variance: number; readonly days: readonly DayProfile[] },
): readonly string[] {
  const found: string[] = [];
  const rates = days.map((day) => rateOf([day]));
  const rate = clicks / shownItems;
  const [low, high] = [LESS * Math.min(...rates), MORE * Math.max(...rates)];
  if (rates.length > 0 && (rate < low || rate > high))
    found.push(
      `click rate: expected ${percentOf(low)} to ${percentOf(high)} of the shown items by the days of training, found ${percentOf(rate)}`,
    );
  const ratio = answeredClicks / expectedClicks;
  const isFar = Math.abs(answeredClicks - expectedClicks) > ERRORS * Math.sqrt(variance);
  if (isFar && (ratio < LESS || ratio > MORE))
    found.push(
      `calibration: expected ${Math.round(expectedClicks)} clicks by what was answered, found ${answeredClicks}`,
    );
  for (const { field, index, low: least } of fields)
    if (least > MOVED)
      found.push(`${field}: expected values as in training, found them moved by ${index.toFixed(2)} (stability index)`);
  return found;
}

const percentOf = (share: number): string => `${(100 * share).toFixed(1)} %`;
