import { mkdtemp, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { encodedKinds, eventsOfKinds } from '../../test/encoded-kinds.ts';
import { randomStoredModel } from '../../test/random-model.ts';
import type { EncodedDataset } from '../datasets/walk/encode-dataset.ts';
import { fieldKindNames } from '../encoding/field-kinds/field-kinds.ts';
import { settingsDefaults } from '../jobs/settings.ts';
import { scorers } from '../models/scorers.ts';
import type { Calibration } from '../scoring/calibration/calibration.ts';
import type { ListHead } from '../scoring/list-head/list-head.ts';
import type { StoredModel } from '../scoring/model-folder.ts';
import { createSlateScorer } from '../scoring/slate-scorer.ts';
import type { RankingEvent } from '../slate/events.ts';
import { parseEvent } from '../slate/parse-event.ts';
import { largestDifference } from './check-export.ts';
import { exportedGraph } from './exported-graph.ts';
import { encodeTo } from './write-onnx.ts';

let encoded: EncodedDataset;
let requests: readonly RankingEvent[];

beforeAll(async () => {
  encoded = await encodedKinds(300, {
    encoders: { ...settingsDefaults.encoders, minCount: 2, itemIdMinCount: 5, userIdMinCount: 8 },
    graph: { fanOut: 3, clicks: 2, seed: 1 },
  });
  const later = eventsOfKinds(60, { from: 300 }).map((event) => parseEvent(event));
  const lists = later.filter((event): event is RankingEvent => event.event === 'ranking');
  const [first] = lists;
  // Nobody and nothing known, places out of order, and a question about the past.
  const odd: readonly RankingEvent[] = [
    {
      ...first,
      id: 'unknown',
      user: 'nobody',
      items: [
        { id: 'new', fields: {} },
        { id: 'newer', fields: {} },
      ],
    },
    { ...first, id: 'turned', items: first.items.map((item, k) => ({ ...item, position: first.items.length - k })) },
    { ...first, id: 'past', time: 1 },
    { ...first, id: 'one', items: first.items.slice(0, 1) },
  ];
  requests = [...lists, ...odd];
});

/** How far the exported file is from `score`, over all requests. */
async function differenceOf(stored: StoredModel, options: { readonly inlineBytes?: number } = {}): Promise<number> {
  const path = join(await mkdtemp(join(tmpdir(), 'export-')), 'scorer.onnx');
  await encodeTo(path, exportedGraph(stored), options);
  return largestDifference(path, stored, requests);
}

it('the log has a field of every kind of every scope', () => {
  const { item, user, ranking, rankedItem } = encoded.features.schema;
  for (const fields of [item, user, ranking])
    expect(new Set(fields.map(({ kind }) => kind))).toEqual(
      new Set(fields === ranking ? fieldKindNames.filter((name) => name !== 'ignored') : fieldKindNames),
    );
  expect(rankedItem.map(({ kind }) => kind)).toEqual(['time', 'numeric']);
});

it.each(scorers.names)('%s: the exported file answers as score does', async (scorer) => {
  expect(await differenceOf(randomStoredModel(encoded, { scorer }))).toBeLessThan(1e-6);
});

const calibrations: readonly Calibration[] = [
  { form: 'temperature', temperature: 1.7 },
  { form: 'platt', intercept: -0.3, slope: 0.8 },
  { form: 'isotonic', logits: [-1, -0.5, 0, 2], calibrated: [-1.5, -0.2, 0.1, 0.7] },
  { form: 'isotonic', logits: [0.1], calibrated: [-0.4] },
];
const correlated: ListHead = { form: 'correlated', weightsW: [0.3, -0.4, 0.2], center: [-1, 0.2], scale: [0.7, 0.9] };
const listHeads: readonly ListHead[] = [
  correlated,
  { form: 'calibrated', intercept: 0.2, slope: 0.7, items: { slope: 0.4, head: correlated } },
];

it.each(calibrations)('calibration %o is in the file', async (calibration) => {
  expect(await differenceOf({ ...randomStoredModel(encoded), calibration })).toBeLessThan(1e-6);
});

it.each(listHeads)('list head %o is in the file', async (listHead) => {
  expect(await differenceOf({ ...randomStoredModel(encoded), listHead })).toBeLessThan(1e-6);
});

it('what is too large for one file lies beside it', async () => {
  const stored = randomStoredModel(encoded);
  const folder = await mkdtemp(join(tmpdir(), 'export-'));
  const path = join(folder, 'scorer.onnx');
  await writeFile(`${path}.data`, 'of an earlier export');
  await encodeTo(path, exportedGraph(stored), { inlineBytes: 1000 });
  expect((await stat(`${path}.data`)).size).toBeGreaterThan(1000);
  expect(await largestDifference(path, stored, requests)).toBeLessThan(1e-6);
  await expect(createSlateScorer(stored)).resolves.toBeDefined();
});
