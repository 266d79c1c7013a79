import { describe, expect, it } from 'vitest';
import { createRng } from '../random/rng.ts';
import type { RankingEvent } from '../slate/events.ts';
import { EMPTY } from '../slate/places.ts';
import { inCompany, meanOfCompanies, placedIn } from './average-company.ts';

const list = (id: string, ...items: string[]): RankingEvent => ({
  ...{ event: 'ranking', id, time: 1, user: 'u', fields: {} },
  items: items.map((item, k) => ({ id: item, fields: { relevancy: k } })),
});

describe('a request in company', () => {
  it('has the items of the lists behind its own, each once, and what its own say of themselves', () => {
    const asked = list('q', 'a', 'b');
    const { request, companies } = inCompany(asked, [list('1', 'c', 'a'), list('2', 'd', 'c', 'b')]);
    expect(request.items.map(({ id }) => id)).toEqual(['a', 'b', 'c', 'd']);
    expect(request.items[0]).toEqual(asked.items[0]);
    expect(companies.map((company) => [...company])).toEqual([
      [2, 0],
      [3, 2, 1],
    ]);
    expect(asked.items).toHaveLength(2);
  });

  it('takes as many lists as there is room for', () => {
    const long = list('1', ...Array.from({ length: 250 }, (_, k) => `i${k}`));
    expect(inCompany(list('q', 'a'), [long, long, long]).companies).toHaveLength(2);
  });

  it('stands at its place and nowhere else', () => {
    expect([...placedIn(Int32Array.of(4, 1, 5), { item: 4, place: 2 })]).toEqual([EMPTY, 1, 4]);
    expect([...placedIn(Int32Array.of(4), { item: 7, place: 2 })]).toEqual([4, EMPTY, 7]);
  });
});

it.each([
  [5, 2.776],
  [10, 2.262],
  [40, 2.0227],
])('the interval over %i companies is that of Student', (C, t) => {
  const values = Array.from({ length: C }, (_, c) => 0.5 + 0.01 * (c % 2));
  const { mean, high } = meanOfCompanies(values);
  const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (C - 1));
  expect(Math.abs((high - mean) / (deviation / Math.sqrt(C)) - t)).toBeLessThan(0.01);
});

it.each([
  ['alike everywhere', 6, 0.3],
  ['far apart', 20, 1.5],
])('holds the mean over all companies in about 95 of 100 draws: chances that are %s', (_, C, spread) => {
  const rng = createRng(`companies ${C}`);
  const chance = (): number => 1 / (1 + Math.exp(1 - spread * rng.normal()));
  const all = Array.from({ length: 100_000 }, chance);
  const truth = all.reduce((sum, value) => sum + value, 0) / all.length;
  const draws = 1000;
  let held = 0;
  for (let draw = 0; draw < draws; draw++) {
    const { low, high } = meanOfCompanies(Array.from({ length: C }, chance));
    if (low <= truth && truth <= high) held++;
  }
  // The deviation of a share of 95 % over 1000 draws is 0.7 points.
  expect(held / draws).toBeGreaterThan(0.93);
  expect(held / draws).toBeLessThan(0.97);
});
