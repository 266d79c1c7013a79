import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Dataset, openDataset } from '../../datasets/folder/dataset.ts';
import { importLog } from '../../datasets/import/import-log.ts';
import type { LogProfile } from '../../datasets/profile/log-profile.ts';
import { profileDataset, profileDays } from '../../datasets/profile/profile-dataset.ts';
import { simulate } from '../../simulator/simulate.ts';
import { simulationDefaults } from '../../simulator/simulation-options.ts';
import type { LogEvent } from '../../slate/events.ts';
import { inMemorySource } from '../../sources/in-memory.ts';
import { checkDays } from './check-days.ts';
import { dayChecks } from './day-checks.ts';
import type { Finding } from './finding.ts';

const HOUR = 60 * 60_000;
const DAY = 24 * HOUR;

/** Six weeks of 150 lists a day. */
const market = { ...simulationDefaults, impressions: 42 * 150, slateSize: 6, items: 60, users: 300, seed: 4 };
const healthy: readonly LogEvent[] = [...simulate(market)].flatMap((row) => ('event' in row ? [row.event] : []));
const end = Math.max(...healthy.flatMap((event) => (event.event === 'ranking' ? [event.time] : [])));
const isLast = ({ time }: LogEvent): boolean => time > end - DAY;
const described = healthy.flatMap((event) => (event.event === 'item' ? [event] : []));
const number = Object.entries(described[0].fields).find(([, value]) => typeof value === 'number')?.[0] ?? '';

async function datasetOf(events: readonly LogEvent[]): Promise<Dataset> {
  const folder = join(await mkdtemp(join(tmpdir(), 'check-days-')), 'data');
  await importLog(inMemorySource([...events].sort((a, b) => a.time - b.time)), folder);
  return openDataset(folder);
}

let profile: LogProfile;
let dataset: Dataset;
beforeAll(async () => {
  dataset = await datasetOf(healthy);
  profile = await profileDataset(dataset, end - DAY);
});

const unsound = (found: readonly Finding[]): readonly Finding[] => found.filter(({ isSound }) => !isSound);

const lookAt = async (events: readonly LogEvent[]): Promise<readonly Finding[]> =>
  checkDays(await datasetOf(events), { profile, knownUntil: end - DAY, passedOver: () => false });

/** The item's number is another from the last day on. */
const priced = (change: (value: number) => number | null): readonly LogEvent[] =>
  described.map((event) => ({ ...event, time: end - DAY, fields: { [number]: change(Number(event.fields[number])) } }));

/** Some of the items of the last day, and what was done on them. */
const without = (isGone: (item: string) => boolean): readonly LogEvent[] =>
  healthy.flatMap((event): readonly LogEvent[] => {
    if (!isLast(event)) return [event];
    if (event.event === 'interaction') return isGone(event.item) ? [] : [event];
    if (event.event !== 'ranking') return [event];
    const items = event.items.filter(({ id }) => !isGone(id));
    return items.length > 0 ? [{ ...event, items }] : [];
  });

const broken: Readonly<Record<string, readonly [check: string, text: RegExp, events: readonly LogEvent[]]>> = {
  'three bots that show themselves lists': [
    'bot-traffic',
    /3 users had more than \d+ lists each, 6\d\.\d % of all/,
    healthy.flatMap((event) =>
      event.event === 'ranking' && isLast(event)
        ? [
            event,
            ...['a', 'b'].map((copy, k) => ({
              ...event,
              id: `${event.id}${copy}`,
              user: `bot ${(event.time + k) % 3}`,
            })),
          ]
        : [event],
    ),
  ],
  'a field that is not told any more': ['broken-field', /is missing in 100\.0 %/, [...healthy, ...priced(() => null)]],
  'a field in another unit': [
    'broken-field',
    /have moved by \d+\.\d+/,
    [...healthy, ...priced((value) => 100 * value + 1000)],
  ],
  'half the items gone': [
    'amounts',
    /\d+ different items shown, expected/,
    without((item) => Number(item.slice(1)) % 2 === 0),
  ],
  'no clicks told': [
    'click-rate',
    /0\.0 % of the shown items were clicked/,
    healthy.filter((event) => event.event !== 'interaction' || !isLast(event)),
  ],
  'a clock that goes forward': [
    'clock-jump',
    /3\d\.\d hours without a list/,
    healthy.map((event) => (event.time > end - 12 * HOUR ? { ...event, time: event.time + 36 * HOUR } : event)),
  ],
  'a clock that stands': [
    'clock-jump',
    /of the lists at the very time of the list before/,
    healthy.map((event) => (event.time > end - 12 * HOUR ? { ...event, time: end - 12 * HOUR } : event)),
  ],
};

describe('a day that no model has learned from', () => {
  it('is sound where it is like the days before: 20 of 20', async () => {
    const days = await profileDays(dataset, { fields: profile.fields });
    expect(days.length).toBeGreaterThanOrEqual(41);
    const found = days.slice(-20).map((day, at) => {
      const before = { ...profile, days: days.slice(0, days.length - 20 + at) };
      return dayChecks.flatMap(({ name, look }) => look(day, before, 'own').map((one) => ({ check: name, ...one })));
    });
    expect(found.flatMap(unsound)).toEqual([]);
    // Bots, two of each field, amounts, clicks, clocks.
    expect(found[0].length).toBeGreaterThan(7);
  });

  it('is sound where it has moved a little', async () => {
    expect(unsound(await lookAt([...healthy, ...priced((value) => value * 1.03)]))).toEqual([]);
  });

  const byNumber = [...described].sort((a, b) => Number(a.fields[number]) - Number(b.fields[number]));
  const cheap = new Set(byNumber.slice(0, byNumber.length / 4).map(({ item }) => item));
  /** A model that shows nothing but the cheapest quarter. */
  const onlyCheap = without((item) => !cheap.has(item));

  it('is sound where other items are shown, whose own values are as they were', async () => {
    const found = (await lookAt(onlyCheap)).filter(
      ({ check, text }) => check === 'broken-field' && text.includes(number),
    );
    expect(unsound(found)).toEqual([]);
    expect(found.map(({ text }) => text).join()).toMatch(
      /have moved by [^;]+; other items are shown, whose own values have moved by 0\.00/,
    );
  });

  it('is sound the same where lists say what their items are', async () => {
    const prices = new Map(described.map(({ item, fields }) => [item, Number(fields[number])]));
    const told = (events: readonly LogEvent[], of = (price: number): number => price): readonly LogEvent[] =>
      events.map((event) =>
        event.event === 'ranking'
          ? {
              ...event,
              items: event.items.map((item) => ({
                ...item,
                fields: { told: (isLast(event) ? of : Number)(prices.get(item.id) ?? 0) },
              })),
            }
          : event,
      );
    const before = { profile: await profileDataset(await datasetOf(told(healthy)), end - DAY), knownUntil: end - DAY };
    const look = async (events: readonly LogEvent[]): Promise<readonly Finding[]> =>
      (await checkDays(await datasetOf(events), { ...before, passedOver: () => false })).filter(({ text }) =>
        text.includes('rankedItem.told'),
      );
    const found = await look(told(onlyCheap));
    expect(unsound(found)).toEqual([]);
    expect(found.map(({ text }) => text).join()).toMatch(
      /have moved by [^;]+; other items are shown, whose own values have moved by 0\.00/,
    );
    expect(unsound(await look(told(onlyCheap, (price) => 100 * price + 1000)))).toHaveLength(1);
  });

  it('is refused where other items are shown and their values are in another unit', async () => {
    const found = await lookAt([...onlyCheap, ...priced((value) => 100 * value + 1000)]);
    expect(unsound(found).map(({ check }) => check)).toContain('broken-field');
  });

  it('is refused where the items are new, so that nobody knows their values', async () => {
    const renamed = healthy.map((event): LogEvent => {
      if (!isLast(event)) return event;
      if (event.event === 'interaction') return { ...event, item: `new ${event.item}` };
      if (event.event !== 'ranking') return event;
      return { ...event, items: event.items.map((item) => ({ ...item, id: `new ${item.id}` })) };
    });
    const told = priced((value) => 100 * value + 1000).map((event) =>
      event.event === 'item' ? { ...event, item: `new ${event.item}` } : event,
    );
    const found = unsound(await lookAt([...renamed, ...told]));
    expect(found.map(({ text }) => text).join()).toMatch(/have moved by \d/);
  });

  it.each(Object.entries(broken))('is refused: %s', async (_, [check, text, events]) => {
    const found = unsound(await lookAt(events)).filter((one) => one.check === check);
    expect(found).not.toEqual([]);
    expect(found.map((one) => one.text).join('\n')).toMatch(text);
  });

  it('is not looked at where a person has looked, or it is left out', async () => {
    const [, , events] = broken['no clicks told'];
    const found = await checkDays(await datasetOf(events), { profile, knownUntil: end - DAY, passedOver: () => true });
    expect(found).toEqual([]);
  });

  it('is sound after a day that was left out: lists are missed only where they should be', async () => {
    const leftOut = { from: end - 2 * DAY, to: end - DAY };
    const events = await datasetOf(
      healthy.filter((event) => event.event !== 'ranking' || event.time <= leftOut.from || event.time > leftOut.to),
    );
    const overlapsIt = ({ from, to }: typeof leftOut): boolean => from < leftOut.to - HOUR && leftOut.from + HOUR < to;
    const found = await checkDays(events, { profile, knownUntil: end - DAY, passedOver: overlapsIt });
    expect(found.length).toBeGreaterThan(7);
    expect(unsound(found)).toEqual([]);
    const missed = await checkDays(events, { profile, knownUntil: end - DAY, passedOver: () => false });
    expect(unsound(missed).map(({ check }) => check)).toContain('clock-jump');
  });

  describe('the first of a journal, of a model that was trained from another log', () => {
    const isDescription = ({ event }: LogEvent): boolean => event === 'item' || event === 'user';
    /** A log of its own: what is known of items, and the latest lists, of some of the items. */
    const journalOf = (events: readonly LogEvent[], days = 1): readonly LogEvent[] =>
      events.filter((event) => isDescription(event) || event.time > end - days * DAY);
    const firstLook = async (events: readonly LogEvent[]): Promise<readonly Finding[]> => {
      const other = { ...profile, days: profile.days.slice(0, 20) };
      return checkDays(await datasetOf(events), {
        ...{ profile: other, against: 'other', knownUntil: end - 20 * DAY, passedOver: () => false },
      });
    };
    const copyOf = <E extends Extract<LogEvent, { event: 'ranking' }>>(event: E, n: number): E =>
      n === 0 ? event : { ...event, id: `${event.id} ${n}`, time: event.time - 60_000 * n };
    const threeTimes = journalOf(healthy)
      .flatMap((event): readonly LogEvent[] =>
        event.event === 'ranking' ? [0, 1, 2].map((n) => copyOf(event, n)) : [event],
      )
      .sort((a, b) => a.time - b.time);
    const fewerItems = journalOf(without((item) => Number(item.slice(1)) % 2 === 0));

    it('may have other numbers of lists and of items', async () => {
      for (const events of [threeTimes, fewerItems]) {
        expect(unsound(await lookAt(events)).map(({ check }) => check)).toContain('amounts');
        const found = await firstLook(events);
        expect(unsound(found)).toEqual([]);
        expect(found.length).toBeGreaterThan(5);
      }
    });

    it.each([
      'a field that is not told any more',
      'a field in another unit',
      'no clicks told',
      'three bots that show themselves lists',
    ])('is refused: %s', async (name) => {
      const [check, , events] = broken[name];
      const found = unsound(await firstLook(journalOf(events)));
      expect(found.map((one) => one.check)).toContain(check);
    });

    it('is what the days after it are held against', async () => {
      const sound = journalOf(healthy, 5);
      expect(unsound(await firstLook(sound))).toEqual([]);
      const found = unsound(await firstLook(journalOf(broken['no clicks told'][2], 5)));
      expect(found.map(({ check }) => check)).toEqual(['click-rate']);
      expect(found[0].day?.to).toBe(end + 1);
    });
  });

  it('finds nothing odd of days that the model knows, but for the latest', async () => {
    const found = await checkDays(dataset, { profile, knownUntil: end, passedOver: () => false });
    expect(new Set(found.map(({ text }) => text.slice(0, 39))).size).toBe(1);
  });
});
