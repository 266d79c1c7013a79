import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { smallConfig } from '../../../test/encoded-drinks.ts';
import { defineMetric } from '../../metrics/define-metric.ts';
import { simulateDrinks } from '../../simulator/drinks.ts';
import { writeSimulation } from '../../simulator/write-simulation.ts';
import { prepare } from '../prepare.ts';
import { silentReporter } from '../reporter.ts';
import { settingsDefaults } from '../settings.ts';
import { evaluateModel } from './evaluate-model.ts';
import { trainModel } from './train-model.ts';

const regret = defineMetric({
  name: 'regret',
  title: 'regret',
  meaning: 'distance of probability and click, mean over items',
  higherIsBetter: false,
  range: [0, 1],
  ofItem: ({ probability, label }) => Math.abs(probability - label),
});

it('a metric of the caller chooses the epoch of a model, and is in the report on a later log with its interval', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'own-metric-'));
  const at = (name: string): string => join(folder, name);
  await writeSimulation(simulateDrinks({ impressions: 200, seed: 3 }), { log: at('log.jsonl') });
  const settings = { ...settingsDefaults, kinds: [regret] };
  const config = smallConfig('pointwise-bce', { epochs: 2, metric: 'regret' });
  const shared = { settings, cacheFolder: at('cache'), reporter: silentReporter };
  const prepared = await prepare(at('log.jsonl'), { ...shared, configs: [config] });
  const options = { config, seed: 1, workers: 1, reporter: silentReporter, folder: at('model') };
  const card = await trainModel(prepared, options);
  expect(card?.protocol.metrics.regret).toBeGreaterThan(0);

  const evaluating = { ...shared, workers: 1, allowOverlap: true, command: 'test', value: 'price' };
  const { report } = await evaluateModel(at('model'), at('log.jsonl'), evaluating);
  const { mean, interval } = report.systems[0].metrics.regret;
  expect(interval?.low).toBeLessThan(mean ?? 0);
  expect(interval?.high).toBeGreaterThan(mean ?? 1);
  // The drinks have prices, and some list's clicks are worth something else than was expected.
  expect(report.systems[0].metrics.valueError.mean).toBeGreaterThan(0);
  expect(report.ownMetrics?.map(({ title }) => title)).toContain('regret');
  expect(report.systems[0].metrics.regret.toItemRate).not.toBeNull();
});
