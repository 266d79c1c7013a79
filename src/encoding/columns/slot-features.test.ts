import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exampleEncoders, exampleItems, impression, randomLog } from '../../../test/example-features.ts';
import { createReplay } from '../../../test/replayed.ts';
import type { Impression } from '../../slate/impression.ts';

/**
 * The slow way: every feature of every impression recounted from the whole list of earlier events, by the definitions alone. Shares no code with the replay.
 */
interface Happened {
  readonly time: number;
  readonly kind: 'exposure' | 'click';
  readonly user: string;
  readonly item: string;
  readonly position: number;
  readonly expected: { readonly ofUser: number; readonly ofItem: number; readonly ofBoth: number };
}

const DAY = 86_400_000;
const HOUR = 3_600_000;
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const logit = (p: number): number => Math.log(p / (1 - p));
const exposures = (events: readonly Happened[]): Happened[] => events.filter(({ kind }) => kind === 'exposure');
const clicks = (events: readonly Happened[]): Happened[] => events.filter(({ kind }) => kind === 'click');

/** Weights of an item's known values: idf 1, 1.5, 2 in the order of each vocabulary, scaled to length 1. */
function vectorOf(item: string): ReadonlyMap<string, number> {
  const { kind, taste } = exampleItems[item] ?? {};
  const idf: Record<string, number> = { tea: 1, coffee: 1.5, sweet: 1, bitter: 1.5, sour: 2 };
  const known = [kind, ...((taste ?? []) as string[])].filter((value) => typeof value === 'string' && value in idf);
  const norm = Math.sqrt(sum(known.map((value) => idf[value as string] ** 2)));
  return new Map(known.map((value) => [value as string, idf[value as string] / norm]));
}

const cosine = (a: string, b: string): number => {
  const [x, y] = [vectorOf(a), vectorOf(b)];
  return sum([...x].map(([value, weight]) => weight * (y.get(value) ?? 0)));
};

function denseOf(item: string): readonly number[] {
  const { price = 0, size = 0 } = (exampleItems[item] ?? {}) as Record<string, number>;
  return [price, size, exampleItems[item]?.size === undefined ? 1 : 0];
}

function knownAt(events: readonly Happened[]) {
  const overall = (clicks(events).length + 1) / (exposures(events).length + 10);
  const rate = (subset: readonly Happened[]): number =>
    (clicks(subset).length + 10 * overall) / (exposures(subset).length + 10);
  const lift = (subset: readonly Happened[], by: 'ofUser' | 'ofItem'): number =>
    (clicks(subset).length + 2) / (sum(exposures(subset).map(({ expected }) => expected[by])) + 2);
  return {
    overall,
    itemRate: (item: string) => rate(events.filter((event) => event.item === item)),
    positionRate: (position: number) => rate(events.filter((event) => event.position === position)),
    itemLift: (item: string) =>
      lift(
        events.filter((event) => event.item === item),
        'ofUser',
      ),
    userLift: (user: string) =>
      user === ''
        ? 1
        : lift(
            events.filter((event) => event.user === user),
            'ofItem',
          ),
  };
}

function times(base: number, ...lifts: readonly number[]): number {
  const odds = lifts.reduce((product, each) => product * each, base / (1 - base));
  return Math.min(0.98, Math.max(0.001, odds / (1 + odds)));
}

function slowFeatures(
  events: readonly Happened[],
  shown: { readonly user: string; readonly item: string; readonly position: number; readonly time: number },
): Readonly<Record<string, number>> {
  const { user, item, position, time } = shown;
  const known = knownAt(events);
  const ofItem = events.filter((event) => event.item === item);
  const mine = user === '' ? [] : events.filter((event) => event.user === user);
  const [myExposures, myClicks] = [exposures(mine), clicks(mine)];
  const itemRate = known.itemRate(item);
  const fade = (subset: readonly Happened[]): number =>
    sum(subset.map((event) => Math.exp(-(time - event.time) / DAY)));
  const trend = (fade(clicks(ofItem)) + 10 * itemRate) / (fade(exposures(ofItem)) + 10);

  const residual = (matches: (event: Happened) => boolean): number =>
    sum(mine.filter(matches).map(({ kind, expected }) => (kind === 'click' ? 1 : -expected.ofBoth)));
  const taste = (value: string): number =>
    residual((event) => vectorOf(event.item).has(value)) /
    (myExposures.filter((event) => vectorOf(event.item).has(value)).length + 4);
  const tastes = (values: readonly string[]): number[] =>
    values.filter((value) => vectorOf(item).has(value)).map(taste);
  const mean = (values: readonly number[]): number => (values.length === 0 ? 0 : sum(values) / values.length);

  const leanings = denseOf(item).map(
    (value, column) =>
      (value * sum(mine.map((event) => residual((other) => other === event) * denseOf(event.item)[column]))) /
      (myExposures.length + 4),
  );
  const skipped = new Set<string>();
  for (const event of mine) {
    if (event.kind === 'click') skipped.delete(event.item);
    else skipped.add(event.item);
  }
  const nearest = (items: Iterable<string>): number =>
    Math.max(0, ...[...items].filter((other) => other !== item).map((other) => cosine(other, item)));
  const likeTo = (subset: readonly Happened[]): number => sum(subset.map((event) => cosine(event.item, item)));
  const [shownTimes, clickedTimes] = [myExposures, myClicks].map((each) => each.filter((e) => e.item === item));
  const lastShown = Math.max(...shownTimes.map((event) => event.time));
  return {
    'item rate': logit(itemRate) - logit(known.overall),
    'item lift': Math.log(known.itemLift(item)),
    'item trend': logit(trend) - logit(itemRate),
    'item exposures': Math.log(1 + exposures(ofItem).length),
    'expected rate': logit(times(known.positionRate(position), known.userLift(user), known.itemLift(item))),
    'taste for kind': mean(tastes(['tea', 'coffee'])),
    'best taste for kind': Math.max(0, ...tastes(['tea', 'coffee'])),
    'taste for taste': mean(tastes(['sweet', 'bitter', 'sour'])),
    'best taste for taste': Math.max(0, ...tastes(['sweet', 'bitter', 'sour'])),
    leaning: sum(leanings),
    'leaning to price': leanings[0],
    'leaning to size': leanings[1],
    'similar to clicked': likeTo(myClicks) / (myClicks.length + 2),
    'similar to skipped': (likeTo(myExposures) - likeTo(myClicks)) / (myExposures.length - myClicks.length + 2),
    'nearest clicked': nearest(myClicks.map((event) => event.item)),
    'nearest skipped': nearest(skipped),
    'times shown': Math.log(1 + shownTimes.length),
    'times clicked': Math.log(1 + clickedTimes.length),
    'times skipped': Math.log(1 + shownTimes.length - clickedTimes.length),
    'hours since shown': shownTimes.length === 0 ? 0 : 1 / (1 + (time - lastShown) / HOUR),
  };
}

/** Walks a log the slow way: features per impression and slot, in the order of the replay. */
function slowReplay(log: readonly Impression[]): Readonly<Record<string, number>>[] {
  const happened: Happened[] = [];
  const features: Readonly<Record<string, number>>[] = [];
  for (const { ranking, clickTimesK } of log) {
    const { time, user, items } = ranking;
    const earlier = happened.filter((event) => event.time < time).sort((a, b) => a.time - b.time);
    const known = knownAt(earlier);
    for (const [position, { id }] of items.entries())
      features.push(slowFeatures(earlier, { user, item: id, position, time }));
    for (const [position, { id: item }] of items.entries()) {
      const [base, ofUser, ofItem] = [known.positionRate(position), known.userLift(user), known.itemLift(item)];
      const expected = {
        ofUser: times(base, ofUser),
        ofItem: times(base, ofItem),
        ofBoth: times(base, ofUser, ofItem),
      };
      happened.push({ time, kind: 'exposure', user, item, position, expected });
      const click = clickTimesK[position];
      if (click >= 0) happened.push({ time: click, kind: 'click', user, item, position, expected });
    }
  }
  return features;
}

function fastReplay(log: readonly Impression[]): Readonly<Record<string, number>>[] {
  const replay = createReplay({ encoders: exampleEncoders, historyLength: 3 });
  for (const [item, fields] of Object.entries(exampleItems)) replay.applyItem({ item, fields });
  for (const each of log) replay.add(each);
  const { slotDenseSF } = replay.take();
  const { slot } = replay.columns;
  return Array.from({ length: slotDenseSF.length / slot.length }, (_, s) =>
    Object.fromEntries(slot.map((name, column) => [name, slotDenseSF[s * slot.length + column]])),
  );
}

describe('features of a shown item', () => {
  it('agree with a recount of everything that happened before', () => {
    fc.assert(
      fc.property(randomLog, (log) => {
        const slow = slowReplay(log);
        const fast = fastReplay(log);
        expect(fast.length).toBe(slow.length);
        for (const [s, expected] of slow.entries()) {
          for (const [name, value] of Object.entries(expected)) expect(fast[s][name], name).toBeCloseTo(value, 4);
        }
      }),
      { numRuns: 100 },
    );
  });

  it('start from what nothing is known of', () => {
    const [first] = fastReplay([impression(0, 'u', ['a'])]);
    for (const [name, value] of Object.entries(first)) {
      if (name === 'expected rate') expect(value).toBeCloseTo(Math.log(0.1 / 0.9), 6);
      else if (!/list|alike|relevancy/.test(name)) expect(value, name).toBe(0);
    }
  });

  it('have the value that a person would compute for one earlier list', () => {
    const log = [impression(0, 'u', ['a', 'b'], { a: 1 }), impression(HOUR, 'u', ['a', 'b'])];
    const [, , a, b] = fastReplay(log);
    // Two exposures, one click: overall (1 + 1) / (2 + 10). The first list expected 0.1 of each item.
    expect(a['item rate']).toBeCloseTo(logit((1 + 10 / 6) / 11) - logit(1 / 6), 5);
    expect(b['item lift']).toBeCloseTo(Math.log(2 / 2.1), 6);
    // a: tea, sweet and bitter; b: tea and sweet. Tea: one click less 0.2 expected, of two exposures.
    expect(a['taste for kind']).toBeCloseTo(0.8 / 6, 6);
    expect(a['taste for taste']).toBeCloseTo((0.8 / 6 + 0.9 / 5) / 2, 6);
    expect(a['best taste for taste']).toBeCloseTo(0.9 / 5, 6);
    // Prices 1 and -1: clicked 0.9 above expectation, and -0.1.
    expect(a['leaning to price']).toBeCloseTo((0.9 * 1 + -0.1 * -1) / 6, 6);
    expect(b['leaning to price']).toBeCloseTo(-(0.9 * 1 + -0.1 * -1) / 6, 6);
    expect(a['times clicked']).toBeCloseTo(Math.log(2), 6);
    expect(b['times skipped']).toBeCloseTo(Math.log(2), 6);
    expect(a['hours since shown']).toBeCloseTo(0.5, 6);
    // Cosine of (1, 1, 1.5) and (1, 1).
    const likeness = 2 / Math.sqrt(4.25 * 2);
    expect(b['nearest clicked']).toBeCloseTo(likeness, 6);
    expect(b['similar to clicked']).toBeCloseTo(likeness / 3, 6);
    expect(a['nearest clicked']).toBe(0);
    expect(a['similar to skipped']).toBeCloseTo(likeness / 3, 6);
  });
});
