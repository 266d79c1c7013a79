import { createHash } from 'node:crypto';
import { mkdtemp, readdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { encodedDrinks, smallConfig } from '../../../test/encoded-drinks.ts';
import { settingsDefaults } from '../../jobs/settings.ts';
import { createModel } from '../../models/model.ts';
import { scorers } from '../../models/scorers.ts';
import { modelArrays, type Weights } from '../../models/tables/weights.ts';
import { createRng } from '../../random/rng.ts';
import { trainScorer } from '../../train/scorer/trainer.ts';
import { openDataset } from '../folder/dataset.ts';
import type { EncodedDataset } from '../walk/encode-dataset.ts';
import { encodeOnDisk } from '../walk/encode-on-disk.ts';
import type { SlateSource } from './slate-source.ts';

const IMPRESSIONS = 2600;
let folder: string;
let inMemory: EncodedDataset;
let onDisk: EncodedDataset<SlateSource>;
beforeAll(async () => {
  let data = '';
  inMemory = await encodedDrinks(IMPRESSIONS, { partial: 1, graph: undefined }, (imported) => {
    data = imported;
  });
  folder = await mkdtemp(join(tmpdir(), 'on-disk-'));
  const options = { ...settingsDefaults, graph: undefined, partial: 1, embeddingWidth: 4, historyLength: 3 };
  onDisk = await encodeOnDisk(await openDataset(data), { ...options, disk: { folder, held: 2 } });
}, 120_000);

it('is encoded bit for bit as in memory, in files', async () => {
  const { slates: _, memory: __, ...ours } = onDisk;
  const { slates: ___, memory: ____, ...theirs } = inMemory;
  expect(ours).toEqual(theirs);
  expect((await readdir(folder)).length).toBe(Math.ceil(onDisk.slates.count / 1024));
  expect(onDisk.slates.count).toBe(inMemory.slates.count);
});

it('gives the bits that memory gives of any lists, in any order', () => {
  const rng = createRng(5);
  for (let trial = 0; trial < 5; trial++) {
    const lists = Int32Array.from({ length: 40 }, () => rng.integer(inMemory.slates.count));
    const [ours, theirs] = [onDisk.slates, inMemory.slates];
    expect(ours.batch(lists)).toEqual(theirs.batch(lists));
    expect(ours.outcomes(lists)).toEqual(theirs.outcomes(lists));
    expect(ours.lengths(lists)).toEqual(theirs.lengths(lists));
    expect(ours.knownItems(lists)).toEqual(theirs.knownItems(lists));
    const digests = [ours, theirs].map((slates) => {
      const hash = createHash('sha256');
      slates.digest(hash, lists);
      return hash.digest('hex');
    });
    expect(digests[0]).toBe(digests[1]);
  }
  expect(onDisk.slates.hasPartial).toBe(true);
});

it('trains to the same weights from files as from memory, to the bit, with a window', async () => {
  const config = smallConfig('attention-bce', { epochs: 1, window: 512 });
  const weights: Weights[] = [];
  for (const { slates, train, validation, spec } of [inMemory, onDisk]) {
    const model = createModel(createRng(1), {
      scorer: scorers.named(config.scorer),
      config: { ...config.model, positions: 3, listLength: 3, baseRate: 0.3, slateRate: 0.6 },
      spec,
    });
    await trainScorer(model, { slates, train, validation }, { config, seed: 7, workers: 1 });
    weights.push(structuredClone(modelArrays(model)));
  }
  expect(weights[1]).toEqual(weights[0]);
}, 120_000);

it('says which file is damaged', async () => {
  await writeFile(join(folder, 'lists-0.bin'), 'nothing');
  const { slates } = onDisk;
  // Others take its place in memory first.
  slates.batch(Int32Array.of(1024, 2048, 3072));
  expect(() => slates.batch(Int32Array.of(3))).toThrow(
    /lists-0\.bin: expected the lists that were written there, found .*; train again/,
  );
});
