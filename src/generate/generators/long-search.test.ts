import { describe, expect, it } from 'vitest';
import { counted, plainCandidates, setValue, taskOf } from '../../../test/set-value.ts';
import { createRng } from '../../random/rng.ts';
import type { GenerationTask } from '../generator.ts';
import { generators } from '../generators.ts';
import { compileRules } from '../rules/compile-rules.ts';
import { exhaustiveGenerator } from './exhaustive-generator.ts';
import { bestKnown, randomSlate } from './long-search.ts';

const candidates = plainCandidates(9, (n) => ({ shop: n % 4 }));
const rules = compileRules(
  { unique: ['shop'], pin: [{ item: 'i1', position: 2 }] },
  { candidates, size: 4, where: 'r' },
);
const task = (seed: number): GenerationTask => taskOf(candidates, rules, counted(setValue(seed, 9)).value);

describe('bestKnown', () => {
  it('is exhaustive up to the limit, pins taken off, and searches above it', async () => {
    expect((await bestKnown(task(1), { limit: 8 * 7 * 6 })).by).toBe('exhaustive');
    expect((await bestKnown(task(1), { limit: 8 * 7 * 6 - 1 })).by).toBe('search');
  });

  it('finds the best slate by search too, where there are few', async () => {
    for (let seed = 0; seed < 20; seed++) {
      const [best] = await exhaustiveGenerator().generate(task(seed));
      expect((await bestKnown(task(seed), { limit: 0 })).slate.value).toBeCloseTo(best.value, 9);
    }
  });

  it('is never worse than a generator on many, and the same for the same seed', async () => {
    const many = plainCandidates(30);
    const free = compileRules({}, { candidates: many, size: 6, where: 'r' });
    for (let seed = 0; seed < 3; seed++) {
      const large = (): GenerationTask => taskOf(many, free, counted(setValue(seed, 30)).value, 1, seed);
      const { slate } = await bestKnown(large(), { limit: 1000 });
      for (const name of ['top', 'greedy', 'beam', 'swap', 'beam+swap']) {
        expect((await generators[name].generate(large()))[0].value).toBeLessThanOrEqual(slate.value + 1e-8);
      }
      expect((await bestKnown(large(), { limit: 1000 })).slate).toEqual(slate);
    }
  });
});

describe('randomSlate', () => {
  it('reaches every slate that the rules permit', () => {
    const drawn = { ...task(1), rng: createRng(2) };
    const seen = new Set(Array.from({ length: 4000 }, () => randomSlate(drawn).join()));
    // i1 is of shop 1; an item each of shops 0 (3 items), 2 and 3 (2 each), in any of 6 orders.
    expect(seen.size).toBe(3 * 2 * 2 * 6);
    for (const slate of seen) expect(rules.permits(Int32Array.from(slate.split(','), Number))).toBe(true);
  });
});
