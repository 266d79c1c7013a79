import { expect, it } from 'vitest';
import type { JournalEntry } from '../journal/entry.ts';
import { createLiveWatch } from './live-watch.ts';
import { createRecentLatency } from './recent-latency.ts';

const MINUTE = 60_000;
let sequence = 0;
const at = (arrivedAt: number, event: object): JournalEntry =>
  ({
    kind: 'event',
    sequence: ++sequence,
    arrivedAt,
    event: { fields: {}, time: arrivedAt, ...event },
  }) as JournalEntry;
const shown = (arrivedAt: number, id: string, items: readonly string[]): JournalEntry =>
  at(arrivedAt, { event: 'ranking', id, user: 'u1', items: items.map((item) => ({ id: item, fields: {} })) });
const clicked = (arrivedAt: number, ranking: string, item: string): JournalEntry =>
  at(arrivedAt, { event: 'interaction', ranking, item, user: 'u1', type: 'click' });
const answer = (id: string, user = 'u1') => ({
  ...{ request: { id, user, items: ['a', 'b'] }, asked: 'rank' as const, model: 'm', experiments: { test: 'b' } },
  items: [
    { item: 'a', probability: 0.5 },
    { item: 'b', probability: 0.25 },
  ],
});
const watch = (now: number, recent = 2) => createLiveWatch({ recent, labelTypes: () => ['click'], now: () => now });

it('counts lists and clicks by minute, against what was expected of those that were answered', () => {
  const live = watch(100 * MINUTE);
  live.answered([answer('one')]);
  live.enter(shown(98 * MINUTE, 'one', ['a', 'b']));
  live.enter(shown(98 * MINUTE + 1, 'other', ['a', 'b', 'c']));
  live.enter(clicked(99 * MINUTE, 'one', 'a'));
  live.enter(clicked(99 * MINUTE, 'one', 'a'));
  live.enter(clicked(99 * MINUTE, 'other', 'c'));
  const minutes = live.minutes();
  expect(minutes).toHaveLength(60);
  expect(minutes.at(-1)?.from).toBe(100 * MINUTE);
  expect(minutes.at(-3)).toEqual({
    ...{ from: 98 * MINUTE, lists: 2, shownItems: 5, clicks: 0 },
    ...{ answeredItems: 2, expectedClicks: 0.75, answeredClicks: 1 },
  });
  expect(minutes.at(-2)).toMatchObject({ lists: 0, clicks: 3 });
  expect(live.variants()).toEqual([{ experiment: 'test', variant: 'b', lists: 1, clickedLists: 1, clicks: 1 }]);
});

it('tells the last answers, the latest first, until their person is erased', () => {
  const live = watch(5);
  live.answered([answer('one'), answer('two', 'u2'), answer('three')]);
  live.enter(shown(6, 'three', ['a', 'b']));
  live.enter(clicked(7, 'three', 'b'));
  expect(live.recent(9).map(({ request, isShown, clicked: of }) => [request.id, isShown, of])).toEqual([
    ['three', true, ['b']],
    ['two', false, []],
  ]);
  live.enter({ kind: 'erase', user: 'u2', sequence: 99, arrivedAt: 8 });
  expect(live.recent(9).map(({ request }) => request.id)).toEqual(['three']);
});

it('tells how long the last calls of each route took', () => {
  const latency = createRecentLatency();
  for (let n = 1; n <= 2000; n++) latency.add({ route: '/v1/rank', status: n === 5 ? 500 : 200, seconds: n / 1000 });
  expect(latency.routes()).toEqual([{ route: '/v1/rank', calls: 2000, failed: 1, p50: 1501, p95: 1951, p99: 1991 }]);
});
