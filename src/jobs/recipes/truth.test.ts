import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeAll, expect, it } from 'vitest';
import { type Dataset, openDataset } from '../../datasets/folder/dataset.ts';
import { importLog } from '../../datasets/import/import-log.ts';
import type { ComparisonReport } from '../../measure/comparison-report.ts';
import { type SimulatedRow, simulate } from '../../simulator/simulate.ts';
import { simulationDefaults } from '../../simulator/simulation-options.ts';
import { trueMarket } from '../../simulator/true-market.ts';
import { writeSimulation } from '../../simulator/write-simulation.ts';
import { InputError } from '../../slate/input-error.ts';
import { gapShares, readSimulation, readTruth, TRUTH } from './truth.ts';

const simulation = {
  ...simulationDefaults,
  impressions: 60,
  seed: 2,
  items: 40,
  users: 10,
  slateSize: { from: 2, to: 4 },
  propensities: true,
};
let folder: string;
let dataset: Dataset;
let rows: readonly SimulatedRow[];
const at = (name: string): string => join(folder, name);
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'truth-'));
  rows = [...simulate(simulation)];
  await writeSimulation(rows, { log: at('log.jsonl'), truth: at('truth.jsonl.gz'), header: { simulation } });
  await writeSimulation(rows, { log: at('same.jsonl'), truth: at('headless.jsonl') });
  await importLog(at('log.jsonl'), at('data'));
  dataset = await openDataset(at('data'));
});

/** A report with log losses and nothing else. */
const reportOf = (losses: Readonly<Record<string, number | null>>): ComparisonReport =>
  ({
    systems: Object.entries(losses).map(([name, mean]) => ({
      name,
      kind: name === TRUTH ? 'reference' : 'recipe',
      metrics: { logLoss: { mean } },
    })),
  }) as unknown as ComparisonReport;

it('tells how much of the gap to the truth is closed, where there is one', () => {
  const isPointwise = (name: string): boolean => name.startsWith('pointwise');
  const losses = { 'pointwise-a': 0.5, 'pointwise-b': 0.4, list: 0.35, [TRUTH]: 0.3 };
  expect(gapShares(reportOf(losses), isPointwise)).toEqual([
    { recipe: 'list', pointwise: 'pointwise-b', share: expect.closeTo(0.5, 12) },
  ]);
  for (const truth of [0.4, 0.41, null])
    expect(gapShares(reportOf({ ...losses, [TRUTH]: truth }), isPointwise)).toEqual([]);
});

it('reads the truth with its first line and without', async () => {
  const truths = rows.flatMap((row) => ('truth' in row ? [row.truth.items.map(({ probability }) => probability)] : []));
  const wanted = Int32Array.of(3, 0, 59);
  const expected = [...wanted].flatMap((index) => truths[index]);
  for (const name of ['truth.jsonl.gz', 'headless.jsonl'])
    expect([...(await readTruth(at(name), dataset, wanted))]).toEqual(expected);
});

it('says what was simulated, so that the world can be made again', async () => {
  const found = await readSimulation(at('truth.jsonl.gz'));
  expect(found).toEqual(simulation);
  if (!found) return;
  const ranking = rows.flatMap((row) => ('event' in row && row.event.event === 'ranking' ? [row.event] : []))[0];
  const ids = ranking.items.map(({ id }) => id);
  expect(await readTruth(at('truth.jsonl.gz'), dataset, Int32Array.of(0))).toEqual(
    trueMarket(found).probabilities(ranking.user, ids),
  );
  expect(await readSimulation(at('headless.jsonl'))).toBeUndefined();
});

it('propensities survive log and import', async () => {
  const propensities: unknown[] = [];
  for await (const row of dataset.rows())
    if (row.kind === 'impression') propensities.push(row.impression.ranking.items.map(({ propensity }) => propensity));
  expect(propensities).toEqual(
    rows.flatMap((row) =>
      'event' in row && row.event.event === 'ranking' ? [row.event.items.map(({ propensity }) => propensity)] : [],
    ),
  );
});

it('answers what is no truth file with one sentence', async () => {
  await writeFile(at('log-as-truth.jsonl'), '{"event":"item","item":"a"}\n');
  const gzipped = gzipSync(JSON.stringify({ list: 'r1', items: [] }).repeat(2000));
  await writeFile(at('cut.jsonl.gz'), gzipped.subarray(0, gzipped.length / 2));
  for (const name of ['log-as-truth.jsonl', 'cut.jsonl.gz', 'missing.jsonl', 'missing.jsonl.gz'])
    await expect(readTruth(at(name), dataset, Int32Array.of(0))).rejects.toThrow(/expected the truth file/);
});

it('refuses the truth of another simulation, though ids and lengths agree', async () => {
  const wanted = Int32Array.from({ length: 60 }, (_, index) => index);
  const one = { ...simulation, slateSize: 3 };
  await writeSimulation(simulate(one), { log: at('one.jsonl') });
  await importLog(at('one.jsonl'), at('one'));
  const data = await openDataset(at('one'));
  for (const changed of [{ seed: 3 }, { users: 11 }, { items: 41 }]) {
    const other = { ...one, ...changed };
    const truth = at('other-truth.jsonl');
    await writeSimulation(simulate(other), { log: at('other.jsonl'), truth, header: { simulation: other } });
    await expect(readTruth(truth, data, wanted)).rejects.toThrow(
      /as it is in the log, found another list of this id; give/,
    );
  }
  const fewer = { ...one, impressions: 20 };
  await writeSimulation(simulate(fewer), { log: at('other.jsonl'), truth: at('fewer-truth.jsonl') });
  await expect(readTruth(at('fewer-truth.jsonl'), data, wanted)).rejects.toThrow(InputError);
});

it('tells whose list it is, where nothing else does', async () => {
  const truth = JSON.stringify(rows.flatMap((row) => ('truth' in row ? [row.truth] : []))[0]);
  const first = Int32Array.of(0);
  await writeFile(at('own.jsonl'), `${truth}\n`);
  await readTruth(at('own.jsonl'), dataset, first);
  await writeFile(at('other.jsonl'), `${truth.replace(/"user":"[^"]*"/, '"user":"somebody else"')}\n`);
  await expect(readTruth(at('other.jsonl'), dataset, first)).rejects.toThrow('found another list of this id');
  // Files from before it was told.
  await writeFile(at('old.jsonl'), `${truth.replace(/"user":"[^"]*",/, '')}\n`);
  expect(await readTruth(at('old.jsonl'), dataset, first)).toEqual(await readTruth(at('own.jsonl'), dataset, first));
  await writeFile(at('broken.jsonl'), `${truth.replace(/"items":\[.*\]/, '"items":[null]')}\n`);
  await expect(readTruth(at('broken.jsonl'), dataset, first)).rejects.toThrow(InputError);
});
