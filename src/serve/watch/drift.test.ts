import { describe, expect, it } from 'vitest';
import type { LogProfile } from '../../datasets/profile/log-profile.ts';
import type { EntryContent, JournalEntry } from '../journal/entry.ts';
import { createDriftWatch, type DriftWatch, type DriftWatchOptions } from './drift-watch.ts';

const HOUR = 60 * 60_000;
const START = 1_800_000 * 1_000_000;
const fields = [{ scope: 'item', name: 'kind', kind: 'text', values: ['tea', 'milk'] }] as const;

/** 1,000 lists of two items a day for a week, of which one in five was clicked. */
const profile: LogProfile = {
  ...{ format: 1, fields },
  days: Array.from({ length: 7 }, (_, day) => ({
    ...{ from: day * 24 * HOUR, to: (day + 1) * 24 * HOUR, lists: 1000, shownItems: 2000, clicks: 400, items: 2 },
    ...{ longestGap: 0, sameTime: 0, busiest: [9], fields: [{ missing: 0, countB: [1000, 1000, 0] }] },
  })),
};

const nothingBefore = { sequence: 0, startOf: async () => 0, async *entriesAfter() {} };
const warn = (): void => undefined;

interface Played {
  readonly kinds?: readonly string[];
  /** Of ten lists, those whose first item is clicked. */
  readonly clicks?: number;
  /** Milliseconds in which an hour of lists comes in; their own times are of long ago where they come faster than they happened. */
  readonly within?: number;
}

interface Watched {
  readonly watch: DriftWatch;
  readonly later: (hours: number) => void;
  readonly entries: readonly JournalEntry[];
  /** Another watch over this journal, as after a restart. */
  readonly again: (journal: DriftWatchOptions['journal']) => DriftWatch;
}

/** 600 lists in an hour, each answered with 0.2 for each of its items. */
async function played({ kinds = ['tea', 'milk'], clicks = 4, within = HOUR }: Played): Promise<Watched> {
  let now = START;
  const entries: JournalEntry[] = [];
  const items = { fieldsOf: (id: string) => ({ kind: kinds[Number(id)] }) };
  const settings = { joinWindow: HOUR / 2, labelTypes: ['click'], futureLimit: HOUR };
  const memory = { items, settings, userFields: () => undefined } as never;
  const model = () => ({ profile, stored: { memory } });
  const again = (journal: DriftWatchOptions['journal']): DriftWatch =>
    createDriftWatch({ model, now: () => now, journal, warn });
  const watch = again(nothingBefore);
  await watch.filled;
  const shown = ['0', '1'].map((id) => ({ id, fields: {} }));
  for (let list = 0; list < 600; list++) {
    const time = within === HOUR ? now : START - 400 * 24 * HOUR + (list * HOUR) / 100;
    const facts = { id: `l${list}`, time, user: `u${list % 50}`, fields: {} };
    const answer = { ...facts, asked: 'rank', model: 'a', took: 1, candidates: shown } as const;
    enter({ kind: 'answer', answer: { ...answer, items: shown.map(({ id }) => ({ id, probability: 0.2 })) } });
    enter({ kind: 'event', event: { ...facts, event: 'ranking', items: shown } });
    const clicked = { event: 'interaction', time, item: '0', type: 'click' } as const;
    // One names its list, the other its user; what is no click, and a click again, do not count.
    if (list % 10 < clicks) {
      const [ranking, user] = list % 2 === 0 ? [facts.id, ''] : ['', facts.user];
      for (const type of ['view', 'click', 'click'])
        enter({ kind: 'event', event: { ...clicked, ranking, user, type } });
    }
    now += within / 600;
  }
  function enter(content: EntryContent): void {
    const entry = { sequence: entries.length + 1, arrivedAt: now, ...content };
    entries.push(entry);
    watch.enter(entry);
  }
  return {
    ...{ watch, entries, again },
    later: (hours) => {
      now += hours * HOUR;
    },
  };
}

const alarmsOf = async (given: Played): Promise<readonly string[]> => {
  const { watch, later } = await played(given);
  later(2);
  return watch.figures().alarms;
};

describe('drift', () => {
  it('counts what was shown and clicked once no more clicks can come, for a day', async () => {
    const { watch, later } = await played({});
    expect(watch.figures().lists).toBe(0);
    later(2);
    const figures = watch.figures();
    expect(figures).toMatchObject({ lists: 600, shownItems: 1200, answeredClicks: figures.clicks, trainedRate: 0.2 });
    expect(figures.clicks).toBeGreaterThanOrEqual(239);
    expect(figures.expectedClicks).toBeCloseTo(240);
    expect(figures.fields).toMatchObject([{ field: 'item.kind', index: 0 }]);
    expect(figures.alarms).toEqual([]);
    later(24);
    expect(watch.figures().lists).toBe(0);
  });

  it('counts by the times of the lists, where six hours are played in a minute', async () => {
    const { watch, later } = await played({ within: 60_000 });
    // Each hour has a hundred lists; those of the last may still have clicks.
    expect(watch.figures()).toMatchObject({ lists: 500, clicks: 200, alarms: [] });
    later(2);
    expect(watch.figures()).toMatchObject({ lists: 600, clicks: 240 });
    later(24);
    expect(watch.figures().lists).toBe(0);
  });

  it('tells where clicks do not come as in training, nor as expected', async () => {
    expect(await alarmsOf({ clicks: 0 })).toEqual([
      'click rate: expected 12.0 % to 28.0 % of the shown items by the days of training, found 0.0 %',
      'calibration: expected 240 clicks by what was answered, found 0',
    ]);
    expect(await alarmsOf({ clicks: 10 })).toHaveLength(2);
    expect(await alarmsOf({ clicks: 5 })).toEqual([]);
  });

  it('tells which field has other values', async () => {
    expect(await alarmsOf({ kinds: ['tea', 'wine'] })).toEqual([
      expect.stringMatching(
        /^item\.kind: expected values as in training, found them moved by \d\.\d\d \(stability index\)$/,
      ),
    ]);
  });

  it.each([
    ['nothing came meanwhile', 0],
    ['events came while it was read', 800],
  ])('goes on after a restart with the last day of the journal: %s', async (_, meanwhile) => {
    const { watch, entries, again, later } = await played({});
    // A click after the join window: memories reject it, so it was not counted.
    const late = { event: 'interaction', user: '', ranking: 'l5', item: '0', type: 'click' } as const;
    const rejected = { kind: 'event', event: { ...late, time: START + 0.9 * HOUR } } as const;
    const at = entries.findIndex(({ arrivedAt }) => arrivedAt > START + 0.9 * HOUR);
    const all = [
      ...entries.slice(0, at),
      { sequence: 0, arrivedAt: START + 0.9 * HOUR, ...rejected },
      ...entries.slice(at),
    ].map((entry, before) => ({ ...entry, sequence: before + 1 }));
    const known = all.length - meanwhile;
    const restarted = again({
      sequence: known,
      startOf: async () => 0,
      async *entriesAfter() {
        // What comes while it is read is there, too.
        for (let from = 0; from < all.length; from += 100) yield all.slice(from, from + 100);
      },
    });
    expect(restarted.figures().lists).toBe(0);
    for (const entry of all.slice(known)) if (entry.sequence !== at + 1) restarted.enter(entry);
    await restarted.filled;
    later(2);
    expect(restarted.figures()).toEqual(watch.figures());
    expect(restarted.figures().clicks).toBeGreaterThan(200);
    await restarted.close();
  });

  it('is watched from now on where the journal cannot be read', async () => {
    const { entries, again, later } = await played({});
    const restarted = again({
      ...nothingBefore,
      startOf: () => Promise.reject(new Error('damaged')),
    });
    for (const entry of entries) restarted.enter(entry);
    await restarted.filled;
    later(2);
    expect(restarted.figures().lists).toBe(600);
  });
});
