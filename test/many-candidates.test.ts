import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { openDataset } from '../src/datasets/folder/dataset.ts';
import { importLog } from '../src/datasets/import/import-log.ts';
import { type EncodedDataset, encodeDataset } from '../src/datasets/walk/encode-dataset.ts';
import { createCandidateSet } from '../src/encoding/batches/candidate-set.ts';
import { topGenerator } from '../src/generate/generators/top-generator.ts';
import { createSlateGenerator } from '../src/generate/request/slate-generator.ts';
import { settingsDefaults } from '../src/jobs/settings.ts';
import { createCandidateScorer } from '../src/scoring/candidate-scorer.ts';
import type { StoredModel } from '../src/scoring/model-folder.ts';
import type { RankingEvent } from '../src/slate/events.ts';
import { randomStoredModel } from './random-model.ts';

const ITEMS = 10_000;
const START = 1_700_000_000_000;
let encoded: EncodedDataset;
let stored: StoredModel;

/** A market of many items, each with a price and three tags, of which a few lists were shown. */
beforeAll(async () => {
  const items = Array.from({ length: ITEMS }, (_, i) => ({
    ...{ event: 'item', item: `i${i}`, timestamp: START },
    fields: [
      { name: 'price', value: (i * 37) % 1009 },
      { name: 'tags', value: [i % 11, (i * i) % 13, (i * 7) % 17].map((tag, at) => `${'abc'[at]}${tag}`) },
    ],
  }));
  const lists = Array.from({ length: 60 }, (_, r) => {
    const shown = Array.from({ length: 8 }, (__, k) => ({ id: `i${(r * 131 + k * 17) % ITEMS}` }));
    const timestamp = START + (r + 1) * 60_000;
    return [
      { event: 'ranking', id: `r${r}`, timestamp, user: `u${r % 5}`, items: shown },
      { event: 'interaction', ranking: `r${r}`, timestamp: timestamp + 1000, type: 'click', item: shown[r % 8].id },
    ];
  });
  const folder = await mkdtemp(join(tmpdir(), 'many-'));
  const lines = [...items, ...lists.flat()].map((event) => JSON.stringify(event));
  await writeFile(join(folder, 'log.jsonl'), lines.join('\n'));
  await importLog(join(folder, 'log.jsonl'), join(folder, 'data'));
  encoded = await encodeDataset(await openDataset(join(folder, 'data')), { ...settingsDefaults, graph: undefined });
  stored = randomStoredModel(encoded, { config: { listRelative: true } });
});

const requestOf = (count: number): RankingEvent => ({
  ...{ event: 'ranking', id: 'q', time: START + 1e9, user: 'u1', fields: {} },
  items: Array.from({ length: count }, (_, i) => ({ id: `i${i}`, fields: {} })),
});

it('composes the best ten of 10,000 candidates, in the order of what each is worth', async () => {
  const generator = await createSlateGenerator(stored, {
    ...{ generator: topGenerator, workers: 1, objective: 'clicks', seed: 1, size: 10 },
  });
  const scorer = await createCandidateScorer(stored, { workers: 1 });
  try {
    const { items } = await generator.generate(requestOf(ITEMS));
    const alone = await scorer
      .open(requestOf(ITEMS))
      .score(Array.from({ length: ITEMS }, (_, n) => Int32Array.of(n, ...new Array<number>(9).fill(-1))));
    const best = [...alone.logits.keys()].sort((a, b) => alone.logits[b] - alone.logits[a] || a - b).slice(0, 10);
    expect(items.map(({ item }) => item)).toEqual(best.map((n) => `i${n}`));
  } finally {
    await Promise.all([generator.close(), scorer.close()]);
  }
});

it('likens many candidates pair by pair to the bit as few all at once', () => {
  const setOf = (count: number) => {
    const request = requestOf(count);
    return createCandidateSet(stored.encoder.candidates(request, stored.memory), stored.features);
  };
  const [few, many] = [setOf(1000), setOf(1001)];
  const pairs = Array.from({ length: 20_000 }, (_, at) => [(at * 7919) % 1000, (at * 104_729) % 1000]);
  const told = pairs.map(([one, other]) => few.likeness(one, other));
  expect(pairs.map(([one, other]) => many.likeness(one, other))).toEqual(told);
  expect(new Set(told).size).toBeGreaterThan(10);
});

it('refuses more candidates than it has room for, in one sentence', async () => {
  const scorer = await createCandidateScorer(stored, { workers: 1 });
  expect(() => scorer.open(requestOf(50_001))).toThrow(
    'request q: expected at most 50000 candidates, found 50001; leave out those that a first stage thinks least of',
  );
  await scorer.close();
});
