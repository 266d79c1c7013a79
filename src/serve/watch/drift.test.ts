import { describe, expect, it } from 'vitest';
import type { LogProfile } from '../../datasets/profile/log-profile.ts';
import type { EntryContent } from '../journal/entry.ts';
import { createDriftWatch, type DriftWatch } from './drift-watch.ts';

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

interface Played {
  readonly kinds?: readonly string[];
  /** Of ten lists, those whose first item is clicked. */
  readonly clicks?: number;
}

/** 600 lists in an hour, each answered with 0.2 for each of its items. */
function played({ kinds = ['tea', 'milk'], clicks = 4 }: Played): {
  watch: DriftWatch;
  later: (hours: number) => void;
} {
  let now = START;
  const items = { fieldsOf: (id: string) => ({ kind: kinds[Number(id)] }) };
  const settings = { joinWindow: HOUR / 2, labelTypes: ['click'] };
  const memory = { items, settings, userFields: () => undefined } as never;
  const watch = createDriftWatch(
    () => ({ profile, stored: { memory } }),
    () => now,
  );
  const shown = ['0', '1'].map((id) => ({ id, fields: {} }));
  for (let list = 0; list < 600; list++) {
    const facts = { id: `l${list}`, time: now, user: `u${list % 50}`, fields: {} };
    const answer = { ...facts, asked: 'rank', model: 'a', took: 1, candidates: shown } as const;
    enter({ kind: 'answer', answer: { ...answer, items: shown.map(({ id }) => ({ id, probability: 0.2 })) } });
    enter({ kind: 'event', event: { ...facts, event: 'ranking', items: shown } });
    const clicked = { event: 'interaction', time: now, item: '0', type: 'click' } as const;
    // One names its list, the other its user; what is no click, and a click again, do not count.
    if (list % 10 < clicks) {
      const [ranking, user] = list % 2 === 0 ? [facts.id, ''] : ['', facts.user];
      for (const type of ['view', 'click', 'click'])
        enter({ kind: 'event', event: { ...clicked, ranking, user, type } });
    }
    now += HOUR / 600;
  }
  function enter(content: EntryContent): void {
    watch.enter({ sequence: 1, arrivedAt: now, ...content });
  }
  return {
    watch,
    later: (hours) => {
      now += hours * HOUR;
    },
  };
}

const alarmsOf = (given: Played): readonly string[] => {
  const { watch, later } = played(given);
  later(2);
  return watch.figures().alarms;
};

describe('drift', () => {
  it('counts what was shown and clicked once no more clicks can come, for a day', () => {
    const { watch, later } = played({});
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

  it('tells where clicks do not come as in training, nor as expected', () => {
    expect(alarmsOf({ clicks: 0 })).toEqual([
      'click rate: expected 12.0 % to 28.0 % of the shown items by the days of training, found 0.0 %',
      'calibration: expected 240 clicks by what was answered, found 0',
    ]);
    expect(alarmsOf({ clicks: 10 })).toHaveLength(2);
    expect(alarmsOf({ clicks: 5 })).toEqual([]);
  });

  it('tells which field has other values', () => {
    expect(alarmsOf({ kinds: ['tea', 'wine'] })).toEqual([
      expect.stringMatching(
        /^item\.kind: expected values as in training, found them moved by \d\.\d\d \(stability index\)$/,
      ),
    ]);
  });
});
