import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { smallConfig } from '../../../test/encoded-drinks.ts';
import type { Dataset } from '../../datasets/folder/dataset.ts';
import type { Generator } from '../../generate/generator.ts';
import { generatorNamed } from '../../generate/generators.ts';
import { ITEM_RATE, LOGGED_ORDER, RANDOM_ORDER } from '../../measure/baselines.ts';
import type { GeneratorReport } from '../../measure/generator-report.ts';
import { generatorText } from '../../print/text/generator-text.ts';
import { loadModel } from '../../scoring/model-folder.ts';
import { simulate } from '../../simulator/simulate.ts';
import { simulationDefaults } from '../../simulator/simulation-options.ts';
import { writeSimulation } from '../../simulator/write-simulation.ts';
import { InputError } from '../../slate/input-error.ts';
import { prepare } from '../prepare.ts';
import { trainModel } from '../recipes/train-model.ts';
import { silentReporter } from '../reporter.ts';
import { settingsDefaults } from '../settings.ts';
import { evaluateOnLog, type LogTrialOptions, type LogTrialResult } from './evaluate-on-log.ts';

const config = smallConfig('pointwise-bce', { epochs: 1 });
const simulation = {
  ...simulationDefaults,
  impressions: 160,
  seed: 4,
  items: 40,
  users: 20,
  slateSize: { from: 2, to: 5 },
};
let folder: string;
const at = (name: string): string => join(folder, name);
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'trials-'));
  const written = { ...simulation, propensities: true };
  await writeSimulation(simulate(written), { log: at('log.jsonl') });
  for (const line of (await readFile(at('log.jsonl'), 'utf8')).trim().split('\n')) {
    const { event, id, items } = JSON.parse(line) as { event: string; id: string; items: { id: string }[] };
    if (event === 'ranking')
      loggedIds.set(
        id,
        items.map((item) => item.id),
      );
  }
  await writeSimulation(simulate({ ...simulation, impressions: 90 }), { log: at('other.jsonl') });
  const shared = { settings: settingsDefaults, configs: [config], cacheFolder: at('cache'), reporter: silentReporter };
  const prepared = await prepare(at('log.jsonl'), shared);
  const options = { config, seed: 1, workers: 1, reporter: silentReporter };
  await trainModel(prepared, { ...options, folder: at('whole') });
  for (const share of [1, 2])
    await trainModel(prepared, { ...options, folder: at(`fold${share}`), fold: { share, of: 2 } });
  await trainModel(prepared, { ...options, folder: at('third'), fold: { share: 2, of: 3 } });
  await trainModel(prepared, { ...options, folder: at('refit'), refitAll: true });
  const other = await prepare(at('other.jsonl'), shared);
  await trainModel(other, { ...options, folder: at('other'), fold: { share: 2, of: 2 } });
});

const trial = {
  size: 2,
  objective: 'clicks',
  seed: 1,
  workers: 1,
  command: 'test',
  reporter: silentReporter,
};

/** Items of the lists of `log.jsonl` in the order they were shown in. */
const loggedIds = new Map<string, readonly string[]>();

/** Shows the first K as they were logged, which it knows from elsewhere. */
const asLogged: Generator = {
  name: 'first',
  generate: async ({ request: { id, items }, size, value }) => {
    const shown = loggedIds.get(id) ?? [];
    const places = Int32Array.from({ length: size }, (_, place) => items.findIndex((item) => item.id === shown[place]));
    return [{ places, value: (await value([places]))[0] }];
  },
};

/** What the last trial read, and what in it had changed. */
let read: Dataset;
let changed: LogTrialResult['changedFields'];

async function onLog(
  model: string,
  options: Partial<LogTrialOptions> = {},
  log = 'log.jsonl',
): Promise<GeneratorReport> {
  const { report, dataset, changedFields } = await evaluateOnLog(at(model), at(log), {
    ...trial,
    generators: [
      { name: 'first', generator: asLogged },
      { name: 'top', generator: generatorNamed('top') },
    ],
    settings: settingsDefaults,
    cacheFolder: at('cache'),
    heldOut: true,
    allowOverlap: false,
    ...options,
  });
  read = dataset;
  changed = changedFields;
  return report;
}

const cellsOf = ({ rows }: GeneratorReport, name: string) => rows.find((row) => row.name === name)?.cells ?? {};

describe('on a log', () => {
  it('counts the logged clicks on the chosen, of the lists of the test part', async () => {
    const report = await onLog('whole');
    expect(report.rows.map(({ name }) => name)).toEqual([
      ...[RANDOM_ORDER, LOGGED_ORDER, ITEM_RATE],
      ...['first', 'top'],
    ]);
    const clicks: number[] = [];
    for await (const row of read.rows())
      if (row.kind === 'impression' && row.index >= 128)
        clicks.push(row.impression.clickTimesK.slice(0, 2).filter((time) => time >= 0).length);
    expect(clicks).toHaveLength(32);
    const mean = clicks.reduce((sum, each) => sum + each, 0) / 32;
    for (const name of [LOGGED_ORDER, 'first']) {
      expect(cellsOf(report, name).ticks.mean).toBeCloseTo(mean, 12);
      expect(cellsOf(report, name).matched.mean).toBe(1);
    }
    expect(report.title).toContain('32 lists');
  });

  it('estimates from propensities what the makers would have earned, but not the log itself', async () => {
    const { offPolicy } = await onLog('whole');
    expect(offPolicy.map(({ name }) => name)).toEqual([RANDOM_ORDER, ITEM_RATE, 'first', 'top']);
    for (const { estimates } of offPolicy) expect(estimates.IIPS).toBeGreaterThanOrEqual(0);
    expect((await onLog('other', { heldOut: true }, 'other.jsonl')).offPolicy).toEqual([]);
  });

  it('tells the fields that are not what they were in training', async () => {
    const log = await readFile(at('log.jsonl'), 'utf8');
    await writeFile(at('renamed.jsonl'), log.replaceAll('"name":"price"', '"name":"cost"'));
    const notes: string[] = [];
    const reporter = { ...silentReporter, note: (message: string) => notes.push(message) };
    await onLog('whole', { heldOut: false, allowOverlap: true, reporter }, 'renamed.jsonl');
    expect(changed.map(({ field, change }) => [field, change])).toEqual([['item.price', 'gone']]);
    expect(notes).toContainEqual(
      expect.stringMatching(/^warning: item\.price: expected numbers, as in training, found it in none of 40 items/),
    );
    await onLog('whole', { heldOut: false, allowOverlap: true });
    expect(changed).toEqual([]);
  });

  it('fits 120 columns, the judge with it', async () => {
    const report = await onLog('fold1', { judge: at('fold2') });
    expect(report.measures.map(({ id }) => id)).toContain('judged');
    const lines = generatorText({ ...report, protocol: [] }).split('\n');
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(120);
    const judged = cellsOf(report, 'top').judged.mean;
    expect(judged).toBeGreaterThan(0);
    expect(judged).toBeLessThanOrEqual(2);
  });

  it('refuses what would make the figures too good, or mean nothing', async () => {
    await expect(onLog('whole', { heldOut: false })).rejects.toThrow('--allow-overlap');
    await expect(onLog('whole', {}, 'other.jsonl')).rejects.toThrow(/expected the log that .*whole was trained on/);
    await expect(onLog('refit')).rejects.toThrow('found one of --refit-all');
    const judges = { whole: 'found all users', fold1: 'found fold 1/2 against', third: 'found fold 2/3' };
    for (const [judge, sentence] of Object.entries(judges))
      await expect(onLog('fold1', { judge: at(judge) })).rejects.toThrow(sentence);
    await expect(onLog('fold1', { judge: at('other') })).rejects.toThrow('only there are the users');
    await expect(onLog('whole', { judge: at('fold2') })).rejects.toThrow(InputError);
  });

  it('asks of the scorer that taught a pointer what it asks of the maker', async () => {
    const taughtBy = async (name: string): Promise<Partial<LogTrialOptions>> => ({
      generators: [
        { name: 'pointer', generator: asLogged, taught: { folder: name, scorer: await loadModel(at(name)) } },
      ],
    });
    await expect(onLog('whole', await taughtBy('refit'))).rejects.toThrow(
      'refit: expected a model that has not learned',
    );
    const byJudge = { ...(await taughtBy('fold2')), judge: at('fold2') };
    await expect(onLog('fold1', byJudge)).rejects.toThrow('found fold 2/2 against fold 2/2');
  });

  it('says which generator learned another objective', async () => {
    const generators = [
      { name: 'pointer', generator: { ...asLogged, learnedObjective: 'any' } },
      { name: 'top', generator: generatorNamed('top') },
    ];
    const linesOf = async (objective: string): Promise<string> =>
      JSON.stringify((await onLog('whole', { generators, objective })).protocol);
    expect(await linesOf('clicks')).toContain('objective clicks; pointer learned any; each list');
    expect(await linesOf('any')).toContain('objective any; each list');
  });

  it('stops where it is told to', async () => {
    await expect(onLog('whole', { signal: AbortSignal.abort() })).rejects.toThrow('abort');
  });
});
