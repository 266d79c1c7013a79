import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join, relative } from 'node:path';
import { expect, it } from 'vitest';
import { cardOf, recordedRuns } from '../../../test/recorded-runs.ts';
import { type FoundRun, findRuns, isAskedFor, runsBelow } from './find-runs.ts';
import { readRunCard } from './run-card.ts';

const bce = { recipe: 'attention-bce' };

it('finds runs in a folder and below it, in the order of their names, each once', async () => {
  const root = await recordedRuns({
    'tuned/trials/10-ab': bce,
    'tuned/trials/2-cd': bce,
    'models/a.training': bce,
    'models/a.training/folds/1-of-2': bce,
    'node_modules/none': bce,
    '.cache/none': bce,
  });
  await symlink(join(root, 'models'), join(root, 'linked'));
  await mkdir(join(root, 'other'));
  await writeFile(join(root, 'other/run.json'), '{"run":"of another program"}');
  const found = await findRuns(root);
  expect(found.map(({ folder }) => relative(root, folder))).toEqual([
    'models/a.training',
    'models/a.training/folds/1-of-2',
    'tuned/trials/2-cd',
    'tuned/trials/10-ab',
  ]);
  const [trial] = await findRuns(join(root, 'tuned/trials/2-cd'));
  expect(trial).toMatchObject({ ...bce, folder: join(root, 'tuned/trials/2-cd'), state: 'finished', holds: 'run' });
});

it('finds a run once that is below two folders, as the first names it', async () => {
  const root = await recordedRuns({ 'runs/a': bce, 'runs/b': bce });
  const found = await runsBelow([join(root, 'runs/b'), root, join(root, 'runs/../runs/a')]);
  expect(found.map(({ folder }) => folder)).toEqual([join(root, 'runs/b'), join(root, 'runs/a')]);
});

it('says what else the folder holds', async () => {
  const root = await recordedRuns({ a: bce, b: bce });
  await writeFile(join(root, 'a/model.json'), '{"format":7,"scorer":"attention","card":{}}');
  await writeFile(join(root, 'b/pointer.json'), '{"format":3,"kind":"generator","card":{}}');
  expect((await findRuns(root)).map(({ holds }) => holds)).toEqual(['model', 'generator']);
});

it('a run whose process is gone was interrupted; of another machine it is believed', async () => {
  const root = await recordedRuns({ a: bce });
  const card = { ...(await readRunCard(join(root, 'a'))) };
  const stateOf = async (process: { readonly host: string; readonly pid: number }): Promise<unknown> => {
    await cardOf(join(root, 'a'), card, { state: 'running', process });
    return (await findRuns(root))[0].state;
  };
  expect(await stateOf({ host: hostname(), pid: process.pid })).toBe('running');
  // No system gives out so large a number.
  expect(await stateOf({ host: hostname(), pid: 2 ** 31 - 1 })).toBe('interrupted');
  expect(await stateOf({ host: 'elsewhere', pid: 2 ** 31 - 1 })).toBe('running');
});

it('refuses a folder that is not there, and a file', async () => {
  const root = await recordedRuns({ a: bce });
  await expect(findRuns(join(root, 'none'))).rejects.toThrow('expected a folder with runs, found no such folder');
  await writeFile(join(root, 'log.jsonl'), '');
  await expect(findRuns(join(root, 'log.jsonl'))).rejects.toThrow('expected a folder with runs, found a file; check');
  await expect(findRuns(join(root, 'a/run.json'))).rejects.toThrow('expected a folder with runs');
  expect(await findRuns(join(root, 'a/..', 'a'))).toHaveLength(1);
});

it.each([
  [{}, true],
  [{ recipe: ['prm', 'attention-bce'] }, true],
  [{ recipe: ['attention'] }, false],
  [{ data: 'sim' }, true],
  [{ data: 'sims' }, false],
  [{ state: ['failed', 'interrupted'] as const }, true],
  [{ state: ['finished'] as const }, false],
  [{ recipe: ['attention-bce'], data: 'other' }, false],
])('asks for runs by %j: %j', (filter, expected) => {
  const run = { recipe: 'attention-bce', data: 'data/sim.jsonl', state: 'interrupted' } as FoundRun;
  expect(isAskedFor(run, filter)).toBe(expected);
});
