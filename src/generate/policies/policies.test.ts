import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allOrders, keepsRules, someCandidates, someRules } from '../../../test/naive-rules.ts';
import { counted, plainCandidates, setValue, taskOf } from '../../../test/set-value.ts';
import { createRng } from '../../random/rng.ts';
import { InputError } from '../../slate/input-error.ts';
import type { SlateRules } from '../generator.ts';
import { generatorNamed } from '../generators.ts';
import type { Candidate } from '../rules/candidate.ts';
import { compileRules } from '../rules/compile-rules.ts';
import type { Rules } from '../rules/rules.ts';
import { explorePrice } from './explore-price.ts';
import { policyKinds, readExplore } from './policies.ts';
import { drawBy, everyDraw, type OpenPolicy, type PolicyTask } from './policy.ts';

const policies = [
  { policy: 'plackett-luce', temperature: 0.3 },
  { policy: 'plackett-luce', temperature: 0.3, values: 'alone' },
  { policy: 'epsilon', epsilon: 0.2 },
  { policy: 'epsilon', epsilon: 1 },
];

function compiledOrNone(rules: Rules, candidates: readonly Candidate[], size: number): SlateRules | undefined {
  try {
    return compileRules(rules, { candidates, size, where: 'request r1' });
  } catch (error) {
    if (error instanceof InputError) return undefined;
    throw error;
  }
}

function policyTask(candidates: readonly Candidate[], rules: SlateRules, seed: number): PolicyTask {
  const task = taskOf(candidates, rules, counted(setValue(seed, candidates.length)).value, 1, seed);
  return { ...task, best: async () => (await generatorNamed('exhaustive').generate(task))[0] };
}

const opened = (explore: unknown, task: PolicyTask): Promise<OpenPolicy> =>
  readExplore(explore, 'explore').policy('exhaustive').open(task);

/** Probability of each slate, by its places. */
async function chancesOf({ begin }: OpenPolicy): Promise<Map<string, number>> {
  const chances = new Map<string, number>();
  for await (const { places, logPropensity } of everyDraw(begin)) chances.set(places.join(), Math.exp(logPropensity));
  return chances;
}

const sum = (values: Iterable<number>): number => [...values].reduce((total, value) => total + value, 0);
const some = fc.tuple(someCandidates, someRules, fc.integer({ min: 1, max: 4 }), fc.nat());

it('knows every kind', () => {
  expect(new Set(policies.map(({ policy }) => policy))).toEqual(new Set(policyKinds.map(({ name }) => name)));
});

describe.each(policies)('%j', (explore) => {
  it('has a probability for every slate that keeps the rules and for no other, 1 in all', async () => {
    let kept = 0;
    await fc.assert(
      fc.asyncProperty(some, fc.boolean(), async ([candidates, rules, size, seed], hasRules) => {
        const given = hasRules ? rules : {};
        const compiled = compiledOrNone(given, candidates, size);
        if (compiled === undefined) return;
        kept++;
        const chances = await chancesOf(await opened(explore, policyTask(candidates, compiled, seed)));
        const allowed = allOrders(candidates.length, compiled.start.length)
          .filter((order) =>
            keepsRules(
              given,
              order.map((n) => candidates[n].id),
              candidates,
            ),
          )
          .map((order) => order.join());
        expect([...chances.keys()].sort()).toEqual(allowed.sort());
        expect(Math.abs(sum(chances.values()) - 1)).toBeLessThan(1e-12);
        expect(Math.min(...chances.values())).toBeGreaterThan(0);
      }),
      { numRuns: 150 },
    );
    expect(kept).toBeGreaterThan(40);
  });

  it('says of each item how probable it was, given those above it', async () => {
    await fc.assert(
      fc.asyncProperty(some, async ([candidates, rules, size, seed]) => {
        const compiled = compiledOrNone(rules, candidates, size);
        if (compiled === undefined) return;
        const open = await opened(explore, policyTask(candidates, compiled, seed));
        const chances = await chancesOf(open);
        const { places, propensityK, logPropensity } = await drawBy(open.begin, createRng(seed));
        const free = [...compiled.start.keys()].filter((place) => compiled.start[place] < 0);
        // Those that have the same items at the free places above, out of all slates.
        const share = (count: number): number =>
          sum(
            [...chances].flatMap(([slate, chance]) => {
              const other = slate.split(',').map(Number);
              return free.slice(0, count).every((place) => other[place] === places[place]) ? [chance] : [];
            }),
          );
        for (const [at, place] of free.entries()) expect(propensityK[place]).toBeCloseTo(share(at + 1) / share(at), 10);
        for (const place of compiled.start.keys()) if (!free.includes(place)) expect(propensityK[place]).toBe(1);
        expect(Math.exp(logPropensity)).toBeCloseTo(chances.get(places.join()) as number, 12);
      }),
      { numRuns: 100 },
    );
  });

  it('is drawn as often as it says', async () => {
    const candidates = plainCandidates(4, (n) => ({ shop: n % 2 === 0 ? 'x' : 'y' }));
    const rules = compileRules({ atMost: [{ field: 'shop', count: 1 }] }, { candidates, size: 2, where: 'r' });
    const open = await opened(explore, policyTask(candidates, rules, 3));
    const chances = await chancesOf(open);
    const drawn = new Map<string, number>();
    const draws = 4000;
    for (let at = 0; at < draws; at++) {
      const key = (await drawBy(open.begin, createRng(5).split(at))).places.join();
      drawn.set(key, (drawn.get(key) ?? 0) + 1);
    }
    for (const [slate, chance] of chances) {
      const error = Math.sqrt((chance * (1 - chance)) / draws);
      expect(Math.abs((drawn.get(slate) ?? 0) / draws - chance), slate).toBeLessThan(5 * error);
    }
  });

  it('tells what it costs: what all slates are worth on average against the best', async () => {
    const candidates = plainCandidates(5);
    const task = policyTask(candidates, compileRules({}, { candidates, size: 3, where: 'r' }), 8);
    const open = await opened(explore, task);
    const worth = setValue(8, 5);
    const expected = sum(
      [...(await chancesOf(open))].map(([slate, chance]) => chance * worth(slate.split(',').map(Number))),
    );
    const price = await explorePrice(task, open, createRng(1));
    const best = Math.max(...allOrders(5, 3).map(worth));
    expect(price).toMatchObject({ best, by: 'exhaustive', low: price.cost, high: price.cost });
    expect(price.expected).toBeCloseTo(expected, 10);
    expect(price.cost).toBeCloseTo(best - expected, 10);
  });
});

it('has the sum of both ways as the probability of a slate: the generator’s own, and fair draws', async () => {
  const candidates = plainCandidates(4);
  const task = policyTask(candidates, compileRules({}, { candidates, size: 2, where: 'r' }), 2);
  const best = (await task.best()).places.join();
  for (const [slate, chance] of await chancesOf(await opened({ policy: 'epsilon', epsilon: 0.3 }, task)))
    expect(chance).toBeCloseTo((slate === best ? 0.7 : 0) + 0.3 / 12, 14);
});

it('tells the probability at a place whatever stands above, where nothing is counted', async () => {
  const candidates = plainCandidates(5);
  const rules = compileRules({ pin: [{ item: 'i3', position: 1 }] }, { candidates, size: 3, where: 'r' });
  const open = await opened({ policy: 'epsilon', epsilon: 0.4 }, policyTask(candidates, rules, 2));
  const chances = await chancesOf(open);
  for (const place of [0, 1, 2])
    for (const candidate of candidates.keys()) {
      const share = sum([...chances].flatMap(([slate, p]) => (slate.split(',')[place] === `${candidate}` ? [p] : [])));
      if (share > 0) expect(open.placeChance?.(place, candidate)).toBeCloseTo(share, 12);
    }
  const countedRules = compileRules({ unique: ['shop'] }, { candidates: withShops(4), size: 2, where: 'r' });
  const task = policyTask(withShops(4), countedRules, 2);
  expect((await opened({ policy: 'epsilon', epsilon: 0.4 }, task)).placeChance).toBeUndefined();
});

const withShops = (count: number): readonly Candidate[] => plainCandidates(count, (n) => ({ shop: n < 2 ? 'x' : 'y' }));

it('stays exact where it is very cold or values are huge', async () => {
  const candidates = plainCandidates(6);
  const rules = compileRules({}, { candidates, size: 3, where: 'r' });
  const task = policyTask(candidates, rules, 4);
  const [greedy] = await generatorNamed('greedy').generate(task);
  const cold = await opened({ policy: 'plackett-luce', temperature: 1e-300 }, task);
  const drawn = await drawBy(cold.begin, createRng(1));
  expect([drawn.places, drawn.logPropensity]).toEqual([greedy.places, 0]);
  const value: PolicyTask['value'] = async (slates) => Float64Array.from(slates, ([first]) => (first - 3) * 1e4);
  const huge = await chancesOf(await opened({ policy: 'plackett-luce', temperature: 1 }, { ...task, value }));
  expect(sum(huge.values())).toBeCloseTo(1, 12);
});

it('estimates the price of many slates from draws, within its interval', async () => {
  const candidates = plainCandidates(12);
  const worth = setValue(8, 12);
  const task = policyTask(candidates, compileRules({}, { candidates, size: 4, where: 'r' }), 8);
  const [best] = await generatorNamed('beam+swap').generate(task);
  const open = await opened({ policy: 'plackett-luce', temperature: 0.5 }, { ...task, best: async () => best });
  const price = await explorePrice({ ...task, best: async () => best }, open, createRng(1));
  let exact = best.value;
  for await (const { places, logPropensity } of everyDraw(open.begin)) exact -= Math.exp(logPropensity) * worth(places);
  expect(price.by).toBe('sample');
  expect(price.low).toBeLessThan(exact);
  expect(price.high).toBeGreaterThan(exact);
});

it('refuses what is no policy in one sentence', () => {
  const refusal = (explore: unknown): string => {
    try {
      readExplore(explore, 'explore');
    } catch (error) {
      if (error instanceof InputError) return error.message;
    }
    return 'none';
  };
  expect([
    refusal('epsilon'),
    refusal({ policy: 'epsylon', epsilon: 0.1 }),
    refusal({ policy: 'epsilon' }),
    refusal({ policy: 'epsilon', epsilon: 0 }),
    refusal({ policy: 'plackett-luce', temperature: 0 }),
    refusal({ policy: 'plackett-luce', temperature: 1, epsilon: 0.1 }),
    refusal({ policy: 'plackett-luce', temperature: 1, values: 'below' }),
  ]).toMatchInlineSnapshot(`
    [
      "explore: expected an object such as {"policy": "plackett-luce", "temperature": 0.1}, found "epsilon"; mend it",
      "explore: policy: expected one of plackett-luce, epsilon, found "epsylon"; did you mean "epsilon"?",
      "explore: epsilon: expected number, found nothing; mend it",
      "explore: epsilon: expected number to be >0, found 0; mend it",
      "explore: temperature: expected number to be >0, found 0; mend it",
      "explore: expected one of policy, price, temperature, values, found "epsilon"; name one of these",
      "explore: values: expected one of above, alone, found "below"; name one of these",
    ]
  `);
});
