import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { counted, plainCandidates, setValue, taskOf } from '../../test/set-value.ts';
import { EMPTY } from '../slate/places.ts';
import type { GenerationTask } from './generator.ts';
import { beamGenerator } from './generators/beam-generator.ts';
import { countSlates, exhaustiveGenerator } from './generators/exhaustive-generator.ts';
import { greedyGenerator } from './generators/greedy-generator.ts';
import { topGenerator } from './generators/top-generator.ts';
import { generatorNamed, generators } from './generators.ts';
import { compileRules } from './rules/compile-rules.ts';

const taskFor = (count: number, size: number, value = counted(setValue(1, count)).value): GenerationTask => {
  const candidates = plainCandidates(count);
  return taskOf(candidates, compileRules({}, { candidates, size, where: 'r' }), value);
};

describe('the registry of generators', () => {
  it('has every generator of its room, and each goes by its name', () => {
    const registry = readFileSync(join(import.meta.dirname, 'generators.ts'), 'utf8');
    const forgottenOf = (files: readonly string[]): readonly string[] =>
      files.filter((file) => file.endsWith('-generator.ts') && !registry.includes(`'./generators/${file}'`));
    const files = readdirSync(join(import.meta.dirname, 'generators'));
    expect(forgottenOf(files)).toEqual([]);
    expect(forgottenOf([...files, 'lucky-generator.ts'])).toEqual(['lucky-generator.ts']);
    for (const [name, generator] of Object.entries(generators)) expect(generator.name).toBe(name);
  });
});

describe('generatorNamed', () => {
  it('finds what is registered and what comes with a model, and lists both', () => {
    expect(generatorNamed('beam')).toBe(generators.beam);
    const learned = { pointer: { ...greedyGenerator, name: 'pointer' } };
    expect(generatorNamed('pointer', learned)).toBe(learned.pointer);
    expect(() => generatorNamed('toString', learned)).toThrow(
      'generator: expected one of top, rerank, greedy, beam, swap, beam+swap, exhaustive, pointer, found "toString"; name one of these',
    );
  });
});

describe('greedy', () => {
  it('asks once for each place, about every candidate left', async () => {
    const { value, calls } = counted(setValue(3, 9));
    await greedyGenerator.generate(taskFor(9, 4, value));
    expect(calls).toEqual([9, 8, 7, 6]);
  });

  it('takes the best next item, though another would have had better company', async () => {
    // 0 is best alone; 1 and 2 are best together.
    const worth = (places: ArrayLike<number>): number => {
      const shown = new Set(Array.from(places).filter((n) => n !== EMPTY));
      return (shown.has(0) ? 3 : 0) + (shown.has(1) && shown.has(2) ? 10 : 0);
    };
    const [greedy] = await greedyGenerator.generate(taskFor(3, 2, counted(worth).value));
    expect([[...greedy.places], greedy.value]).toEqual([[0, 1], 3]);
    const [beam] = await beamGenerator().generate(taskFor(3, 2, counted(worth).value));
    expect([[...beam.places], beam.value]).toEqual([[1, 2], 10]);
  });

  it('offers the neighbours when the last place has fewer alternatives than wanted', async () => {
    const found = await greedyGenerator.generate({ ...taskFor(3, 3), count: 4 });
    expect(found.length).toBe(4);
    expect(new Set(found.map(({ places }) => places.join())).size).toBe(4);
  });
});

describe('top', () => {
  it('values every candidate once, alone, and the slate at the end', async () => {
    const seen: string[] = [];
    const task = taskFor(4, 3, async (slates) => {
      seen.push(...slates.map((places) => places.join()));
      return Float64Array.from(slates, (places) => places[0]);
    });
    await topGenerator.generate(task);
    expect(seen).toEqual(['0,-1,-1', '1,-1,-1', '2,-1,-1', '3,-1,-1', '3,2,1']);
  });

  it('tries candidates on the first place that is not pinned', async () => {
    const candidates = plainCandidates(3);
    const rules = compileRules({ pin: [{ item: 'i0', position: 0 }] }, { candidates, size: 2, where: 'r' });
    const seen: string[] = [];
    const task = taskOf(candidates, rules, async (slates) => {
      seen.push(...slates.map((places) => places.join()));
      return Float64Array.from(slates, (places) => places[1]);
    });
    await topGenerator.generate(task);
    expect(seen).toEqual(['-1,1', '-1,2', '0,2']);
  });
});

describe('beam', () => {
  it('of width 1 is greedy', async () => {
    for (let seed = 0; seed < 20; seed++) {
      const { value } = counted(setValue(seed, 8));
      const [beam] = await beamGenerator({ width: 1 }).generate(taskFor(8, 4, value));
      const [greedy] = await greedyGenerator.generate(taskFor(8, 4, value));
      expect(beam).toEqual(greedy);
    }
  });

  it('asks once for each place, about W times the candidates left; as wide as all is exhaustive', async () => {
    const { value, calls } = counted(setValue(4, 6));
    await beamGenerator({ width: 5 }).generate(taskFor(6, 3, value));
    expect(calls).toEqual([6, 5 * 5, 5 * 4]);
    const task = { ...taskFor(6, 3, value), count: 7 };
    expect(await beamGenerator({ width: 1000 }).generate(task)).toEqual(await exhaustiveGenerator().generate(task));
  });
});

describe('exhaustive', () => {
  it('counts N! / (N - K)!', () => {
    expect([countSlates(5, 0), countSlates(5, 2), countSlates(5, 5), countSlates(100, 3)]).toEqual([
      1, 20, 120, 970_200,
    ]);
  });

  it('looks at every slate in few calls', async () => {
    const { value, calls } = counted(setValue(5, 8));
    await exhaustiveGenerator().generate(taskFor(8, 5, value));
    expect(calls.reduce((a, b) => a + b)).toBe(6720);
    expect(calls.length).toBe(2);
  });

  it('refuses more than its limit, and not its limit', async () => {
    await expect(generators.exhaustive.generate(taskFor(100, 10))).rejects.toThrow(
      'request r1: exhaustive search looks at 200,000 slates at most, found 62,815,650,955,529,470,000 (10 of 100 candidates in order); ask for beam or swap, or a shorter slate',
    );
    await expect(exhaustiveGenerator({ limit: 119 }).generate(taskFor(5, 4))).rejects.toThrow('found 120 ');
    expect(await exhaustiveGenerator({ limit: 120 }).generate(taskFor(5, 4))).toHaveLength(1);
  });
});

describe('rerank', () => {
  it('stands by what candidates are worth beside each other, not alone', async () => {
    const candidates = plainCandidates(4);
    const alone = [4, 3, 2, 1];
    const { value } = counted((places) => Array.from(places, (n) => (n < 0 ? 0 : alone[n])).reduce((a, b) => a + b));
    const task = taskOf(candidates, compileRules({}, { candidates, size: 2, where: 'r' }), value);
    const together = async (): Promise<Float64Array> => Float64Array.of(0.1, 0.4, 0.2, 0.4);
    expect([...(await generators.rerank.generate({ ...task, together }))[0].places]).toEqual([1, 3]);
    expect([...(await generators.rerank.generate(task))[0].places]).toEqual([0, 1]);
  });
});
