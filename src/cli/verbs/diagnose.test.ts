import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { ended } from '../../../test/command-ending.ts';
import type { TrainedRecipe } from '../../jobs/recipes/train-recipe.ts';
import type { RunLog } from '../../jobs/runs/record-run.ts';
import { simulateDrinks } from '../../simulator/drinks.ts';
import { writeSimulation } from '../../simulator/write-simulation.ts';

/** Every config is trained, with the first seed; what that gave stands for the second too, which would only cost as much again. */
vi.mock('../../jobs/recipes/train-recipe.ts', async (original) => {
  const { trainRecipe } = await original<typeof import('../../jobs/recipes/train-recipe.ts')>();
  const before = new Map<string, { result: TrainedRecipe; told: Parameters<RunLog['epochs']> }>();
  const once: typeof trainRecipe = async (prepared, options) => {
    const key = JSON.stringify(options.config);
    const known = before.get(key);
    if (known) {
      await options.log?.epochs(...known.told);
      return known.result;
    }
    let told: Parameters<RunLog['epochs']> = [[], 0];
    const log: RunLog = {
      epochs: (...heard) => {
        told = heard;
        return options.log?.epochs(...heard) ?? Promise.resolve();
      },
    };
    const result = await trainRecipe(prepared, { ...options, log });
    if (result) before.set(key, { result, told });
    return result;
  };
  return { trainRecipe: once };
});

let folder: string;
let line: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'diagnose-'));
  const [log, config] = [join(folder, 'log.jsonl'), join(folder, 'config.json')];
  await writeSimulation(simulateDrinks({ impressions: 90, seed: 3 }), { log });
  const model = { width: 4, feedForward: 4, blocks: 1, heads: 1, pieces: 0 };
  await writeFile(config, JSON.stringify({ recipes: { 'attention-bce': { model, epochs: 1 } } }));
  line = `diagnose ${log} --config ${config} --seeds 2 --workers 1 --cache ${join(folder, 'cache')}`;
});

describe('diagnose', () => {
  // Twenty small trainings.
  it('names a cause, with the figures of all three, and trains nothing twice', { timeout: 600_000 }, async () => {
    const first = await ended(`${line} --out ${join(folder, 'first')}`);
    expect(first.code).toBe(0);
    expect(first.printed).toMatch(/^(First: |No cause stands out)/);
    for (const part of ['Too little data? ', 'Biased data? ', 'The wrong task? ', 'What to do next:', 'early stopping'])
      expect(first.printed).toContain(part);
    expect(first.said).toMatch(/run 1 of (\d+): attention-bce.*\n[\s\S]*run \1 of \1: /);

    const json = JSON.parse(await readFile(join(folder, 'first', 'diagnosis.json'), 'utf8'));
    expect(json).toMatchObject({
      ...{ slatewise: 'diagnose', recipe: 'attention-bce', seeds: 2 },
      parts: { train: { lists: 63 }, validation: { lists: 9 }, test: { lists: 18 } },
    });
    expect(json.data.points.map(({ lists }: { lists: number }) => lists)).toEqual([32, 63]);
    expect(json.task.cures).toHaveLength(14);
    expect(json.task.tasks).toHaveLength(4);
    expect(first.printed).toContain(json.sentences.verdict);

    const again = await ended(`${line} --out ${join(folder, 'other')} --from ${join(folder, 'first')} --json`);
    expect(again.said).not.toContain('run 1 of');
    const { slatewise: _, ...kept } = json;
    expect(JSON.parse(again.printed)).toEqual(kept);
  });

  it.each([
    ['--recipe attention-choice', 2, 'expected a recipe that learns whether each item is clicked'],
    ['--recipe magic', 2, '--recipe: expected one of'],
    ['--seeds 1', 2, 'Expected a whole number from 2'],
  ])('refuses %s', async (option, code, sentence) => {
    const refused = await ended(`${line} ${option} --out ${join(folder, 'refused')}`);
    expect(refused).toMatchObject({ code, printed: '' });
    expect(refused.said).toContain(sentence);
  });

  it('says of a log that is too short what it would take', async () => {
    const log = join(folder, 'short.jsonl');
    await writeSimulation(simulateDrinks({ impressions: 40, seed: 3 }), { log });
    const { code, said } = await ended(
      `diagnose ${log} --no-config --cache ${join(folder, 'cache')} --out ${join(folder, 'short')}`,
    );
    expect(code).toBe(1);
    expect(said).toContain('diagnose: expected 40 train lists or more, found 28; use a longer log');
  });
});
