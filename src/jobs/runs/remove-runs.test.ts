import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { cardOf, recordedRuns } from '../../../test/recorded-runs.ts';
import { findRuns } from './find-runs.ts';
import { type Removal, removalOf, removeRun } from './remove-runs.ts';
import { readRunCard } from './run-card.ts';

const bce = { recipe: 'attention-bce' };
const removals = async (root: string): Promise<readonly Removal[]> =>
  Promise.all((await findRuns(root)).map(removalOf));
const entries = async (root: string): Promise<readonly string[]> =>
  (await readdir(root, { recursive: true, encoding: 'utf8' })).sort();

it('takes what the program wrote, checkpoints too, and the folder with it', async () => {
  const root = await recordedRuns({ 'runs/a': bce, 'runs/b': bce });
  await mkdir(join(root, 'runs/a/checkpoint-0123456789abcdef'));
  await writeFile(join(root, 'runs/a/checkpoint-0123456789abcdef/checkpoint.bin'), Buffer.alloc(100_000));
  await writeFile(join(root, 'runs/a/run.bin'), 'x');
  const [removal] = await removals(root);
  expect(removal.bytes).toBeGreaterThan(100_000);
  expect(removal.bytes).toBeLessThan(103_000);
  const before = await entries(root);
  await removeRun(removal);
  expect(await entries(root)).toEqual(before.filter((path) => !path.startsWith('runs/a')));
});

it('leaves what somebody else put there', async () => {
  const root = await recordedRuns({ a: bce });
  await writeFile(join(root, 'a/notes.txt'), 'mine');
  await mkdir(join(root, 'a/checkpoint-mine'));
  for (const removal of await removals(root)) await removeRun(removal);
  expect(await entries(root)).toEqual(['a', 'a/checkpoint-mine', 'a/notes.txt']);
});

it('takes the mark of a training under way when nothing else is left, also of one share of the users', async () => {
  const root = await recordedRuns({ 'a.training': bce, 'b.training/folds/1-of-2': bce, 'c.training': bce });
  for (const name of ['a', 'b', 'c'])
    await writeFile(join(root, `${name}.training/slatewise.json`), '{"slatewise":"training"}');
  await writeFile(join(root, 'c.training/notes.txt'), 'mine');
  for (const removal of await removals(root)) await removeRun(removal);
  expect(await entries(root)).toEqual(['c.training', 'c.training/notes.txt', 'c.training/slatewise.json']);
});

it('leaves models, generators and what is running', async () => {
  const root = await recordedRuns({ model: bce, pointer: bce, running: bce });
  await writeFile(join(root, 'model/model.json'), '{"format":7,"scorer":"attention","card":{}}');
  await writeFile(join(root, 'pointer/pointer.json'), '{"format":3,"kind":"generator","card":{}}');
  const card = { ...(await readRunCard(join(root, 'running'))) };
  await cardOf(join(root, 'running'), card, { state: 'running', process: { host: hostname(), pid: process.pid } });
  const before = await entries(root);
  const asked = await removals(root);
  expect(asked.map(({ stays }) => stays)).toEqual([
    'its folder is a model',
    'its folder is a generator',
    'it is running',
  ]);
  for (const removal of asked) await removeRun(removal);
  expect(await entries(root)).toEqual(before);
});
