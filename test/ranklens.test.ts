import { existsSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { openDataset } from '../src/datasets/folder/dataset.ts';
import { importLog } from '../src/datasets/import/import-log.ts';
import { encodeDataset } from '../src/datasets/walk/encode-dataset.ts';
import { resolveRecipe, settingsDefaults } from '../src/jobs/settings.ts';
import { rocAuc } from '../src/metrics/roc-auc.ts';
import { createModel } from '../src/models/model.ts';
import { scorers } from '../src/models/scorers.ts';
import { createRng } from '../src/random/rng.ts';
import { trainScorer } from '../src/train/scorer/trainer.ts';

const data = process.env.SLATEWISE_DATA ?? resolve(import.meta.dirname, '../../shared/data');
const log = join(data, 'ranklens/events.jsonl.gz');
const found = existsSync(log);
if (!found)
  console.warn(
    `RankLens is not at ${log}: its tests are skipped; set SLATEWISE_DATA to the folder that holds ranklens/`,
  );

it.runIf(process.env.CI)('is there in CI', () => {
  expect(found).toBe(true);
});

it.runIf(found)('reads RankLens whole, and learns from it', async () => {
  const folder = join(await mkdtemp(join(tmpdir(), 'ranklens-')), 'data');
  const summary = await importLog(log, folder);
  expect(summary).toMatchObject({
    lists: 8114,
    clicks: 37_877,
    listsWithoutClick: 868,
    shownItems: 194_736,
    longestList: 24,
    items: 2520,
    itemsWithoutMetadata: 8,
    rejected: 0,
  });

  const settings = { ...settingsDefaults, split: { ...settingsDefaults.split, by: 'user' as const } };
  const encoded = await encodeDataset(await openDataset(folder), settings);
  expect(encoded.train.length + encoded.validation.length + encoded.test.length).toBe(8114);
  const { validation, spec } = encoded;
  const slates = encoded.slates.columns;
  const rates = [...validation].flatMap((index) => [
    ...slates.itemRateS.subarray(slates.offsets[index], slates.offsets[index + 1]),
  ]);
  const labels = [...validation].flatMap((index) => [
    ...slates.labelS.subarray(slates.offsets[index], slates.offsets[index + 1]),
  ]);
  const itemRateAuc = rocAuc(rates, labels);

  const config = { ...resolveRecipe('attention-bce', settings), epochs: 2 };
  const model = createModel(createRng(1), {
    scorer: scorers.named('attention'),
    spec,
    config: { ...config.model, positions: 24, listLength: 24, baseRate: 0.19, slateRate: 0.6 },
  });
  const { epochs } = await trainScorer(model, encoded, { config, seed: 1, workers: 2 });
  expect(epochs[1].metrics.rocAuc).toBeGreaterThan(itemRateAuc + 0.04);
});
