import { existsSync } from 'node:fs';
import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { smallConfig } from '../../../test/encoded-drinks.ts';
import { bestF1Threshold } from '../../metrics/best-f1-threshold.ts';
import { modelArrays } from '../../models/tables/weights.ts';
import { loadModel } from '../../scoring/model-folder.ts';
import { simulateDrinks } from '../../simulator/drinks.ts';
import { writeSimulation } from '../../simulator/write-simulation.ts';
import { type Prepared, prepare } from '../prepare.ts';
import { silentReporter } from '../reporter.ts';
import { readRunCard } from '../runs/run-card.ts';
import { settingsDefaults } from '../settings.ts';
import { fitRecipe } from './fit-recipe.ts';
import { type TrainedCard, trainModel } from './train-model.ts';

const config = smallConfig('two-stage', {
  epochs: 2,
  factors: undefined,
  firstStage: { losses: [{ name: 'pair', weight: 1 }], epochs: 6 },
});
let folder: string;
let prepared: Prepared;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'train-model-'));
  const log = join(folder, 'log.jsonl');
  await writeSimulation(simulateDrinks({ impressions: 300, seed: 3 }), { log });
  const options = { settings: settingsDefaults, configs: [config], cacheFolder: folder, reporter: silentReporter };
  prepared = await prepare(log, options);
});

/** Of the run that chose the epochs. */
let protocol: TrainedCard['protocol'];

async function weightsOf(name: string, refitAll: boolean, workers = 1): Promise<Buffer> {
  const path = join(folder, name);
  const notes: string[] = [];
  const reporter = { ...silentReporter, note: (text: string) => void notes.push(text) };
  const card = await trainModel(prepared, { config, seed: 1, workers, folder: path, refitAll, reporter });
  expect(card?.protocol.refitOnAll).toBe(refitAll);
  expect(notes.some((note) => note.includes('again on all 300 lists'))).toBe(refitAll);
  if (card) protocol = card.protocol;
  return readFile(join(path, 'weights.bin'));
}

it('refit on all trains anew on every list, bitwise the same for any number of workers', async () => {
  const chosen = await weightsOf('chosen', false);
  const refitted = await weightsOf('refitted', true);
  expect(refitted.equals(chosen)).toBe(false);
  expect((await weightsOf('again', true, 2)).equals(refitted)).toBe(true);
});

it('says until when it learned: before the lists held out by time, which a training on every list has none of', async () => {
  const cardOf = async (refitAll: boolean) => {
    await weightsOf('until', refitAll);
    return (await loadModel(join(folder, 'until'))).card;
  };
  const { times } = await prepared.dataset.impressionFacts();
  const { listB, test } = prepared.encoded;
  const { learnedUntil, knownUntil } = await cardOf(false);
  expect([learnedUntil, knownUntil]).toEqual([times[listB[test[0]] - 1], times[times.length - 1]]);
  expect(learnedUntil).toBeLessThan(times[listB[test[0]]]);
  expect((await cardOf(true)).learnedUntil).toBeUndefined();
});

it('leaves in the model folder how the training went: a line for each epoch with all its losses and metrics', async () => {
  await weightsOf('told', false);
  const path = join(folder, 'told');
  const lines = (await readFile(join(path, 'metrics.jsonl'), 'utf8')).trimEnd().split('\n');
  for (const [at, record] of protocol.epochs.entries()) {
    const { train, validation, metrics } = record;
    expect(JSON.parse(lines[at])).toEqual({
      ...{ run: 'told', recipe: 'two-stage', seed: 1, epoch: at + 1 },
      ...{ time: expect.any(String), seconds: expect.any(Number) },
      ...{ 'train/loss': train.total, 'train/logLoss': train.logLoss, 'train/term/bce': train.terms.bce },
      'train/gradientOnNegatives': record.gradientOnNegatives,
      ...{ 'validation/loss': validation.total, 'validation/term/bce': validation.terms.bce },
      ...{ 'validation/logLoss': metrics.logLoss, 'validation/rocAuc': metrics.rocAuc },
      'validation/ndcgAt10': metrics.ndcgAt10,
    });
  }
  expect(lines).toHaveLength(protocol.epochs.length);
  expect(JSON.parse(await readFile(join(path, 'config.json'), 'utf8'))).toEqual(JSON.parse(JSON.stringify(config)));
  const facts = await readRunCard(path);
  expect(facts).toMatchObject({ run: 'told', state: 'finished', keptEpoch: protocol.keptEpoch, data: prepared.path });
  // As any model, it is replaced by the next one.
  await weightsOf('told', false);
});

it("stores the item rate's threshold, chosen on validation like the model's own", async () => {
  await weightsOf('thresholds', false);
  const { labelS, itemRateS } = prepared.encoded.slates.outcomes(prepared.encoded.validation);
  expect(protocol.itemRateThreshold).toBe(bestF1Threshold(itemRateS, labelS).threshold);
});

it('refit on all takes both epochs from the run that chose them on lists it did not learn from', async () => {
  await weightsOf('both', true);
  const { slates, train, validation, test } = prepared.encoded;
  const all = Int32Array.from([...train, ...validation, ...test]).sort();
  const { keptEpoch, firstStageEpoch } = protocol;
  expect(firstStageEpoch).toBeGreaterThan(0);
  const told = { config, seed: 1, workers: 1, reporter: silentReporter, keep: 'last', stopAfter: keptEpoch } as const;
  const trainedFor = async (firstStageEpochs: number | undefined): Promise<unknown> =>
    modelArrays((await fitRecipe(prepared, { slates, train: all, validation }, { ...told, firstStageEpochs })).model);
  const stored = modelArrays((await loadModel(join(folder, 'both'))).model);
  expect(stored).toEqual(await trainedFor(firstStageEpoch));
  expect(stored).not.toEqual(await trainedFor(firstStageEpoch === 1 ? 2 : 1));
});

it.each([
  ['workers: expected a whole number from 1', { workers: 0 }],
  ['seed: expected a number, found NaN', { seed: Number.NaN }],
])('refuses options that are none: %s', async (sentence, wrong) => {
  const options = { config, seed: 1, workers: 1, folder: join(folder, 'refused'), reporter: silentReporter };
  await expect(trainModel(prepared, { ...options, ...wrong })).rejects.toThrow(sentence);
});

it('refuses before any work a place where something else stands, or within a model', async () => {
  const options = { config, seed: 1, workers: 1, reporter: silentReporter };
  await expect(trainModel(prepared, { ...options, folder: join(folder, 'both', 'inner') })).rejects.toThrow(
    'expected a place outside of data sets and models',
  );
  await expect(trainModel(prepared, { ...options, folder: prepared.dataset.folder })).rejects.toThrow(
    'found a folder without model.json',
  );
  expect(existsSync(`${prepared.dataset.folder}.training`)).toBe(false);
});
