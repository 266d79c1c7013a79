import { expect, it } from 'vitest';
import { createRestingPace, type PaceClock } from './pace.ts';

/** A clock that moves only when it is told. */
function handClock(): PaceClock & { work(milliseconds: number): void; readonly rests: readonly number[] } {
  let now = 0;
  const rests: number[] = [];
  return {
    rests,
    now: () => now,
    work: (milliseconds) => {
      now += milliseconds;
    },
    rest: async (milliseconds) => {
      rests.push(milliseconds);
      now += milliseconds;
    },
  };
}

it('rests three times as long as it worked, so that three quarters of the time are for others', async () => {
  const clock = handClock();
  const pace = createRestingPace(clock);
  for (const piece of [2, 1, 5]) {
    clock.work(piece);
    await pace.pause();
  }
  expect(clock.rests).toEqual([6, 3, 15]);
});

it('does not rest for ever after a piece that took long by the clock', async () => {
  const clock = handClock();
  const pace = createRestingPace(clock);
  clock.work(10_000);
  await pace.pause();
  expect(clock.rests).toEqual([50]);
});

it('rests no more once somebody waits, and ends the rest that it is in', async () => {
  const clock = handClock();
  const ended: boolean[] = [];
  const pace = createRestingPace({
    ...clock,
    rest: (_, signal) =>
      new Promise((resolve) =>
        signal.addEventListener('abort', () => {
          ended.push(true);
          resolve();
        }),
      ),
  });
  const resting = pace.pause();
  pace.hurry();
  await resting;
  await pace.pause();
  expect(ended).toEqual([true]);
});
