import { describe, expect, it } from 'vitest';
import { keepsRules } from '../../../test/naive-rules.ts';
import { counted, plainCandidates, setValue, taskOf } from '../../../test/set-value.ts';
import { compileRules } from '../rules/compile-rules.ts';
import type { Rules } from '../rules/rules.ts';
import { beamGenerator } from './beam-generator.ts';
import { greedyGenerator } from './greedy-generator.ts';
import { neighbours } from './neighbours.ts';
import { climb, swapGenerator } from './swap-generator.ts';
import { topGenerator } from './top-generator.ts';

const candidates = plainCandidates(12, (n) => ({ shop: `s${n % 5}` }));
const compile = (rules: Rules, size: number): ReturnType<typeof compileRules> =>
  compileRules(rules, { candidates, size, where: 'r' });

describe('swap', () => {
  it('is never worse than its start, better at times, and no neighbour of what it finds is better', async () => {
    let better = 0;
    for (let seed = 0; seed < 25; seed++) {
      const worth = setValue(seed, 12);
      const task = taskOf(candidates, compile({ unique: ['shop'] }, 4), counted(worth).value);
      for (const from of [topGenerator, greedyGenerator, beamGenerator({ width: 2 })]) {
        const [start] = await from.generate(task);
        const [found] = await swapGenerator({ name: 'swap', from, starts: 1 }).generate(task);
        expect(found.value).toBeGreaterThanOrEqual(start.value);
        if (found.value > start.value) better++;
        const near = [...neighbours(found.places, task)].map(worth);
        expect(Math.max(...near)).toBeLessThanOrEqual(found.value + 1e-8);
      }
    }
    expect(better).toBeGreaterThan(10);
  });

  it('keeps the best of several starts', async () => {
    const from = beamGenerator({ width: 6 });
    let better = 0;
    for (let seed = 0; seed < 25; seed++) {
      const task = taskOf(candidates, compile({}, 5), counted(setValue(seed, 12)).value);
      const [one] = await swapGenerator({ name: 'swap', from, starts: 1 }).generate(task);
      const [six] = await swapGenerator({ name: 'swap', from, starts: 6 }).generate(task);
      expect(six.value).toBeGreaterThanOrEqual(one.value);
      if (six.value > one.value) better++;
    }
    expect(better).toBeGreaterThan(0);
  });

  it('stops where nothing is gained but rounding', async () => {
    const { value, calls } = counted((places) => 1 + places[0] * 1e-12);
    const task = taskOf(candidates, compile({}, 2), value);
    const start = { places: Int32Array.of(0, 1), value: 1 };
    expect((await climb(task, start))[0]).toBe(start);
    expect(calls.length).toBe(1);
  });
});

describe('neighbours', () => {
  it('are K (N - K) replacements and K (K - 1) / 2 exchanges, each once', () => {
    const task = taskOf(candidates, compile({}, 4), counted(() => 0).value);
    const places = Int32Array.of(7, 2, 5, 0);
    const near = [...neighbours(places, task)].map((slate) => slate.join());
    expect(near.length).toBe(4 * 8 + 6);
    expect(new Set(near).size).toBe(near.length);
    expect(near).not.toContain(places.join());
  });

  it('leave pins where they are and keep the rules', () => {
    const rules: Rules = { pin: [{ item: 'i3', position: 1 }], unique: ['shop'] };
    const task = taskOf(candidates, compile(rules, 3), counted(() => 0).value);
    const near = [...neighbours(Int32Array.of(0, 3, 1), task)];
    // Shops 0 and 1 may each be replaced by their own other items, and by shops 2 and 4; then the one exchange.
    expect(near.length).toBe(4 + 4 + 2 + 2 + 1);
    for (const slate of near) {
      const ids = Array.from(slate, (n) => candidates[n].id);
      expect(keepsRules(rules, ids, candidates), ids.join()).toBe(true);
    }
  });
});
