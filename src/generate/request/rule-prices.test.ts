import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { someCandidates, someRules } from '../../../test/naive-rules.ts';
import { counted, plainCandidates, requestOf, setValue } from '../../../test/set-value.ts';
import { createRng } from '../../random/rng.ts';
import { InputError } from '../../slate/input-error.ts';
import { exhaustiveGenerator } from '../generators/exhaustive-generator.ts';
import { topGenerator } from '../generators/top-generator.ts';
import type { Candidate } from '../rules/candidate.ts';
import { compileRules } from '../rules/compile-rules.ts';
import type { Rules } from '../rules/rules.ts';
import { createSearchLimit } from '../search-limit.ts';
import { type PriceTask, priceRules } from './rule-prices.ts';
import type { RulePrice } from './slate-reply.ts';

const taskFor = (
  candidates: readonly Candidate[],
  rules: Rules,
  worth: (places: ArrayLike<number>) => number,
): Omit<PriceTask, 'made'> => ({
  rules,
  request: requestOf(candidates),
  candidates,
  size: 2,
  generator: exhaustiveGenerator(),
  value: counted(worth).value,
  objective: { label: 'expected clicks' },
  rng: createRng(1),
});

/** The prices of the slate that the same generator makes with all rules. */
async function priced(task: Omit<PriceTask, 'made'>): Promise<readonly RulePrice[]> {
  const rules = compileRules(task.rules, { ...task, where: 'request r1' });
  const [{ value }] = await task.generator.generate({ ...task, size: rules.start.length, rules, count: 1 });
  return priceRules({ ...task, made: value });
}

const liked = [0.5, 0.4, 0.3, 0.1];
const sum = (places: ArrayLike<number>): number => Array.from(places, (n) => liked[n] ?? 0).reduce((a, b) => a + b, 0);

describe('priceRules', () => {
  it('is what the best slate loses, worked by hand', async () => {
    // Best 0.9; with i3 pinned 0.6; without i0 0.7; both 0.5.
    const rules: Rules = { pin: [{ item: 'i3', position: 0 }], exclude: ['i0', 'gone'] };
    const [pin, exclude] = await priced(taskFor(plainCandidates(4), rules, sum));
    expect(pin.price).toBeCloseTo(0.7 - 0.5, 12);
    expect(pin.share).toBeCloseTo(0.2 / 0.7, 12);
    expect(pin.sentence).toBe('pin i3 at place 1 costs 28.6 % of expected clicks');
    expect(exclude.price).toBeCloseTo(0.6 - 0.5, 12);
    expect(exclude.rule).toBe('exclude i0, gone');
  });

  it('makes no slate for exclusions that concern no candidate, however many, and one for all ids', async () => {
    const candidates = plainCandidates(4, (n) => ({ shop: `s${n}` }));
    const gone = Array.from({ length: 100_000 }, (_, n) => `gone ${n}`);
    const excludeWhere = Array.from({ length: 60 }, (_, n) => ({ field: 'shop', value: `s${n + 9}` }));
    const { value, calls } = counted(sum);
    const prices = await priced({
      ...taskFor(candidates, { exclude: [...gone, 'i1', 'i2'], excludeWhere }, sum),
      value,
    });
    // The slate itself, and the one without exclusions.
    expect(calls).toHaveLength(2);
    expect(prices).toHaveLength(51);
    expect(prices[0].sentence).toBe('exclude 100,002 ids costs 33.3 % of expected clicks');
    expect(prices[1].sentence).toBe('exclude shop s9 costs nothing');
    expect(prices[50]).toMatchObject({ rule: '11 more rules', price: null });
  });

  it('leaves out what the limit of all prices does not allow for', async () => {
    const rules: Rules = { pin: [{ item: 'i3', position: 0 }], exclude: ['i0'] };
    const task = taskFor(plainCandidates(4), rules, sum);
    const prices = await priced({ ...task, limit: createSearchLimit({ bound: 0 }) });
    expect(prices.map(({ price }) => price)).toEqual([null, null]);
    expect(prices[0].sentence).toMatch(/^pin i3 at place 1: what it costs was not looked for/);
  });

  it('rounds no price down to nothing', async () => {
    const near = (places: ArrayLike<number>): number => (places[0] === 1 ? 1 - 1e-6 : 1);
    const [pin] = await priced(taskFor(plainCandidates(3), { pin: [{ item: 'i1', position: 0 }] }, near));
    expect(pin.sentence).toBe('pin i1 at place 1 costs less than 0.1 % of expected clicks');
  });

  it('has no share where nothing is worth anything, and no prices without rules', async () => {
    const [pin] = await priced(taskFor(plainCandidates(3), { pin: [{ item: 'i1', position: 0 }] }, () => 0));
    expect(pin).toMatchObject({ price: 0, share: 0 });
    expect(await priced(taskFor(plainCandidates(3), {}, sum))).toEqual([]);
  });

  it('is never negative, though a generator may find less with fewer rules', async () => {
    let [prices, cut] = [0, 0];
    await fc.assert(
      fc.asyncProperty(someCandidates, someRules, fc.nat(), async (candidates, rules, seed) => {
        const worth = setValue(seed, candidates.length);
        const task = { ...taskFor(candidates, rules, worth), generator: topGenerator };
        try {
          for (const { price, share } of await priced(task)) {
            prices++;
            if (price === 0) cut++;
            expect(price).not.toBeNull();
            expect(price).toBeGreaterThanOrEqual(0);
            expect(share).toBeGreaterThanOrEqual(0);
          }
        } catch (error) {
          if (!(error instanceof InputError)) throw error;
        }
      }),
      { numRuns: 300 },
    );
    expect(cut).toBeGreaterThan(0);
    expect(prices).toBeGreaterThan(cut);
  });
});
