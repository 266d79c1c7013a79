import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createEventQueue } from './event-queue.ts';

describe('event queue', () => {
  it('lets events out in the order of time, equal times in the order they came, and none too early', () => {
    const step = fc.oneof(
      fc.record({ push: fc.integer({ min: 0, max: 20 }) }),
      fc.record({ until: fc.integer({ min: 0, max: 22 }) }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const queue = createEventQueue<{ readonly time: number; readonly came: number }>();
        let waiting: { time: number; came: number }[] = [];
        for (const [came, step] of steps.entries()) {
          if ('push' in step) {
            queue.push({ time: step.push, came });
            waiting.push({ time: step.push, came });
          } else {
            const due = waiting.filter(({ time }) => time < step.until);
            due.sort((a, b) => a.time - b.time || a.came - b.came);
            for (const expected of due) expect(queue.popBefore(step.until)).toEqual(expected);
            expect(queue.popBefore(step.until)).toBeUndefined();
            waiting = waiting.filter(({ time }) => time >= step.until);
          }
          expect(queue.size).toBe(waiting.length);
        }
      }),
    );
  });
});
