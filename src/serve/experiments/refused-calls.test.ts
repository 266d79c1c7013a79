import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { AnsweredList } from '../../slate/answered-list.ts';
import type { Experiment } from '../../slate/experiment.ts';
import { partsOfCall } from './parts.ts';
import { createRefusedCalls } from './refused-calls.ts';

const order: Experiment = {
  ...{ name: 'order', coverage: 1 },
  variants: [
    { name: 'old', share: 0.5 },
    { name: 'new', share: 0.5 },
  ],
};
const noted: AnsweredList[] = [];
const counting = (experiments: readonly Experiment[]): ReturnType<typeof createRefusedCalls> =>
  createRefusedCalls({ experiments, now: () => 5000, note: (answers) => void noted.push(...answers) });
const call = (user: string, code = 'overloaded') => ({
  ...({ requests: [{ id: 'x', user, items: ['a'] }], asked: 'rank', model: 'a', code } as const),
  partOf: partsOfCall({}, [order]),
});

beforeEach(() => {
  vi.useFakeTimers();
  noted.length = 0;
});
afterEach(() => {
  vi.useRealTimers();
});

describe('calls that are refused', () => {
  it('are noted together after ten seconds, each user once with the number of calls', () => {
    const refused = counting([order]);
    for (let times = 0; times < 40; times++) refused.count(call(`u${times % 2}`));
    refused.count(call('u1', 'too-many-at-once'));
    vi.advanceTimersByTime(9_000);
    expect(noted).toEqual([]);
    vi.advanceTimersByTime(2_000);
    expect(noted.map(({ user, failed, times, items }) => [user, failed, times, items])).toEqual([
      ['u0', 'overloaded', 20, []],
      ['u1', 'overloaded', 20, []],
      ['u1', 'too-many-at-once', 1, []],
    ]);
    expect(noted[0].experiments?.order).toMatch(/^(old|new)$/);
    refused.close();
    expect(noted).toHaveLength(3);
  });

  it('are noted at the end, and of many users a thousand', () => {
    const refused = counting([order]);
    for (let user = 0; user < 1500; user++) refused.count(call(`u${user}`));
    refused.close();
    expect(noted).toHaveLength(1000);
  });

  it('are read only in experiments, where they are short, a hundred in a second', () => {
    expect(counting([]).wantsToRead(100)).toBe(false);
    const refused = counting([order]);
    expect([refused.wantsToRead(70_000), refused.wantsToRead(Number.NaN)]).toEqual([false, false]);
    const readOf = (calls: number): number =>
      Array.from({ length: calls }, () => refused.wantsToRead(100)).filter(Boolean).length;
    expect(readOf(300)).toBe(100);
    vi.advanceTimersByTime(1_000);
    expect(readOf(50)).toBe(50);
  });
});
