import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { exampleComparison } from '../../../test/example-comparison.ts';
import { compareSystems } from '../../measure/compare-systems.ts';
import { NOT_CALIBRATED } from '../../scoring/calibration/calibration.ts';
import { saveKeptLists } from '../recipes/kept-lists.ts';
import { saveRun } from '../recipes/run-store.ts';
import { resolveRecipe, settingsFrom } from '../settings.ts';
import { comparedAgain, type StoredComparison, storedComparison } from './stored-comparison.ts';

const { lists, predictions, options, curves } = exampleComparison();
const report = compareSystems(lists, predictions, options);
const references = predictions.filter(({ recipe }) => options.references?.includes(recipe));
const trained = predictions.filter((one) => !references.includes(one));
const config = resolveRecipe('attention-bce', settingsFrom({}, 'test'));

let folder = '';
let stored: StoredComparison;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stored-'));
  const runs = trained.map(({ recipe, seed }) => ({ recipe, seed, key: `key of ${recipe} ${seed}` }));
  await writeFile(
    join(folder, 'report.json'),
    JSON.stringify({ slatewise: 'report', ...report, curves, configs: {}, runs }),
  );
  const slices = [{ by: 'place', parts: [{ value: 'all', slotS: Int32Array.from(lists.labelS.keys()) }] }];
  await saveKeptLists(folder, { lists, references, slices });
  for (const { recipe, seed, valueS, threshold } of trained) {
    const place = join(folder, 'runs', `${recipe}-seed-${seed}`);
    await mkdir(place, { recursive: true });
    const testLogitS = Float32Array.from(valueS);
    const facts = {
      key: `key of ${recipe} ${seed}`,
      config: { ...config, recipe },
      seed,
      epochs: [],
      keptEpoch: 1,
      calibration: NOT_CALIBRATED,
      threshold,
      seconds: 1,
    };
    await saveRun(place, { ...facts, testLogitS, testListLogitB: new Float32Array(lists.userB.length) });
    await writeFile(join(place, 'run.json'), JSON.stringify(runCard(recipe, seed)));
  }
  stored = (await storedComparison(folder)) as StoredComparison;
});

const runCard = (recipe: string, seed: number): object => ({
  ...{
    slatewise: 'run',
    run: recipe,
    recipe,
    seed,
    data: 'x',
    state: 'finished',
    started: '',
    updated: '',
    seconds: 1,
    epochs: 1,
  },
  ...{ keptEpoch: 1, metrics: {}, process: { host: 'h', pid: 1 }, version: '0' },
});

describe('a stored comparison', () => {
  it('is what was compared', () => {
    expect(stored.report).toEqual(JSON.parse(JSON.stringify(report)));
    expect(stored.curves).toEqual(JSON.parse(JSON.stringify(curves)));
    expect(stored.figures).toBeUndefined();
  });

  it('is held against another recipe: same figures, differences seen from the other side', async () => {
    const again = await comparedAgain(folder, stored, { baseline: 'pointwise-bce', from: [] });
    expect(again.report.baseline).toBe('pointwise-bce');
    const rowOf = ({ systems }: typeof report, name: string) =>
      systems.find((row) => row.name === name)?.metrics.rocAuc;
    const before = rowOf(report, 'pointwise-bce');
    const after = rowOf(again.report, 'attention-bce');
    expect(after?.mean).toBeCloseTo(rowOf(report, 'attention-bce')?.mean ?? 0, 12);
    expect(after?.toBaseline?.points).toBeCloseTo(-(before?.toBaseline?.points ?? 0), 9);
    expect(after?.toBaseline?.low).toBeCloseTo(-(before?.toBaseline?.high ?? 0), 6);
    expect(again.figures?.curves.length).toBeGreaterThan(2);
    expect(again.figures?.slices[0].parts[0].items).toBe(lists.labelS.length);
  });

  it('says which recipes there are, and where a run is missing', async () => {
    await expect(comparedAgain(folder, stored, { baseline: 'attention-bse', from: [] })).rejects.toThrow(
      /baseline: expected one of .*did you mean "attention-bce"/,
    );
    const lost = { ...stored, runs: [{ recipe: 'attention-bce', seed: 9, key: 'x' }] };
    await expect(comparedAgain(folder, lost, { baseline: 'pointwise-bce', from: [] })).rejects.toThrow(
      /expected the run of attention-bce with seed 9 .* found none; name the folder that has it, --from on the command line/,
    );
  });

  it('is none where there is no report, and refused where it is of another format', async () => {
    const empty = await mkdtemp(join(tmpdir(), 'stored-'));
    expect(await storedComparison(empty)).toBeUndefined();
    await writeFile(join(empty, 'report.json'), '{"format":"slatewise-comparison/1"}');
    await expect(storedComparison(empty)).rejects.toThrow(
      /expected a comparison of format .*found "slatewise-comparison\/1"/,
    );
  });
});
