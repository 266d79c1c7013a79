import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { FoundRun } from '../runs/find-runs.ts';
import { storedCurves } from './stored-curves.ts';

it('are read line by line; a line that a crash cut, and one without losses, is passed over', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'curves-'));
  const line = {
    ...{ epoch: 1, 'train/loss': 0.5, 'train/logLoss': 0.4, 'train/term/bce': 0.4, 'train/term/listNet': 1.2 },
    ...{ 'validation/loss': 0.6, 'validation/logLoss': null, 'validation/term/bce': 0.5, 'validation/rocAuc': 0.7 },
  };
  const text = [JSON.stringify(line), '{"epoch":2,"train/imitationLoss":1}', '{"epoch":3,"train/lo'].join('\n');
  await writeFile(join(folder, 'metrics.jsonl'), text);
  const run = { folder, recipe: 'a', seed: 2, keptEpoch: 1 } as FoundRun;
  const empty = { ...run, folder: join(folder, 'none') };
  expect(await storedCurves([run, empty])).toEqual([
    {
      recipe: 'a',
      seed: 2,
      keptEpoch: 1,
      epochs: [
        {
          epoch: 1,
          train: { total: 0.5, terms: { bce: 0.4, listNet: 1.2 }, logLoss: 0.4 },
          validation: { total: 0.6, terms: { bce: 0.5 }, logLoss: Number.NaN },
          metric: 0.7,
        },
      ],
    },
  ]);
});
