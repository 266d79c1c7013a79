import type { DayProfile, LogProfile } from '../../datasets/profile/log-profile.ts';
import type { Finding } from './finding.ts';

/**
 * Of which log the days are that a day is held against: `own`, of the journal; `other`, of the log of a model that was trained elsewhere, in which there were other numbers of visits and
 * lists that something else had made.
 */
export type HeldAgainst = 'own' | 'other';

/** Holds a day against those before. One file each; `day-checks.ts` lists them. */
export interface DayCheck {
  readonly name: string;
  /** What it looked at, sound or not. */
  look(day: DayProfile, profile: LogProfile, against: HeldAgainst): readonly Omit<Finding, 'check' | 'day'>[];
}

/** A day as sentences call it. */
export const dayName = ({ from, to }: Pick<DayProfile, 'from' | 'to'>): string =>
  `${minuteOf(from)} to ${minuteOf(to)} UTC`;

const minuteOf = (time: number): string => new Date(time).toISOString().slice(0, 16).replace('T', ' ');

export const shareText = (share: number): string => `${(100 * share).toFixed(1)} %`;
