import type { DayProfile } from '../../datasets/profile/log-profile.ts';
import { type DayCheck, dayName } from './day-check.ts';
import { expectedRange } from './expected-range.ts';

/** Shares of the mean that days may differ by, whatever they did before. */
const LISTS = 0.5;
const ITEMS = 0.3;

const figure = (value: number): string => (value < 1 ? value.toFixed(4) : String(Math.round(value)));

/** Far fewer different items than before, or far fewer or more lists. How many another log had says nothing. */
export const amounts: DayCheck = {
  name: 'amounts',
  look(day, { days }, against) {
    if (against === 'other') return [];
    const look = (name: string, figureOf: (day: DayProfile) => number, options: { share: number; most: boolean }) => {
      const { low, high } = expectedRange(days.map(figureOf), options.share);
      const value = figureOf(day);
      const range = options.most ? `${figure(low)} to ${figure(high)}` : `${figure(low)} or more`;
      return {
        isSound: value >= low && (!options.most || value <= high),
        text: `${dayName(day)}: ${figure(value)} ${name}, expected ${range} by the days before`,
      };
    };
    return [
      look('different items shown', ({ items }) => items, { share: ITEMS, most: false }),
      look('lists', ({ lists }) => lists, { share: LISTS, most: true }),
    ];
  },
};
