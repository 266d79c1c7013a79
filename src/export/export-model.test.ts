import { mkdtemp, readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { encodedKinds } from '../../test/encoded-kinds.ts';
import { randomStoredModel } from '../../test/random-model.ts';
import { exportModel } from './export-model.ts';

it('an export is a folder that says of itself what it answers', async () => {
  const encoded = await encodedKinds(300, { graph: { fanOut: 3, clicks: 2, seed: 1 } });
  const folder = join(await mkdtemp(join(tmpdir(), 'export-')), 'a');
  const summary = await exportModel(folder, randomStoredModel(encoded));
  expect(summary.difference).toBeLessThan(1e-6);
  expect(summary.lists).toBeGreaterThan(10);
  expect((await readdir(folder)).toSorted()).toEqual([
    'README.md',
    'checks.jsonl',
    'export.json',
    'features.json',
    'items.parquet',
    'memory.json',
    'scorer.onnx',
    'slatewise_model',
    'users.parquet',
  ]);
  expect((await readFile(join(folder, 'checks.jsonl'), 'utf8')).trimEnd().split('\n')).toHaveLength(summary.lists);
});
