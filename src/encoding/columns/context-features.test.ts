import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exampleEncoders, impression, randomLog } from '../../../test/example-features.ts';
import { createReplay } from '../../../test/replayed.ts';
import type { Fields } from '../../slate/fields.ts';
import type { Impression } from '../../slate/impression.ts';

const MINUTE = 60_000;
const logit = (p: number): number => Math.log(p / (1 - p));

/** Named context features per impression, and the ids of the query. */
interface Context {
  readonly values: Readonly<Record<string, number>>;
  readonly query: readonly number[];
}

function contexts(log: readonly Impression[], users: Readonly<Record<string, Fields>> = {}): readonly Context[] {
  const replay = createReplay({ encoders: exampleEncoders, historyLength: 3 });
  for (const [user, fields] of Object.entries(users)) replay.applyUser({ user, fields });
  for (const each of log) replay.add(each);
  const { contextDenseBF, contextBags } = replay.take();
  const names = replay.columns.context;
  return log.map((_, b) => ({
    values: Object.fromEntries(names.map((name, column) => [name, contextDenseBF[b * names.length + column]])),
    query: [...contextBags[0].ids.subarray(contextBags[0].offsets[b], contextBags[0].offsets[b + 1])],
  }));
}

describe('features of the user and the request', () => {
  it('tell a first list from a later one, and sessions from their gaps', () => {
    const times = [0, 10 * MINUTE, 39 * MINUTE, 69 * MINUTE, 70 * MINUTE];
    const found = contexts(times.map((time) => impression(time, 'u', ['a', 'b'])));
    expect(found.map((each) => each.values['first list'])).toEqual([1, 0, 0, 0, 0]);
    // Half an hour without a list ends a session.
    const inSession = [0, 1, 2, 0, 1].map((lists) => Math.log(1 + lists));
    for (const [b, each] of found.entries()) expect(each.values['lists in session']).toBeCloseTo(inSession[b], 6);
    expect(found[0].values['hours since last list']).toBe(0);
    expect(found[1].values['hours since last list']).toBeCloseTo(1 / (1 + 10 / 60), 6);
    expect(found[3].values['hours since last list']).toBeCloseTo(1 / 1.5, 6);
    expect(found[0].values['list length']).toBeCloseTo(Math.log(2), 6);
  });

  it('carry the rate of the user, and against what the items and positions led to expect', () => {
    const log = [
      impression(0, 'v', ['a'], { a: 1 }),
      impression(10, 'u', ['a', 'b'], { b: 11 }),
      impression(20, 'u', ['c']),
    ];
    const [, , third] = contexts(log);
    // Three exposures, two clicks in all; of u two and one.
    const overall = 3 / 13;
    expect(third.values['user rate']).toBeCloseTo(logit((1 + 10 * overall) / 12) - logit(overall), 5);
    expect(third.values['user exposures']).toBeCloseTo(Math.log(3), 6);
    expect(third.values['user clicks']).toBeCloseTo(Math.log(2), 6);
    // When u saw them: overall 2/11, at position 0 (1 + 20/11) / 11; a had one click of 0.1 expected; nothing was known of b nor of position 1.
    const base = (1 + 20 / 11) / 11;
    const odds = (base / (1 - base)) * (3 / 2.1);
    const expected = odds / (1 + odds) + 2 / 11;
    expect(third.values['user lift']).toBeCloseTo(Math.log(3 / (2 + expected)), 5);
  });

  it('carry the fields of the user and the request', () => {
    const asked = (query: string): Impression => {
      const each = impression(0, 'u', ['a']);
      return { ...each, ranking: { ...each.ranking, fields: { query } } };
    };
    const found = contexts([asked('food'), asked('never heard'), impression(1, 'w', ['a'])], { u: { age: 2 } });
    expect(found.map((each) => each.query)).toEqual([[2], [0], [1]]);
    expect(found.map((each) => each.values['user age'])).toEqual([2, 2, 0]);
    expect(found.map((each) => each.values['user age missing'])).toEqual([0, 0, 1]);
  });

  it('hold nothing of a user for impressions without one', () => {
    fc.assert(
      fc.property(randomLog, (log) => {
        for (const [b, each] of contexts(log).entries()) {
          if (log[b].ranking.user !== '') continue;
          expect(each.values).toMatchObject({ 'first list': 1, 'user exposures': 0, 'user clicks': 0, 'user lift': 0 });
          expect(each.values['user rate']).toBeCloseTo(0, 9);
        }
      }),
      { numRuns: 30 },
    );
  });
});
