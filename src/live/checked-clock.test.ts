import { expect, it } from 'vitest';
import { checkedClock } from './checked-clock.ts';

it.each<[unknown, string]>([
  [
    Promise.resolve(5),
    'now: expected "time" in milliseconds since 1970, such as Date.now(), found that it answers a promise; write it without async',
  ],
  [undefined, 'mend the function'],
  [Number.NaN, 'NaN; mend the function'],
  [1.7e15, 'it looks like microseconds'],
  [1.5, 'round it down: Math.floor(time)'],
])('a clock that answers %s is blamed, not the request', (time, told) => {
  expect(checkedClock(() => time as number)).toThrow(
    expect.objectContaining({ code: 'invalid-option', message: expect.stringContaining(told) }),
  );
});

it('answers as the program`s clock does', () => {
  expect(checkedClock(() => 1_700_000_000_000)()).toBe(1_700_000_000_000);
});

it('takes the rejection of an asynchronous clock, so that the process goes on', async () => {
  expect(checkedClock((async () => Promise.reject(new Error('later'))) as never)).toThrow('write it without async');
  await new Promise(setImmediate);
});
