import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { InteractionEvent, LogEvent, RankingEvent } from '../../slate/events.ts';
import { RejectedEvent } from '../../slate/rejected-event.ts';
import { createJoiner, type Joiner, joinDefaults } from './join-interactions.ts';
import { impressionForm, type JoinedImpression, type JoinOptions, openImpression, type Settled } from './joined.ts';

const minute = 60_000;
const window = joinDefaults.joinWindow;

const list = (id: string, time: number, items: readonly string[] = ['a', 'b'], user = 'u1'): RankingEvent => ({
  event: 'ranking',
  id,
  time,
  user,
  fields: {},
  items: items.map((item) => ({ id: item, fields: {} })),
});
const click = (ranking: string, time: number, more: Partial<InteractionEvent> = {}): InteractionEvent => ({
  event: 'interaction',
  ranking,
  time,
  user: 'u1',
  item: 'a',
  type: 'click',
  ...more,
});

interface Joined {
  readonly joiner: Joiner<JoinedImpression>;
  /** `id@time` of every list with a click, and the clicked items with their times. */
  readonly clicks: Readonly<Record<string, readonly string[]>>;
  /** `line reason`, in the order of lines. */
  readonly rejected: readonly string[];
  /** Lists that were closed before the end. */
  readonly closed: number;
}

function joined(events: readonly LogEvent[], options: Partial<JoinOptions> = {}): Joined {
  const joiner = createJoiner({ ...joinDefaults, ...options }, impressionForm);
  const clicks: Record<string, string[]> = {};
  const rejected: [number, string][] = [];
  let lists = 0;
  const take = ({ impressions, rejections }: Settled): void => {
    lists += impressions.length;
    for (const { line, error } of rejections) rejected.push([line, error.reason]);
    for (const { ranking, clickTimes } of impressions) {
      const found = clickTimes.flatMap((time, k) => (time < 0 ? [] : [`${ranking.items[k].id} ${time}`]));
      if (found.length > 0) clicks[`${ranking.id}@${ranking.time} ${ranking.user}`] = found;
    }
  };
  for (const [at, event] of events.entries()) {
    const logged = { line: at + 1, raw: 'x'.repeat(100) };
    try {
      if (event.event === 'ranking') take(joiner.addList(openImpression(event, at + 1), logged.raw.length));
      else if (event.event === 'interaction') take(joiner.addInteraction({ ...logged, event }));
    } catch (error) {
      if (!(error instanceof RejectedEvent)) throw error;
      rejected.push([at + 1, error.reason]);
    }
  }
  const closed = lists;
  take(joiner.finish());
  const inOrder = rejected.sort(([a], [b]) => a - b).map(([line, reason]) => `${line} ${reason}`);
  return { joiner, clicks, rejected: inOrder, closed };
}

describe('a click belongs to the list', () => {
  it('of its user, as far as both name one', () => {
    const events = [
      list('r', 0),
      click('r', 1, { user: 'nobody' }),
      click('r', 2, { user: '' }),
      list('s', 0, ['a'], ''),
      click('s', 3),
      click('r', 4, { user: 'nobody', type: 'view' }),
    ];
    expect(joined(events)).toMatchObject({
      clicks: { 'r@0 u1': ['a 2'], 's@0 ': ['a 3'] },
      rejected: ['2 other-user', '6 other-user'],
    });
  });

  it('that its user, item and time fit, where several have its id', () => {
    const events = [
      list('r', 0, ['a', 'b'], 'u1'),
      list('r', 5, ['a', 'b'], 'u2'),
      list('r', 9 * minute, ['a', 'c'], 'u1'),
      click('r', 10, { user: 'u2' }),
      click('r', 11, { item: 'b' }),
      click('r', 10 * minute),
      click('r', 10 * minute + 1, { item: 'c' }),
      click('r', 12, { user: 'u3' }),
    ];
    const { joiner, ...found } = joined(events);
    expect(found).toMatchObject({
      clicks: {
        'r@0 u1': ['b 11'],
        'r@5 u2': ['a 10'],
        [`r@${9 * minute} u1`]: [`a ${10 * minute}`, `c ${10 * minute + 1}`],
      },
      rejected: ['8 other-user'],
    });
    expect(joiner.sharedIds).toEqual({ count: 1, first: 'r' });
  });

  it('that is the only one of its moment', () => {
    const events = [list('r', 0, ['a', 'b']), list('r', 0, ['b', 'a']), click('r', 1)];
    expect(joined(events)).toMatchObject({ clicks: {}, rejected: ['3 ambiguous-list'] });
  });

  it('the latest of its user with the item, where it names none', () => {
    const events = [
      click('', 10),
      list('r', 0),
      list('s', 5),
      list('t', 7, ['b']),
      list('v', 11),
      list('w', 6, ['a'], 'u2'),
      click('', window + 6),
      click('', 12 + window),
      click('', 9, { user: 'u3' }),
      click('', 9, { type: 'view' }),
      list('x', 5),
      click('', 5),
    ];
    const { joiner, ...found } = joined(events);
    expect(found).toMatchObject({
      clicks: { 'v@11 u1': [`a ${window + 6}`] },
      rejected: ['1 ambiguous-list', '8 no-list-of-user', '9 no-list-of-user', '12 ambiguous-list'],
    });
    expect(joiner.otherInteractions).toBe(1);
    expect(joined(events.slice(0, 10)).clicks).toEqual({ 's@5 u1': ['a 10'], 'v@11 u1': [`a ${window + 6}`] });
  });
});

it('the same list again is told, and counts once', () => {
  expect(joined([list('r', 0), click('r', 1), list('r', 0)])).toMatchObject({
    clicks: { 'r@0 u1': ['a 1'] },
    rejected: ['3 duplicate-list'],
  });
});

/** Events whose ids, users, items and times meet often, so that everything above happens. */
const anyEvent = fc
  .record({
    id: fc.constantFrom('r', 's', 't', ''),
    time: fc.nat(90).map((minutes) => minutes * minute),
    user: fc.constantFrom('u1', 'u2', ''),
    item: fc.constantFrom('a', 'b', 'c'),
    kind: fc.constantFrom('list', 'click', 'click', 'view'),
  })
  .map(({ id, time, user, item, kind }) => {
    if (kind === 'list')
      return list(
        id || 'q',
        time,
        [item, 'b', 'c'].filter((each, at, all) => all.indexOf(each) === at),
        user,
      );
    return click(id, time, { user: id === '' ? user || 'u1' : user, item, type: kind });
  });

it('the order of lines decides nothing', () => {
  const reasons = (found: Joined): unknown => [
    found.clicks,
    found.rejected.map((each) => each.split(' ')[1]).sort(),
    found.joiner.otherInteractions,
    found.joiner.sharedIds.count,
  ];
  fc.assert(
    fc.property(
      fc
        .array(anyEvent, { maxLength: 40 })
        .chain((events) => fc.tuple(fc.constant(events), fc.shuffledSubarray(events, { minLength: events.length }))),
      ([events, shuffled]) => {
        expect(reasons(joined(shuffled))).toEqual(reasons(joined(events)));
      },
    ),
    { numRuns: 300 },
  );
});

describe('in a log that is longer than what may be open', () => {
  /** A list a minute with a click a window later, the last moment there is. */
  const lists = Array.from({ length: 600 }, (_, n) => list(`r${n}`, n * minute));
  const clicks = lists.map(({ id, time }) => click(id, time + window));
  const byTime = (a: LogEvent, b: LogEvent): number => a.time - b.time;

  it('lists are closed two windows after their time', () => {
    const found = joined([...lists, ...clicks].sort(byTime), { openBytes: 1 });
    expect(found.rejected).toEqual([]);
    expect(Object.keys(found.clicks)).toHaveLength(600);
    // The clock is a hundred lists behind the latest, and two windows are sixty lists.
    expect(found.closed).toBe(600 - 100 - 60);
  });

  it('lines may be out of order by a window', () => {
    const late = fc.array(fc.nat(window), { minLength: 1200, maxLength: 1200 });
    fc.assert(
      fc.property(late, (delays) => {
        const events = [...lists, ...clicks]
          .map((event, at) => ({ event, read: event.time + delays[at] }))
          .sort((a, b) => a.read - b.read)
          .map(({ event }) => event);
        const found = joined(events, { openBytes: 1000 });
        // Clicks before their list wait outside of the bound here: all are found.
        expect(found.rejected.filter((each) => !each.endsWith('unknown-list'))).toEqual([]);
      }),
      { numRuns: 20 },
    );
  });

  it('clicks that are read later are told why they come too late', () => {
    const after = [click('r0', minute), click('r0', 31 * minute), click('r599', 600 * minute)];
    expect(joined([...lists, ...after], { openBytes: 1 }).rejected).toEqual([
      '601 out-of-order',
      '602 late-interaction',
    ]);
    expect(joined([...lists, ...after]).rejected).toEqual(['602 late-interaction']);
  });

  it('a list that was closed is known when it comes again, and another of its id too', () => {
    const found = joined([...lists, list('r0', 0), list('r1', 0)], { openBytes: 1 });
    expect(found.rejected).toEqual(['601 duplicate-list']);
    expect(found.joiner.sharedIds).toEqual({ count: 1, first: 'r1' });
  });

  it('a click that named no list stays where it is when another list comes with the same id', () => {
    const events = [
      list('shared', 0),
      click('', 1),
      click('shared', 2, { item: 'b' }),
      ...lists.slice(0, 140).map((each) => ({ ...each, user: 'u3' })),
      list('shared', 3, ['a', 'b'], 'u2'),
    ];
    // Too much is open for a moment: the unnamed click is settled, and no list is closed.
    const found = joined(events, { openBytes: 13_900 });
    expect(found).toMatchObject({ clicks: { 'shared@0 u1': ['a 1', 'b 2'] }, rejected: [] });
    expect(found.joiner.sharedIds.count).toBe(1);
  });

  it('a few lists from the future close nobody', () => {
    const future = Array.from({ length: 50 }, (_, n) => list(`future${n}`, 1e6 * minute));
    expect(joined([...future, ...lists.slice(0, 40), ...clicks.slice(0, 40)], { openBytes: 1 })).toMatchObject({
      rejected: [],
      closed: 0,
    });
  });

  it('clicks on lists that never come are given up, the longest waiting first', () => {
    const strays = Array.from({ length: 9 }, (_, n) => click(`stray${n}`, 1500));
    const found = joined([...strays, list('stray0', 1000), list('stray8', 1000)], { openBytes: 400 });
    expect(found.clicks).toEqual({ 'stray8@1000 u1': ['a 1500'] });
    expect(found.rejected).toEqual([1, 2, 3, 4, 5, 6, 7, 8].map((line) => `${line} unknown-list`));
  });
});
