import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import type { ValuedSlate } from '../src/generate/generator.ts';
import { generators } from '../src/generate/generators.ts';
import { createPointerGenerator } from '../src/generate/pointer/pointer-generator.ts';
import { compileRules } from '../src/generate/rules/compile-rules.ts';
import type { Rules } from '../src/generate/rules/rules.ts';
import { createSearchLimit, type SearchLimit } from '../src/generate/search-limit.ts';
import { createPointerModel } from '../src/models/pointer.ts';
import { createRng } from '../src/random/rng.ts';
import { InputError } from '../src/slate/input-error.ts';
import { encodedMarket } from './encoded-market.ts';
import { allOrders, keepsRules, someCandidates, someRules } from './naive-rules.ts';
import { toyConfig } from './pointer-toy.ts';
import { counted, plainCandidates, setValue, taskOf } from './set-value.ts';

const where = 'request r1';

/** Slates as comparable lines. */
const lines = (slates: readonly ValuedSlate[]): string[] => slates.map(({ places, value }) => `${places}: ${value}`);

/** The generator that learned: whatever it wants (it learned nothing here), what it gives must be right. */
const { features, encoder, memory, model } = (await encodedMarket()).scorer;
const learned = createPointerModel(createRng(4), { config: toyConfig().model, spec: model.spec });
const pointer = await createPointerGenerator({ model: learned, features, encoder, memory });
afterAll(() => pointer.close());

describe.each(Object.entries({ ...generators, pointer }))('%s', (name, generator) => {
  it('is registered under its own name', () => {
    expect(generator.name).toBe(name);
  });

  it('gives whole slates that keep every rule, best first, none twice and none better than the best there is', async () => {
    let kept = 0;
    await fc.assert(
      fc.asyncProperty(
        someCandidates,
        someRules,
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 1, max: 5 }),
        fc.nat(),
        async (candidates, rules, size, count, seed) => {
          const compiled = compiledOrNone(rules, candidates, size);
          if (compiled === undefined) return;
          kept++;
          const worth = setValue(seed, candidates.length);
          const task = taskOf(candidates, compiled, counted(worth).value, count, seed);
          const found = await generator.generate(task);
          const ids = (places: ArrayLike<number>): string[] => Array.from(places, (n) => candidates[n].id);
          const all = allOrders(candidates.length, compiled.start.length)
            .filter((order) => keepsRules(rules, ids(order), candidates))
            .map(worth)
            .sort((a, b) => b - a);

          expect(found.length).toBeGreaterThan(0);
          expect(found.length).toBeLessThanOrEqual(count);
          expect(new Set(found.map(({ places }) => places.join())).size).toBe(found.length);
          for (const { places, value } of found) {
            expect(keepsRules(rules, ids(places), candidates), `${ids(places)}`).toBe(true);
            expect(places.length).toBe(compiled.start.length);
            expect(value).toBe(worth(places));
          }
          const values = found.map(({ value }) => value);
          expect(values).toEqual([...values].sort((a, b) => b - a));
          expect(values[0]).toBeLessThanOrEqual(all[0]);
          if (name === 'exhaustive') expect(values).toEqual(all.slice(0, count));
          expect(
            lines(await generator.generate({ ...task, rng: taskOf(candidates, compiled, task.value, 1, seed).rng })),
          ).toEqual(lines(found));
        },
      ),
      { numRuns: 400 },
    );
    expect(kept).toBeGreaterThan(30);
  });

  it('shows min(K, N) items', async () => {
    for (const [count, size] of [
      [1, 1],
      [3, 5],
      [7, 4],
      [7, 7],
    ]) {
      const candidates = plainCandidates(count);
      const rules = compileRules({}, { candidates, size, where });
      const [best] = await generator.generate(taskOf(candidates, rules, counted(setValue(1, count)).value));
      expect(best.places.length).toBe(Math.min(count, size));
      expect(new Set(best.places).size).toBe(best.places.length);
    }
  });

  it('starts from pins behind empty places, and from a slate that pins fill', async () => {
    const candidates = plainCandidates(6);
    const { value } = counted(setValue(2, 6));
    const behind = {
      pin: [
        { item: 'i5', position: 2 },
        { item: 'i0', position: 3 },
      ],
    };
    const [best] = await generator.generate(
      taskOf(candidates, compileRules(behind, { candidates, size: 4, where }), value),
    );
    expect([...best.places.slice(2)]).toEqual([5, 0]);
    const [full] = await generator.generate(
      taskOf(candidates, compileRules({ keepFirst: 3 }, { candidates, size: 3, where }), value),
    );
    expect([...full.places]).toEqual([0, 1, 2]);
  });

  it('gives a whole slate that keeps every rule wherever a bound or a deadline ends it', async () => {
    let cut = 0;
    await fc.assert(
      fc.asyncProperty(
        someCandidates,
        someRules,
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 0, max: 40 }),
        fc.boolean(),
        async (candidates, rules, size, most, byClock) => {
          const compiled = compiledOrNone(rules, candidates, size);
          if (compiled === undefined) return;
          const worth = setValue(most, candidates.length);
          let asked = 0;
          const limited = (): SearchLimit =>
            byClock ? createSearchLimit({ endsAt: most / 4, now: () => asked++ }) : createSearchLimit({ bound: most });
          const task = { ...taskOf(candidates, compiled, counted(worth).value, 2), limit: limited() };
          const found = await generator.generate(task);
          expect(found.length).toBeGreaterThan(0);
          for (const { places, value } of found) {
            expect(
              keepsRules(
                rules,
                Array.from(places, (n) => candidates[n].id),
                candidates,
              ),
            ).toBe(true);
            expect(places.length).toBe(compiled.start.length);
            expect(value).toBe(worth(places));
          }
          if (task.limit.cut !== undefined) cut++;
          if (!byClock) expect(lines(await generator.generate({ ...task, limit: limited() }))).toEqual(lines(found));
        },
      ),
      { numRuns: 500, seed: 11 },
    );
    // Those that ask once are never cut.
    if (!['top', 'rerank', 'exhaustive'].includes(name)) expect(cut).toBeGreaterThan(5);
  });

  it('refuses a value that is not a number', async () => {
    const candidates = plainCandidates(4);
    const rules = compileRules({}, { candidates, size: 2, where });
    await expect(generator.generate(taskOf(candidates, rules, counted(() => Number.NaN).value))).rejects.toThrow('NaN');
  });
});

describe.each(Object.entries(generators))('%s, which searches', (_, generator) => {
  it('finds the best list where items do not care for their company', async () => {
    const liked = [0.2, 0.9, 0.4, 0.8, 0.1, 0.7];
    const worth = (places: ArrayLike<number>): number =>
      Array.from(places, (n, place) => (n < 0 ? 0 : liked[n] / (place + 1))).reduce((a, b) => a + b);
    const candidates = plainCandidates(6);
    const rules = compileRules({}, { candidates, size: 3, where });
    const found = await generator.generate(taskOf(candidates, rules, counted(worth).value, 3));
    expect([...found[0].places]).toEqual([1, 3, 5]);
    expect(found.length).toBe(3);
  });

  it('takes the earlier candidates where all slates are worth the same', async () => {
    const candidates = plainCandidates(5);
    const rules = compileRules({}, { candidates, size: 3, where });
    const [best] = await generator.generate(taskOf(candidates, rules, counted(() => 1).value));
    expect([...best.places]).toEqual([0, 1, 2]);
  });
});

function compiledOrNone(
  rules: Rules,
  candidates: ReturnType<typeof plainCandidates>,
  size: number,
): ReturnType<typeof compileRules> | undefined {
  try {
    return compileRules(rules, { candidates, size, where });
  } catch (error) {
    if (error instanceof InputError) return undefined;
    throw error;
  }
}
