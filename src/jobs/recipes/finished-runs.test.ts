import { mkdtemp, readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { smallConfig } from '../../../test/encoded-drinks.ts';
import { simulateDrinks } from '../../simulator/drinks.ts';
import { writeSimulation } from '../../simulator/write-simulation.ts';
import { type Prepared, prepare } from '../prepare.ts';
import { silentReporter } from '../reporter.ts';
import { findRuns } from '../runs/find-runs.ts';
import { settingsDefaults } from '../settings.ts';
import { finishedRuns, type RunsOptions, secondsLeft } from './finished-runs.ts';
import type { FinishedRun } from './run-store.ts';

const config = smallConfig('attention-bce', { epochs: 1 });
let root: string;
let prepared: Prepared;
let first: readonly FinishedRun[];
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'finished-'));
  await writeSimulation(simulateDrinks({ impressions: 300, seed: 3 }), { log: join(root, 'log.jsonl') });
  const options = { settings: settingsDefaults, configs: [config], cacheFolder: root, reporter: silentReporter };
  prepared = await prepare(join(root, 'log.jsonl'), options);
  first = (await finish('first', { seeds: [1] })).runs;
});

async function finish(
  name: string,
  changes: Partial<RunsOptions>,
): Promise<{ readonly runs: readonly FinishedRun[]; readonly notes: readonly string[] }> {
  const notes: string[] = [];
  const reporter = { ...silentReporter, note: (text: string) => void notes.push(text) };
  const folder = join(root, name);
  const runs = await finishedRuns(prepared, {
    configs: [config],
    seeds: [1, 2],
    workers: 1,
    folder,
    reporter,
    ...changes,
  });
  if (!runs) throw new Error('interrupted by nobody');
  return { runs, notes };
}

it('takes what another folder has of the same training, and trains the rest', async () => {
  const known = await findRuns(join(root, 'first'));
  const { runs, notes } = await finish('second', { known });
  expect(runs.map(({ seed }) => seed)).toEqual([1, 2]);
  expect(runs[0]).toEqual(first[0]);
  const found = join(root, 'first', 'runs', 'attention-bce-seed-1');
  expect(notes[0]).toBe(`attention-bce seed 1: already trained, found in ${found}`);
  expect(notes[1]).toMatch(/^run 1 of 1: attention-bce, seed 2; about \d+ min left for all$/);
  expect(await readdir(join(root, 'second', 'runs'))).toEqual(['attention-bce-seed-2']);
  // What it trained itself it finds without being told.
  const again = await finish('second', { known });
  expect(again.runs).toEqual(runs);
  expect(again.notes.filter((note) => note.startsWith('run '))).toEqual([]);
});

it('takes nothing of another config, and says nothing of it', async () => {
  const known = await findRuns(join(root, 'first'));
  const other = { ...config, optimizer: { ...config.optimizer, learningRate: 0.002 } };
  const { runs, notes } = await finish('third', { known, configs: [other], seeds: [1] });
  expect(runs[0].config).toEqual(other);
  expect(runs[0].testLogitS).not.toEqual(first[0].testLogitS);
  expect(notes[0]).toBe('run 1 of 1: attention-bce, seed 1');
});

const run = (recipe: string, seconds: number, effort = 1) => ({ recipe, seconds, effort });
const left = (recipe: string, effort = 1) => ({ recipe, effort });

it.each([
  [[left('a')], [], undefined],
  [[], [run('a', 10)], 0],
  [[left('a'), left('a')], [run('a', 10), run('a', 20)], 30],
  [[left('a'), left('b')], [run('a', 10), run('c', 50)], 40],
  [[left('a', 100), left('a', 25)], [run('a', 30, 50)], 75],
])('the trainings %j take, by the runs %j, %s seconds', (wanted, runs, expected) => {
  expect(secondsLeft(wanted, runs)).toBe(expected);
});
