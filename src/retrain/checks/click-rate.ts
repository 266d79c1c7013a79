import type { DayProfile } from '../../datasets/profile/log-profile.ts';
import { type DayCheck, dayName, shareText } from './day-check.ts';
import { expectedRange } from './expected-range.ts';

/** Share of the mean that a day may differ by, whatever the days before did: tastes shift, and lists get better. */
const SHARE = 0.4;
/** Share of the mean of another log that there are at least: lists that were made otherwise may be clicked much more, and hardly any clicks are a fault. */
const LEAST_OF_OTHER = 0.2;

const rateOf = ({ clicks, shownItems }: DayProfile): number => clicks / Math.max(1, shownItems);

/** Clicks for each shown item. */
export const clickRate: DayCheck = {
  name: 'click-rate',
  look(day, { days }, against) {
    const ratesD = days.map(rateOf);
    const rate = rateOf(day);
    if (against === 'other') {
      const least = (LEAST_OF_OTHER * ratesD.reduce((sum, each) => sum + each, 0)) / ratesD.length;
      const text = `${dayName(day)}: ${shareText(rate)} of the shown items were clicked, expected ${shareText(least)} or more by the log of the training`;
      return [{ isSound: rate >= least, text }];
    }
    const { low, high } = expectedRange(ratesD, SHARE);
    return [
      {
        isSound: rate >= low && rate <= high,
        text: `${dayName(day)}: ${shareText(rate)} of the shown items were clicked, expected ${shareText(low)} to ${shareText(high)} by the days before`,
      },
    ];
  },
};
