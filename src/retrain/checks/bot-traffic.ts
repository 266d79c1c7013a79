import { type DayCheck, dayName, shareText } from './day-check.ts';

/** So many times the lists of the busiest user of training are no person's. */
const TIMES = 2;
/** Of few lists nothing is odd. */
const FEWEST = 20;
/** Of the day's lists. */
const SHARE = 0.1;

/** A few users with more lists than anybody had before. */
export const botTraffic: DayCheck = {
  name: 'bot-traffic',
  look(day, { days }) {
    const most = Math.max(0, ...days.map(({ busiest }) => busiest[0] ?? 0));
    const limit = Math.max(FEWEST, TIMES * most);
    const above = day.busiest.filter((lists) => lists > limit);
    const share = above.reduce((sum, lists) => sum + lists, 0) / day.lists;
    return [
      {
        isSound: share <= SHARE,
        text: `${dayName(day)}: ${above.length} users had more than ${limit} lists each, ${shareText(share)} of all; the busiest user of a day before had ${most}, and at most ${shareText(SHARE)} are expected`,
      },
    ];
  },
};
