import type { DayProfile } from '../../datasets/profile/log-profile.ts';
import { type DayCheck, dayName, shareText } from './day-check.ts';
import { expectedRange } from './expected-range.ts';

/** Share of the mean that a day may differ by, whatever the days before did: tastes shift, and lists get better. */
const SHARE = 0.4;

const rateOf = ({ clicks, shownItems }: DayProfile): number => clicks / Math.max(1, shownItems);

/** Clicks for each shown item. */
export const clickRate: DayCheck = {
  name: 'click-rate',
  look(day, { days }) {
    const { low, high } = expectedRange(days.map(rateOf), SHARE);
    const rate = rateOf(day);
    return [
      {
        isSound: rate >= low && rate <= high,
        text: `${dayName(day)}: ${shareText(rate)} of the shown items were clicked, expected ${shareText(low)} to ${shareText(high)} by the days before`,
      },
    ];
  },
};
