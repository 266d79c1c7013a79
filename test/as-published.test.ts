/** Settings that make a system as its paper has it, as far as there are options: each file is quoted by the system's page, is understood, and trains. */
import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { trainPointer } from '../src/jobs/pointer/train-pointer.ts';
import { prepare } from '../src/jobs/prepare.ts';
import { readSettings } from '../src/jobs/read-settings.ts';
import { fitRecipe } from '../src/jobs/recipes/fit-recipe.ts';
import { silentReporter } from '../src/jobs/reporter.ts';
import { resolvePointer, resolveRecipe } from '../src/jobs/settings.ts';
import { saveModel } from '../src/scoring/model-folder.ts';
import { simulate } from '../src/simulator/simulate.ts';
import { simulationDefaults } from '../src/simulator/simulation-options.ts';
import { writeSimulation } from '../src/simulator/write-simulation.ts';
import { POINTER_RECIPE } from '../src/train/pointer/pointer-name.ts';
import { encodedMarket } from './encoded-market.ts';

const root = resolve(import.meta.dirname, '..');
const files = readdirSync(join(root, 'examples/as-published')).map((name) => join('examples/as-published', name));
const LISTS = 80;
let folder: string;
let log: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'as-published-'));
  log = join(folder, 'log.jsonl');
  await writeSimulation(simulate({ ...simulationDefaults, impressions: LISTS, seed: 5 }), { log });
});

const quiet = { workers: 1, reporter: silentReporter };

describe.each(files)('%s', (file) => {
  it('is quoted by its page to the letter', () => {
    const page = readFileSync(join(root, 'docs/systems', `${basename(file, '.json')}.md`), 'utf8');
    expect(page).toContain(`\`\`\`json\n${readFileSync(join(root, file), 'utf8')}\`\`\``);
    expect(page).toContain(file);
  });

  it('changes a recipe, which trains a step', async () => {
    const settings = await readSettings(join(root, file));
    const [name, ...others] = Object.keys(settings.recipes);
    expect(others).toEqual([]);
    if (name === POINTER_RECIPE) return trainsPointer(settings);
    const config = { ...resolveRecipe(name, settings), epochs: 1 };
    expect(config).not.toEqual({ ...resolveRecipe(name), epochs: 1 });
    const once = config.firstStage ? { ...config, firstStage: { ...config.firstStage, epochs: 1 } } : config;
    const prepared = await prepare(log, { ...quiet, settings, cacheFolder: join(folder, 'cache'), configs: [once] });
    const { slates, train, validation } = prepared.encoded;
    const { result } = await fitRecipe(prepared, { slates, train, validation }, { ...quiet, config: once, seed: 1 });
    expect(result.epochs).toHaveLength(1);
    expect(Number.isFinite(result.epochs[0].metrics.logLoss)).toBe(true);
  });
});

async function trainsPointer(settings: Awaited<ReturnType<typeof readSettings>>): Promise<void> {
  const scorer = join(folder, 'scorer');
  const market = await encodedMarket(LISTS);
  await saveModel(scorer, market.scorer);
  const config = resolvePointer(settings, { size: 4, candidates: 8, requests: 16, heldOut: 4 });
  const once = { ...config, reinforcement: { ...config.reinforcement, epochs: 1, samples: 4 } };
  const options = { ...quiet, settings, cacheFolder: join(folder, 'cache'), scorer, folder: join(folder, 'pointer') };
  const trained = await trainPointer(log, { ...options, config: once, seed: 1 });
  expect(trained?.card.protocol.records.map(({ stage }) => stage)).toEqual(['reinforcement']);
}
