import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { smallConfig } from '../../../test/encoded-drinks.ts';
import { simulateDrinks } from '../../simulator/drinks.ts';
import { writeSimulation } from '../../simulator/write-simulation.ts';
import { prepare } from '../prepare.ts';
import { silentReporter, warningIn } from '../reporter.ts';
import { settingsDefaults } from '../settings.ts';
import { trainRecipe } from './train-recipe.ts';

it('warns where the calibration that is asked for cannot be fitted', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'train-recipe-'));
  const log = join(folder, 'log.jsonl');
  await writeSimulation(simulateDrinks({ impressions: 300, seed: 3 }), { log });
  // Few steps from where it began, all logits are nearly the same: no slope makes clicks of them.
  const config = smallConfig('attention-bce', { epochs: 3 });
  const told = async (calibration: 'none' | 'platt'): Promise<readonly (string | undefined)[]> => {
    const settings = { ...settingsDefaults, calibration };
    const prepared = await prepare(log, { settings, configs: [config], cacheFolder: folder, reporter: silentReporter });
    const warnings: string[] = [];
    const reporter = { ...silentReporter, note: (text: string) => void warnings.push(warningIn(text) ?? '') };
    const trained = await trainRecipe(prepared, { config, seed: 1, workers: 1, reporter });
    return [trained?.fitted.calibration.form, ...warnings.filter((text) => text !== '')];
  };
  expect(await told('platt')).toEqual([
    'none',
    'seed 1 of attention-bce: calibration platt was asked for, which these validation lists do not give; the model is not calibrated',
  ]);
  expect(await told('none')).toEqual(['none']);
});
