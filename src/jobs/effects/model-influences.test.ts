import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { simulateDrinks } from '../../simulator/drinks.ts';
import { writeSimulation } from '../../simulator/write-simulation.ts';
import type { TrainingConfig } from '../../train/recipes/training-config.ts';
import { type Prepared, prepare } from '../prepare.ts';
import { silentReporter } from '../reporter.ts';
import { findRuns } from '../runs/find-runs.ts';
import { resolveRecipe, settingsDefaults } from '../settings.ts';
import { judgeWorth } from '../worth/judge-worth.ts';
import type { ListInfluences } from './ask-without-each.ts';
import { modelInfluences } from './model-influences.ts';

const small = { epochs: 1, model: { width: 4, feedForward: 4, blocks: 1, heads: 1, pieces: 0 } };
const recipes = { 'attention-bce': small, 'pointwise-bce': { epochs: 1, model: { width: 4 } } };
const settings = { ...settingsDefaults, recipes };
const [list, pointwise] = ['attention-bce', 'pointwise-bce'].map((name) => resolveRecipe(name, settings));
let root: string;
let prepared: Prepared;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'influences-'));
  const log = join(root, 'log.jsonl');
  await writeSimulation(simulateDrinks({ impressions: 200, seed: 3 }), { log });
  prepared = await prepare(log, {
    ...{ settings, configs: [list, pointwise], cacheFolder: root, reporter: silentReporter },
  });
  const asked = { list, pointwise, seeds: [1, 2], workers: 1, folder: join(root, 'worth'), reporter: silentReporter };
  await judgeWorth(prepared, asked);
});

/** Influences by way of this folder, and what was trained for them. */
async function influences(folder: string, { from, config = list }: { from?: string; config?: TrainingConfig } = {}) {
  const trained: string[] = [];
  const found = await modelInfluences(prepared, {
    ...{ config, seed: 1, workers: 1, folder: join(root, folder), reporter: silentReporter },
    ...(from === undefined ? {} : { known: await findRuns(join(root, from)) }),
    onTrained: async (_, run) => void trained.push(run.config.recipe),
  });
  return { found: found as ListInfluences, trained };
}

it('asks the model that worth kept, from its folder or another, and trains none again', async () => {
  const anew = await influences('anew');
  expect(anew.trained).toEqual(['attention-bce']);
  expect(anew.found.influence.some((change) => change !== 0)).toBe(true);
  for (const kept of [await influences('elsewhere', { from: 'worth' }), await influences('worth')]) {
    expect(kept.trained).toEqual([]);
    expect(kept.found).toEqual(anew.found);
  }
});

it('trains where the kept model is another one', async () => {
  const other = await influences('other', { from: 'worth', config: { ...list, epochs: 2 } });
  expect(other.trained).toEqual(['attention-bce']);
});
