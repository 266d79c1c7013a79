import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createTimeQueue } from './time-queue.ts';

describe('time queue', () => {
  it('lets events out in the order of time, equal times in the order they came, and none too early', () => {
    const step = fc.oneof(
      fc.record({ push: fc.integer({ min: 0, max: 20 }) }),
      fc.record({ until: fc.integer({ min: 0, max: 22 }), isAtOnce: fc.boolean() }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const queue = createTimeQueue<{ readonly time: number; readonly came: number }>();
        let waiting: { time: number; came: number }[] = [];
        for (const [came, each] of steps.entries()) {
          if ('push' in each) {
            queue.push(each.push, { time: each.push, came });
            waiting.push({ time: each.push, came });
          } else {
            const { until, isAtOnce } = each;
            const isDue = (time: number): boolean => time < until || (isAtOnce && time === until);
            const pop = isAtOnce ? queue.popUntil : queue.popBefore;
            const due = waiting.filter(({ time }) => isDue(time)).sort((a, b) => a.time - b.time || a.came - b.came);
            for (const expected of due) expect(pop(until)).toEqual(expected);
            expect(pop(until)).toBeUndefined();
            waiting = waiting.filter(({ time }) => !isDue(time));
          }
          expect(queue.size).toBe(waiting.length);
        }
      }),
    );
  });
});
