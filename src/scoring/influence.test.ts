import { describe, expect, it } from 'vitest';
import { simulationDefaults } from '../simulator/simulation-options.ts';
import { trueMarket } from '../simulator/true-market.ts';
import { EMPTY, type Places } from '../slate/places.ts';
import { type Influence, influence, influenceToJson, type ScoreSlates } from './influence.ts';

/** Logit of candidate c: its base, less 0.1 a place, plus what each other candidate on the page adds to it. */
const BASE = [-1, 0, 0.5, -2];
const ADDS = [
  [0, 1, 0, -0.5],
  [0.25, 0, 0, 2],
  [0, -1, 0, 0],
  [0, 0, 0, 0],
];
const sigmoid = (logit: number): number => 1 / (1 + Math.exp(-logit));
const logitOf = (place: number, places: Places): number => {
  const candidate = places[place];
  const others = [...places].filter((other) => other !== EMPTY);
  return BASE[candidate] - 0.1 * place + others.reduce((sum, other) => sum + ADDS[other][candidate], 0);
};
const anyOf = (places: Places): number =>
  1 - [...places.keys()].reduce((none, k) => none * (places[k] === EMPTY ? 1 : 1 - sigmoid(logitOf(k, places))), 1);

let asked: (readonly Places[])[] = [];
const score: ScoreSlates = async (slates) => {
  asked.push(slates);
  const byslate = slates.map((places) =>
    [...places.keys()].filter((place) => places[place] !== EMPTY).map((place) => logitOf(place, places)),
  );
  const offsets = new Int32Array(slates.length + 1);
  for (const [n, { length }] of byslate.entries()) offsets[n + 1] = offsets[n] + length;
  const slateLogitOf = (n: number): number => Math.log(anyOf(slates[n]) / (1 - anyOf(slates[n])));
  return { offsets, logits: Float32Array.from(byslate.flat()), slateLogitOf };
};

/** Candidates 3, 1 and 0 at places 0, 2 and 3. */
const places = Int32Array.of(3, EMPTY, 1, 0);
const asking = (slate: Places): Promise<Influence> => {
  asked = [];
  return influence(slate, score);
};

describe('influence', () => {
  it('is what leaving an item out changes, the others at their places', async () => {
    const { togetherK, influenceKK, logitInfluenceKK } = await asking(places);
    for (const [i, candidate] of places.entries()) {
      if (candidate === EMPTY) continue;
      expect(togetherK[i]).toBeCloseTo(sigmoid(logitOf(i, places)), 6);
      for (const [j, left] of places.entries()) {
        if (left === EMPTY || i === j) continue;
        expect(logitInfluenceKK[j][i]).toBeCloseTo(ADDS[left][candidate], 5);
        expect(influenceKK[j][i]).toBeCloseTo(
          sigmoid(logitOf(i, places)) - sigmoid(logitOf(i, places) - ADDS[left][candidate]),
          5,
        );
      }
    }
  });

  it('of an item on the page as a whole is the change of any click', async () => {
    const { anyClickK } = await asking(places);
    for (const j of [0, 2, 3]) expect(anyClickK[j]).toBeCloseTo(anyOf(places) - anyOf(places.with(j, EMPTY)), 5);
    expect(anyClickK[1]).toBeNaN();
  });

  it('asks once, and leaves the slate as it was', async () => {
    await asking(places);
    expect([...places]).toEqual([3, EMPTY, 1, 0]);
    expect(asked).toHaveLength(1);
    expect(asked[0]).toHaveLength(4);
  });

  it('has no number on the diagonal and at empty places, null in JSON', async () => {
    const found = await asking(places);
    const json = influenceToJson(found, ['c', '', 'b', 'a']);
    for (const matrix of [json.influence, json.logitInfluence])
      for (const [j, row] of matrix.entries())
        for (const [i, value] of row.entries())
          expect(value === null).toBe(i === j || places[i] === EMPTY || places[j] === EMPTY);
    expect(json.items.map((item) => item && [item.item, item.position])).toEqual([['c', 0], null, ['b', 2], ['a', 3]]);
    expect(json.items[0]).toMatchObject({ probability: found.togetherK[0], average: null });
    expect(json.items[3]?.anyClickChange).toBe(found.anyClickK[3]);
    const [first, , third, fourth] = found.togetherK;
    expect(json.expectedClicks).toBeCloseTo(first + third + fourth, 12);
    expect(json.anyClick).toBe(found.anyClick);
  });

  it('tells each item in average company: at its place on other lists, with an interval over these', async () => {
    const companies = [[1, 2], [2, 0, 1], [0], [1, EMPTY, 0, 2], [2, 1, 0]].map((each) => Int32Array.from(each));
    asked = [];
    const found = await influence(places, score, { companies });
    expect(asked).toHaveLength(1);
    expect(asked[0]).toHaveLength(4 + 3 * 5);
    // Candidate 1 stands at place 2, and on these lists nowhere else.
    const others = [[2], [2, 0], [0], [2], [2]];
    const probabilities = others.map((company) =>
      sigmoid(BASE[1] - 0.2 + company.reduce((sum, other) => sum + ADDS[other][1], 0)),
    );
    const mean = probabilities.reduce((sum, p) => sum + p) / 5;
    const deviation = Math.sqrt(probabilities.reduce((sum, p) => sum + (p - mean) ** 2, 0) / 4);
    expect(found.averageK[2].mean).toBeCloseTo(mean, 6);
    // Student's t of four degrees of freedom.
    expect(found.averageK[2].high - mean).toBeCloseTo((2.776 * deviation) / Math.sqrt(5), 2);
    expect(found.averageK[1].mean).toBeNaN();
    const [, , third] = influenceToJson(found, ['c', '', 'b', 'a']).items;
    expect(third?.average).toEqual(found.averageK[2]);
  });

  it('tells no average of fewer than five lists', async () => {
    const found = await influence(places, score, { companies: [Int32Array.of(1), Int32Array.of(2)] });
    expect(found.averageK[0].mean).toBeNaN();
  });

  it('of a single item is nothing', async () => {
    const { anyClickK, influenceKK } = await asking(Int32Array.of(2));
    expect(anyClickK[0]).toBeCloseTo(sigmoid(0.5), 6);
    expect(influenceKK[0][0]).toBeNaN();
  });

  it('of an item nobody sees is nothing, and of extreme logits finite', async () => {
    const far: ScoreSlates = async (slates) => {
      const lengths = slates.map((each) => each.filter((candidate) => candidate !== EMPTY).length);
      const offsets = Int32Array.from([0, ...lengths.map((_, n) => lengths.slice(0, n + 1).reduce((a, b) => a + b))]);
      const total = offsets[slates.length];
      const logits = Float32Array.from({ length: total }, (_, at) => (at % 2 === 0 ? 1e4 : -1e4));
      return { offsets, logits, slateLogitOf: () => 1e4 };
    };
    const { influenceKK, anyClickK } = await influence(Int32Array.of(0, 1, 2), far);
    for (const [j, row] of influenceKK.entries())
      for (const [i, value] of row.entries()) if (i !== j) expect(Number.isFinite(value)).toBe(true);
    expect([...anyClickK]).toEqual([0, 0, 0]);
  });
});

it('runs on the truth of a simulation: a decoy lifts the item that dominates it and suffers from it', async () => {
  const market = trueMarket({ ...simulationDefaults, seed: 7 });
  const { items, users } = market;
  const better = (a: number, b: number): boolean =>
    items[a].category === items[b].category &&
    items[b].dearness - items[a].dearness > 0.2 &&
    items[a].rating - items[b].rating > 0.5;
  const target = items.findIndex((_, a) => items.some((_, b) => better(a, b)));
  const decoy = items.findIndex((_, b) => better(target, b));
  const other = items.findIndex(({ category }) => category !== items[target].category);
  const scoreTruth = market.scorePlaces(
    users[0].id,
    [target, decoy, other].map((at) => items[at].id),
  );
  const { logitInfluenceKK } = await influence(Int32Array.of(0, 1, 2), scoreTruth);
  expect(logitInfluenceKK[1][0]).toBeGreaterThan(0.5);
  expect(logitInfluenceKK[0][1]).toBeLessThan(-0.5);
  for (const at of [0, 1]) expect(logitInfluenceKK[2][at]).toBe(0);
});
