import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { openDataset } from '../src/datasets/folder/dataset.ts';
import { importLog } from '../src/datasets/import/import-log.ts';
import { type EncodedDataset, encodeDataset } from '../src/datasets/walk/encode-dataset.ts';
import { settingsDefaults } from '../src/jobs/settings.ts';
import { createModel, type Model } from '../src/models/model.ts';
import { scorers } from '../src/models/scorers.ts';
import { modelArrays, type Weights } from '../src/models/tables/weights.ts';
import { createRng } from '../src/random/rng.ts';
import { predict } from '../src/scoring/predict.ts';
import { createScoringPool } from '../src/scoring/scoring-pool.ts';
import { createSlateScorer } from '../src/scoring/slate-scorer.ts';
import { trainScorer } from '../src/train/scorer/trainer.ts';
import { collateStep } from '../src/train/scorer/training-step.ts';
import { smallConfig } from './encoded-drinks.ts';
import { encodedMarket } from './encoded-market.ts';

const LONG = 300;
let encoded: EncodedDataset;
beforeAll(async () => {
  encoded = await encodedLists([LONG, 5, 20, LONG, 7, 3, LONG, LONG, 12, LONG, LONG, 30, 9, LONG, 4, LONG]);
});

/** A log of lists of these lengths, encoded. */
async function encodedLists(lengths: readonly number[]): Promise<EncodedDataset> {
  const start = 1_700_000_000_000;
  const item = (i: number): unknown => ({
    event: 'item',
    item: `i${i}`,
    timestamp: start,
    fields: [{ name: 'price', value: i % 97 }],
  });
  const list = (length: number, r: number): readonly unknown[] => {
    const time = start + (r + 1) * 60_000;
    const items = Array.from({ length }, (_, k) => ({ id: `i${(r * 7 + k) % LONG}` }));
    return [
      { event: 'ranking', id: `r${r}`, timestamp: time, user: `u${r % 3}`, items },
      { event: 'interaction', ranking: `r${r}`, timestamp: time + 1000, type: 'click', item: items[r % length].id },
    ];
  };
  const events = [...Array.from({ length: LONG }, (_, i) => item(i)), ...lengths.flatMap(list)];
  const folder = await mkdtemp(join(tmpdir(), 'long-'));
  await writeFile(join(folder, 'log.jsonl'), events.map((event) => JSON.stringify(event)).join('\n'));
  await importLog(join(folder, 'log.jsonl'), join(folder, 'data'));
  return encodeDataset(await openDataset(join(folder, 'data')), { ...settingsDefaults, graph: undefined });
}

function freshModel(): Model {
  const config = smallConfig('attention-triplet');
  return createModel(createRng(1), {
    scorer: scorers.named(config.scorer),
    config: { ...config.model, positions: LONG, listLength: LONG, baseRate: 0.1, slateRate: 0.6 },
    spec: encoded.spec,
  });
}

test('a step of lists of any length is cut into micro-batches of like cost, every list in one of them', () => {
  const { slates } = encoded;
  const batches = collateStep(
    slates,
    Int32Array.from({ length: slates.count }, (_, n) => n),
    64,
  );
  expect(batches.reduce((sum, { B }) => sum + B, 0)).toBe(slates.count);
  expect(batches.length).toBeGreaterThan(1);
  expect(Math.max(...batches.map(({ B, K }) => B * K * K))).toBeLessThanOrEqual(640_000);
});

test('training on long lists, with dropout, gives the same weights for any number of workers', async () => {
  const weights: Weights[] = [];
  for (const workers of [1, 2]) {
    const model = freshModel();
    const config = smallConfig('attention-triplet', { epochs: 2, batch: 16, microBatch: 16 });
    await trainScorer(model, encoded, { config, seed: 3, workers });
    weights.push(structuredClone(modelArrays(model)));
  }
  expect(weights[1]).toEqual(weights[0]);
  expect(Object.values(weights[0]).every((values) => values.every(Number.isFinite))).toBe(true);
});

test('a request of more items than any memory is sure to hold is refused before it is encoded', async () => {
  const { scorer: stored } = await encodedMarket(60);
  const scorer = await createSlateScorer(stored, { workers: 1 });
  const items = Array.from({ length: 4001 }, (_, n) => ({ id: `i${n}`, fields: {} }));
  try {
    await expect(
      scorer.score([{ event: 'ranking', id: 'q', time: 1.9e12, user: '', fields: {}, items }]),
    ).rejects.toThrow('request q: expected at most 4000 items, found 4001');
  } finally {
    await scorer.close();
  }
});

test('a list is scored alike beside long lists and by itself', async () => {
  const model = freshModel();
  const { slates } = encoded;
  const pool = await createScoringPool(model, 2);
  try {
    const together = await predict(pool, model.tables, {
      slates,
      indices: Int32Array.from({ length: slates.count }, (_, n) => n),
    });
    for (let n = 0; n < slates.count; n++) {
      const { logits } = await predict(pool, model.tables, { slates, indices: Int32Array.of(n) });
      const beside = together.logits.subarray(together.offsets[n], together.offsets[n + 1]);
      expect(Math.max(...logits.map((logit, k) => Math.abs(logit - beside[k])))).toBeLessThan(1e-5);
    }
  } finally {
    await pool.close();
  }
});
