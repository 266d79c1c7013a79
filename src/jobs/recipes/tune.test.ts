import { mkdtemp, readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { smallConfig } from '../../../test/encoded-drinks.ts';
import { createInMemorySlates } from '../../datasets/slate-source/in-memory-slates.ts';
import { createRng } from '../../random/rng.ts';
import { simulateDrinks } from '../../simulator/drinks.ts';
import { writeSimulation } from '../../simulator/write-simulation.ts';
import { type Prepared, prepare } from '../prepare.ts';
import { silentReporter } from '../reporter.ts';
import { settingsDefaults } from '../settings.ts';
import { drawConfig } from './search-space.ts';
import { rungsOf, type Trial, type TuneOptions, tuneRecipe } from './tune.ts';

const config = smallConfig('attention-listnet', { epochs: 4, patience: 4 });
let folder: string;
let prepared: Prepared;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tune-'));
  await writeSimulation(simulateDrinks({ impressions: 300, seed: 3 }), { log: join(folder, 'log.jsonl') });
  prepared = await prepare(join(folder, 'log.jsonl'), {
    settings: settingsDefaults,
    configs: [config],
    cacheFolder: folder,
    reporter: silentReporter,
  });
});

const tune = (
  name: string,
  changes: Partial<TuneOptions> = {},
  data = prepared,
): Promise<readonly Trial[] | undefined> =>
  tuneRecipe(data, {
    config,
    trials: 4,
    seed: 1,
    workers: 1,
    folder: join(folder, name),
    reporter: silentReporter,
    ...changes,
  });

describe('successive halving', () => {
  it('gives a third of the trials three times the epochs', () => {
    expect(rungsOf(14, 18)).toEqual([
      { epochs: 2, trials: 18 },
      { epochs: 5, trials: 3 },
      { epochs: 14, trials: 1 },
    ]);
    expect(rungsOf(14, 1)).toEqual([{ epochs: 14, trials: 1 }]);
    expect(rungsOf(2, 9)).toEqual([{ epochs: 2, trials: 9 }]);
  });

  it('ends with the best first, and the recipe itself goes all the way however bad it is', async () => {
    const { optimizer } = config;
    const bad = { ...config, optimizer: { ...optimizer, learningRate: 1e-6, warmUp: 0 } };
    const trials = (await tune('bad', { config: bad })) as readonly Trial[];
    expect(trials.map(({ index }) => index).sort()).toEqual([0, 1, 2, 3]);
    const losses = trials.map(({ record }) => record.metrics.logLoss);
    expect(losses).toEqual([...losses].sort((a, b) => a - b));
    // One trial has a place in the last rung, by merit; the recipe has its own.
    expect(trials[0].index).not.toBe(0);
    expect(
      trials
        .filter(({ epochs }) => epochs === 4)
        .map(({ index }) => index)
        .sort(),
    ).toEqual([0, trials[0].index]);
  });

  it('reads no label of the test part', async () => {
    const { encoded } = prepared;
    const { columns } = encoded.slates;
    const { offsets, labelS } = columns;
    const flipped = labelS.slice();
    for (const list of encoded.test)
      for (let slot = offsets[list]; slot < offsets[list + 1]; slot++) flipped[slot] = 1 - labelS[slot];
    expect(flipped).not.toEqual(labelS);
    const other = {
      ...prepared,
      encoded: { ...encoded, slates: createInMemorySlates({ ...columns, labelS: flipped }) },
    };
    expect(await tune('flipped', {}, other)).toEqual(await tune('a'));
    const train = labelS.map((label, slot) => (slot < offsets[encoded.train[0] + 1] ? 1 - label : label));
    const changed = {
      ...prepared,
      encoded: { ...encoded, slates: createInMemorySlates({ ...columns, labelS: train }) },
    };
    expect(await tune('changed', {}, changed)).not.toEqual(await tune('a'));
  });

  it('interrupted and called again it ends bitwise like an uninterrupted search', async () => {
    const whole = await tune('a');
    const stop = new AbortController();
    let reports = 0;
    const reporter = { ...silentReporter, progress: () => void (++reports === 3 && stop.abort()) };
    expect(await tune('b', { reporter, signal: stop.signal })).toBeUndefined();
    expect(await tune('b')).toEqual(whole);
    expect(await tune('c', { workers: 2 })).toEqual(whole);
    // Every rung and the interruption went on in the same lines.
    for (const name of ['a', 'b']) {
      const trials = await readdir(join(folder, name, 'trials'));
      expect(trials).toHaveLength(4);
      for (const trial of trials) {
        const lines = (await readFile(join(folder, name, 'trials', trial, 'metrics.jsonl'), 'utf8'))
          .trimEnd()
          .split('\n');
        const { index, epochs } = (whole ?? []).find((each) => trial.startsWith(`${each.index}-`)) as Trial;
        const told = lines.map((line) => JSON.parse(line));
        expect(told.map((line) => line.epoch)).toEqual(Array.from({ length: epochs }, (_, at) => at + 1));
        expect(new Set(told.map((line) => line.run))).toEqual(new Set([`trial-${index}`]));
      }
    }
  });
});

it('draws configs around the recipe, the first loss untouched', () => {
  const drawn = Array.from({ length: 200 }, (_, index) => drawConfig(config, createRng(4).split(index)));
  expect(drawn[0]).toEqual(drawConfig(config, createRng(4).split(0)));
  expect(new Set(drawn.map(({ model }) => model.width))).toEqual(new Set([4, 8, 16]));
  // Second losses may weigh more than the first.
  expect(drawn.filter(({ losses }) => losses[1].weight > 1).length).toBeGreaterThan(20);
  for (const { model, losses, optimizer } of drawn) {
    expect(model.width % model.heads).toBe(0);
    expect(losses[0]).toEqual(config.losses[0]);
    expect(losses[1].weight).toBeGreaterThanOrEqual(0.01);
    expect(losses[1].weight).toBeLessThanOrEqual(3);
    expect(optimizer.learningRate / config.optimizer.learningRate).toBeLessThan(4.1);
  }
});

it('a weight decay of 0 stays 0 in every trial', () => {
  const without = { ...config, optimizer: { ...config.optimizer, weightDecay: 0 } };
  const drawn = Array.from({ length: 20 }, (_, index) => drawConfig(without, createRng(4).split(index)));
  expect(new Set(drawn.map(({ optimizer }) => optimizer.weightDecay))).toEqual(new Set([0]));
});
