import { mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { smallConfig } from '../../../test/encoded-drinks.ts';
import { TRAINING_FOLDER } from '../../files/folder-kinds.ts';
import { openGrowing } from '../../files/output-folder.ts';
import { simulateDrinks } from '../../simulator/drinks.ts';
import { writeSimulation } from '../../simulator/write-simulation.ts';
import { checkpointFolder } from '../../train/checkpoints/checkpoint-folder.ts';
import { type Prepared, prepare } from '../prepare.ts';
import { type Reporter, silentReporter } from '../reporter.ts';
import { type Settings, settingsDefaults } from '../settings.ts';
import { fitRecipe } from './fit-recipe.ts';
import { runKey } from './run-key.ts';
import { loadRun, saveRun } from './run-store.ts';
import { trainModel } from './train-model.ts';

const config = smallConfig('attention-bce', { epochs: 2 });
const partial = smallConfig('attention-partial', { epochs: 2 });
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'run-key-'));
  for (const seed of [3, 4]) {
    await writeSimulation(simulateDrinks({ impressions: 200, seed }), { log: join(folder, `log-${seed}.jsonl`) });
  }
});

const prepared = (log: number, settings: Partial<Settings> = {}, configs = [config]): Promise<Prepared> =>
  prepare(join(folder, `log-${log}.jsonl`), {
    settings: { ...settingsDefaults, ...settings },
    configs,
    cacheFolder: folder,
    reporter: silentReporter,
  });

const listening = (): { readonly notes: string[]; readonly reporter: Reporter } => {
  const notes: string[] = [];
  return { notes, reporter: { ...silentReporter, note: (text) => void notes.push(text) } };
};

it('a run is known by its lists, settings, config and seed, not by its path or by the other recipes', async () => {
  const one = await prepared(3);
  const keyOf = (data: Prepared): string => runKey(data, { config, seed: 1 });
  const byUser = { ...settingsDefaults.split, by: 'user' as const };
  const others = [
    keyOf(await prepared(4)),
    keyOf(await prepared(3, { split: byUser })),
    keyOf(await prepared(3, { historyLength: 4 })),
    runKey(one, { config, seed: 2 }),
    runKey(one, { config: partial, seed: 1 }),
  ];
  expect(new Set([keyOf(one), ...others]).size).toBe(6);
  expect(keyOf(await prepared(3, { recipes: { prm: { epochs: 3 } } }, [config, partial]))).toBe(keyOf(one));
  await writeFile(join(folder, 'log-5.jsonl'), await readFile(join(folder, 'log-3.jsonl')));
  expect(keyOf(await prepared(5))).toBe(keyOf(one));
});

describe('what was left in the folder', () => {
  const train = async (data: Prepared, name: string): Promise<{ notes: string[]; weights: Buffer }> => {
    const { notes, reporter } = listening();
    await trainModel(data, { config, seed: 1, workers: 1, folder: join(folder, name), reporter });
    return { notes, weights: await readFile(join(folder, name, 'weights.bin')) };
  };

  it.each(['other data', 'another split'])('a checkpoint of %s is not gone on from, and that is said', async (what) => {
    const data = await prepared(3);
    const signal = AbortSignal.abort();
    const path = join(folder, `${what}.training`);
    const byUser = { split: { ...settingsDefaults.split, by: 'user' as const } };
    const other = what === 'other data' ? await prepared(4) : await prepared(3, byUser);
    const { reporter } = listening();
    await openGrowing(path, TRAINING_FOLDER);
    const checkpoints = checkpointFolder(path);
    await fitRecipe(other, other.encoded, { config, seed: 1, workers: 1, reporter, checkpoints, signal });
    expect(await checkpoints.load()).toMatchObject({ step: 1 });
    const { notes, weights } = await train(data, what);
    expect(notes.filter((note) => note.includes('other data, settings or program; starting anew'))).toHaveLength(1);
    expect(weights.equals((await train(data, 'fresh')).weights)).toBe(true);
  });

  it('a damaged checkpoint is named, and the run starts anew', async () => {
    const path = join(folder, 'damaged.training');
    await openGrowing(path, TRAINING_FOLDER);
    await writeFile(join(path, 'checkpoint.bin'), 'SLTW\x10\0\0\0{"facts"');
    const { notes } = await train(await prepared(3), 'damaged');
    expect(notes.join()).toMatch(/checkpoint\.bin: expected a checkpoint, found a damaged file .*; starting anew/);
    await openGrowing(path, TRAINING_FOLDER);
    await mkdir(join(path, 'checkpoint.bin'));
    await expect(train(await prepared(3), 'damaged')).rejects.toThrow(/checkpoint\.bin: expected a file/);
  });

  it('a finished run that is damaged, or of another key, is named, and not taken', async () => {
    const path = join(folder, 'run');
    const notes: string[] = [];
    const load = (key: string): Promise<unknown> => loadRun(path, { key, say: (text) => void notes.push(text) });
    expect(await load('a')).toBeUndefined();
    const facts = {
      calibration: { form: 'none' } as const,
      key: 'a',
      config,
      seed: 1,
      epochs: [],
      keptEpoch: 1,
      threshold: 0,
      seconds: 1,
    };
    await saveRun(path, { ...facts, testLogitS: Float32Array.of(1, 2), testListLogitB: Float32Array.of(3) });
    expect(await load('a')).toMatchObject({ testLogitS: Float32Array.of(1, 2), testListLogitB: Float32Array.of(3) });
    expect(notes).toEqual([]);
    expect(await load('b')).toBeUndefined();
    await writeFile(join(path, 'run.bin'), (await readFile(join(path, 'run.bin'))).subarray(0, 20));
    expect(await load('a')).toBeUndefined();
    expect(notes).toEqual([
      expect.stringContaining('run.bin: of other data, settings, config or program; training anew'),
      expect.stringMatching(/run\.bin: damaged \(.*\); training anew/),
    ]);
  });
});
