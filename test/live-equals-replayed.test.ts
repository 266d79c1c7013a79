/** Serving is replaying: questions leave no trace, and a memory goes on from its snapshot, whatever happens and in whatever order it arrives. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EncodedSlates } from '../src/encoding/columns/encoded-slates.ts';
import { createSlateEncoder, memoryItems } from '../src/encoding/columns/slate-encoder.ts';
import type { MemoryLimits } from '../src/memory/limits.ts';
import { createMemory, type Memory, type MemoryOptions } from '../src/memory/memory.ts';
import type { MemorySnapshot } from '../src/memory/snapshot.ts';
import type { LogEvent, RankingEvent } from '../src/slate/events.ts';
import type { FieldUpdates } from '../src/slate/fields.ts';
import { RejectedEvent } from '../src/slate/rejected-event.ts';
import { exampleEncoders } from './example-features.ts';

const encoder = createSlateEncoder({
  encoders: exampleEncoders,
  historyLength: 3,
  graph: { fanOut: 2, clicks: 2, seed: 1 },
});
const MINUTE = 60_000;
const START = 1_600_000_000_000;

const settings = (limits: MemoryLimits | undefined): MemoryOptions => ({
  ...memoryItems(encoder),
  ...{ joinWindow: 30 * MINUTE, labelTypes: ['click'], limits },
});

/** An event as it arrives; `question` is asked before it, `restart` puts a memory into its snapshot and takes it out again. */
interface Arrival {
  readonly event: LogEvent;
  readonly arrivedAt: number | undefined;
  readonly question: RankingEvent | undefined;
  readonly restart: boolean;
}

const someUser = fc.constantFrom('u', 'v', 'w', '');
const knownItem = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f');
const someItems = fc.uniqueArray(knownItem, { minLength: 1, maxLength: 4 });
const itemFields: fc.Arbitrary<FieldUpdates> = fc.record(
  {
    price: fc.constantFrom(1, -2, 0.25, null),
    kind: fc.constantFrom('tea', 'coffee', null),
    taste: fc.constantFrom(['sweet'], ['bitter', 'sour'], null),
  },
  { requiredKeys: [] },
);
const userFields: fc.Arbitrary<FieldUpdates> = fc.record(
  { age: fc.constantFrom(1, 2, null), other: fc.constantFrom('x', null) },
  { requiredKeys: [] },
);

/** What happens after the events before it; lists are named by how many there have been. */
const happening = fc.oneof(
  fc.record({ kind: fc.constant('item' as const), item: knownItem, fields: itemFields }),
  fc.record({ kind: fc.constant('user' as const), user: fc.constantFrom('u', 'v', 'w', 'x'), fields: userFields }),
  fc.record({ kind: fc.constant('list' as const), user: someUser, items: someItems, again: fc.boolean() }),
  fc.record({
    kind: fc.constant('click' as const),
    back: fc.nat(3),
    slot: fc.nat(3),
    delay: fc.constantFrom(0, 0, 1, MINUTE, 29 * MINUTE, 31 * MINUTE, -1),
    other: fc.constantFrom('', '', '', 'unknown list', 'another user', 'another item', 'another type'),
  }),
);
const shifts = [0, 0, 0, -1, -MINUTE, -40 * MINUTE, 2 * MINUTE, 400 * MINUTE];
const step = fc.record({
  happening,
  gap: fc.constantFrom(0, 0, 1, MINUTE, 20 * MINUTE, 50 * MINUTE, 1500 * MINUTE),
  shift: fc.constantFrom(...shifts),
  isLive: fc.boolean(),
  question: fc.option(
    fc.record({
      user: fc.constantFrom('u', 'v', 'w', '', 'nobody'),
      items: fc.uniqueArray(fc.oneof(knownItem, fc.constant('never met')), { minLength: 1, maxLength: 4 }),
      ahead: fc.constantFrom(-1000 * MINUTE, -1, 0, 1, MINUTE, 3000 * MINUTE),
    }),
  ),
  restart: fc.boolean(),
});
const limited = fc.oneof(
  fc.constant(undefined),
  fc.record(
    {
      users: fc.integer({ min: 1, max: 3 }),
      items: fc.integer({ min: 1, max: 5 }),
      userAge: fc.constantFrom(10 * MINUTE, 100 * MINUTE),
      itemAge: fc.constantFrom(10 * MINUTE, 100 * MINUTE),
    },
    { requiredKeys: [] },
  ),
);

const ranking = (id: string, time: number, user: string, items: readonly string[]): RankingEvent => ({
  ...{ event: 'ranking', id, time, user, fields: { query: 'drinks' } },
  items: items.map((item, k) => ({ id: item, fields: { relevancy: k } })),
});

function arrivalsOf(steps: readonly (typeof step extends fc.Arbitrary<infer S> ? S : never)[]): readonly Arrival[] {
  let now = START;
  const lists: RankingEvent[] = [];
  return steps.map(({ happening: what, gap, shift, isLive, question, restart }, at) => {
    now += gap;
    const arrivedAt = isLive ? now : undefined;
    // A replay tells nothing ahead of its time.
    const time = now + (isLive ? shift : Math.min(shift, 0));
    return {
      event: eventOf(what, { time, at }),
      arrivedAt,
      question: question
        ? ranking(`q${at}`, Math.max(0, now + question.ahead), question.user, question.items)
        : undefined,
      restart,
    };
  });

  function eventOf(what: (typeof steps)[number]['happening'], { time, at }: { time: number; at: number }): LogEvent {
    if (what.kind === 'item') return { event: 'item', item: what.item, time, fields: what.fields };
    if (what.kind === 'user') return { event: 'user', user: what.user, time, fields: what.fields };
    if (what.kind === 'list') {
      const last = lists.at(-1);
      if (what.again && last) return { ...last, time };
      const list = ranking(`r${at}`, time, what.user, what.items);
      lists.push(list);
      return list;
    }
    const list = lists.at(-1 - what.back) ?? ranking('none', time, 'u', ['a']);
    const is = (name: typeof what.other): boolean => what.other === name;
    return {
      event: 'interaction',
      ranking: is('unknown list') ? 'none' : list.id,
      time: list.time + what.delay,
      user: is('another user') ? 'somebody else' : list.user,
      item: is('another item') ? 'z' : list.items[what.slot % list.items.length].id,
      type: is('another type') ? 'view' : 'click',
    };
  }
}

interface Run {
  readonly outcomes: readonly string[];
  readonly columns: readonly unknown[];
  readonly snapshot: MemorySnapshot;
  readonly counters: unknown;
}

function outcomeOf(memory: Memory, { event, arrivedAt }: Pick<Arrival, 'event' | 'arrivedAt'>): string {
  try {
    return memory.apply(event, arrivedAt);
  } catch (error) {
    if (error instanceof RejectedEvent) return error.reason;
    throw error;
  }
}

function run(arrivals: readonly Arrival[], limits: MemoryLimits | undefined, isDisturbed: boolean): Run {
  const options = settings(limits);
  let memory = createMemory(options);
  const outcomes: string[] = [];
  const columns: unknown[] = [];
  for (const arrival of arrivals) {
    const { event, question, restart } = arrival;
    if (isDisturbed && question) {
      const first = encoder.encode([question], memory);
      encoder.candidates(question, memory);
      expect(encoder.encode([question], memory)).toEqual(first);
    }
    if (isDisturbed && restart) memory = createMemory(options, JSON.parse(JSON.stringify(memory.snapshot())));
    const before = event.event === 'ranking' ? encoder.encode([event], memory) : undefined;
    if (before) columns.push(before);
    const outcome = outcomeOf(memory, arrival);
    outcomes.push(outcome);
    // A server asks before the list is shown; the walk over a data set asks once it has entered, at its own time.
    if (before && outcome === 'taken')
      expect(withoutIndices(encoder.encode([event as RankingEvent], memory))).toEqual(withoutIndices(before));
  }
  return { outcomes, columns, snapshot: memory.snapshot(), counters: { ...memory.counters } };
}

/** An item that nobody met before has an index once its list has entered; no model knows of it. */
const withoutIndices = ({ items: { itemR: _, ...items }, ...columns }: EncodedSlates): unknown => ({
  ...columns,
  items,
});

describe('a memory that is asked and restarted', () => {
  it('is bitwise the one that was left alone', () => {
    const outcomes = new Set<string>();
    const evicted = { items: 0, users: 0 };
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 40 }), limited, (steps, limits) => {
        const arrivals = arrivalsOf(steps);
        const [alone, disturbed] = [run(arrivals, limits, false), run(arrivals, limits, true)];
        expect(disturbed).toEqual(alone);
        expect(JSON.stringify(disturbed.snapshot)).toBe(JSON.stringify(alone.snapshot));
        for (const outcome of alone.outcomes) outcomes.add(outcome);
        evicted.items += alone.snapshot.counters.evictedItems;
        evicted.users += alone.snapshot.counters.evictedUsers;
      }),
      { numRuns: 250, seed: 20 },
    );
    // The runs met everything that can become of an event.
    const all = ['taken', 'late', 'again', 'held', 'other', 'unknown-list', 'late-interaction', 'other-user'];
    expect([...outcomes]).toEqual(expect.arrayContaining([...all, 'item-not-in-list', 'interaction-before-list']));
    expect(Math.min(evicted.items, evicted.users)).toBeGreaterThan(100);
  });
});

describe('within one millisecond', () => {
  it('the order of arrival decides nothing but which list came first', () => {
    const lists = fc.array(
      fc.record({ user: someUser, items: someItems, clicks: fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }) }),
      { minLength: 1, maxLength: 4 },
    );
    const metadata = fc.record({ a: itemFields, b: itemFields, u: userFields });
    fc.assert(
      fc.property(
        fc.array(step, { maxLength: 15 }),
        lists,
        metadata,
        fc.array(fc.nat(), { minLength: 30, maxLength: 30 }),
        (steps, shown, told, draws) => {
          const before = arrivalsOf(steps).map((arrival) => ({ ...arrival, arrivedAt: undefined }));
          const clock = Math.max(START, ...before.map(({ event }) => event.time));
          // Clicks on lists of this millisecond, and on one of an earlier one.
          const earlier = ranking('earlier', clock + MINUTE, 'v', ['a', 'b', 'c']);
          const time = clock + 2 * MINUTE;
          const rankings = shown.map(({ user, items }, at) => ranking(`same ${at}`, time, user, items));
          const clicksOn = ({ id, user, items }: RankingEvent, clicks: readonly boolean[]): LogEvent[] =>
            items.flatMap((item, k): LogEvent[] =>
              clicks[k] ? [{ event: 'interaction', ranking: id, time, user, item: item.id, type: 'click' }] : [],
            );
          const ahead: LogEvent[] = [
            { event: 'item', item: 'a', time, fields: told.a },
            { event: 'item', item: 'b', time, fields: told.b },
            { event: 'user', user: 'u', time, fields: told.u },
            ...clicksOn(earlier, [true, false, true]),
          ];
          const inOrder = [...ahead, ...rankings.flatMap((list, at) => [list, ...clicksOn(list, shown[at].clicks)])];
          const shuffled = shuffledWithin(inOrder, draws);
          const later = [
            ranking('later', time + MINUTE, 'u', ['a', 'b', 'c']),
            ranking('later too', time + MINUTE, 'v', ['d', 'a']),
          ];
          const [one, other] = [inOrder, shuffled].map((events) => {
            const memory = createMemory(settings(undefined));
            // All items are met by now: a new one is numbered as it comes.
            for (const item of ['a', 'b', 'c', 'd', 'e', 'f'])
              memory.apply({ event: 'item', item, time: 0, fields: {} });
            for (const arrival of before) outcomeOf(memory, arrival);
            memory.apply({ event: 'user', user: 'u', time: clock, fields: {} });
            memory.apply(earlier);
            for (const event of events) memory.apply(event);
            const asked = encoder.encode(later, memory);
            memory.apply(later[0]);
            const { open: _, ...snapshot } = memory.snapshot();
            return { asked, snapshot, lists: new Set(memory.snapshot().open.map((list) => JSON.stringify(list))) };
          });
          expect(other).toEqual(one);
        },
      ),
      { numRuns: 100 },
    );
  });
});

/** Another order in which lists stay in theirs, and every click behind its list. */
function shuffledWithin(events: readonly LogEvent[], draws: readonly number[]): readonly LogEvent[] {
  const waiting = [...events];
  const order: LogEvent[] = [];
  for (let at = 0; waiting.length > 0; at++) {
    const firstList = waiting.findIndex(({ event }) => event === 'ranking');
    const shown = new Set(order.flatMap((each) => (each.event === 'ranking' ? [each.id] : [])));
    const free = waiting.flatMap((each, index) => {
      if (each.event === 'ranking') return index === firstList ? [index] : [];
      return each.event !== 'interaction' || each.ranking === 'earlier' || shown.has(each.ranking) ? [index] : [];
    });
    order.push(...waiting.splice(free[draws[at % draws.length] % free.length], 1));
  }
  return order;
}

it('a million questions about ids that nobody knows leave a memory as it was', () => {
  const memory = createMemory(settings(undefined));
  memory.apply({ event: 'item', item: 'a', time: START, fields: { price: 1 } });
  memory.apply(ranking('r', START, 'u', ['a', 'b']));
  const [size, before] = [memory.items.size, JSON.stringify(memory.snapshot())];
  for (let question = 0; question < 1000; question++) {
    const known = memory.asOf(START + question);
    for (let at = 0; at < 1000; at++) {
      const id = `${question} ${at}`;
      const found = known.items.indexOf(id) ?? known.items.fieldsOf(id) ?? known.userFields(id);
      if (found !== undefined || known.state.users.get(id)) throw new Error(`expected nothing of ${id}`);
    }
    const ids = Array.from({ length: 10 }, (_, at) => `${question} ${at}`);
    encoder.encode([ranking(`q${question}`, START + question, ids[0], ids)], memory);
  }
  expect(memory.items.size).toBe(size);
  expect(JSON.stringify(memory.snapshot())).toBe(before);
});
