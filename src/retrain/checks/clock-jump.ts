import { type DayCheck, dayName, shareText } from './day-check.ts';

const HOUR = 60 * 60_000;
/** Times the longest gap before. */
const TIMES = 3;
const SHORTEST = 6 * HOUR;
/** Of the day's lists, beyond the most before. */
const SAME = 0.1;

/** A clock that went forward leaves a gap; one that went back lets lists stand at one time until it has caught up. */
export const clockJump: DayCheck = {
  name: 'clock-jump',
  look(day, { days }) {
    const longest = Math.max(0, ...days.map(({ longestGap }) => longestGap));
    const limit = Math.max(SHORTEST, TIMES * longest);
    const most = Math.max(0, ...days.map(({ sameTime, lists }) => sameTime / lists));
    const share = day.sameTime / day.lists;
    const hours = (time: number): string => `${(time / HOUR).toFixed(1)} hours`;
    return [
      {
        isSound: day.longestGap <= limit,
        text: `${dayName(day)}: ${hours(day.longestGap)} without a list, expected at most ${hours(limit)}; the longest before were ${hours(longest)}`,
      },
      {
        isSound: share <= most + SAME,
        text: `${dayName(day)}: ${shareText(share)} of the lists at the very time of the list before, expected at most ${shareText(most + SAME)}`,
      },
    ];
  },
};
