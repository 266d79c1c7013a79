import { appendFile, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import type { EpochValues } from './epoch-values.ts';
import { recordRun } from './record-run.ts';
import { readRunCard } from './run-card.ts';
import type { RunStart } from './run-start.ts';

let start: RunStart;
beforeEach(async () => {
  const folder = join(await mkdtemp(join(tmpdir(), 'run-')), 'runs', 'a');
  start = { folder, run: 'a', recipe: 'attention-bce', seed: 2, data: 'data/sim', config: { recipe: 'attention-bce' } };
});

const epoch = (n: number): EpochValues => ({
  epoch: n,
  values: { 'train/loss': 1 / n, 'validation/rocAuc': n === 1 ? Number.NaN : 0.5 + n / 100 },
});
const upTo = (n: number): readonly EpochValues[] => Array.from({ length: n }, (_, at) => epoch(at + 1));

const linesOf = async ({ folder }: RunStart): Promise<readonly Readonly<Record<string, unknown>>[]> =>
  (await readFile(join(folder, 'metrics.jsonl'), 'utf8'))
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
const epochsOf = async (run: RunStart): Promise<readonly unknown[]> => (await linesOf(run)).map((line) => line.epoch);

/** Tells epochs one after the other, from those of before on. */
const train = (run: RunStart, { from = 0, to }: { from?: number; to: number }): Promise<number | undefined> =>
  recordRun(run, async (log) => {
    for (let n = from; n <= to; n++) await log.epochs(upTo(n), Math.min(n, 2));
    return to;
  });

describe('a run folder', () => {
  it('has a line for each epoch, written as it comes, with every value and the seconds', async () => {
    await recordRun(start, async (log) => {
      await log.epochs([], 0);
      expect(await readFile(join(start.folder, 'metrics.jsonl'), 'utf8')).toBe('');
      expect(await readRunCard(start.folder)).toMatchObject({
        state: 'running',
        epochs: 0,
        keptEpoch: 0,
        metrics: {},
      });
      await log.epochs(upTo(1), 1);
      expect(await epochsOf(start)).toEqual([1]);
      await log.epochs(upTo(2), 2);
      return true;
    });
    const [first, second] = await linesOf(start);
    expect(Object.keys(first).slice(0, 6)).toEqual(['run', 'recipe', 'seed', 'epoch', 'time', 'seconds']);
    expect(first).toMatchObject({
      run: 'a',
      recipe: 'attention-bce',
      seed: 2,
      'train/loss': 1,
      'validation/rocAuc': null,
    });
    expect(second).toMatchObject({ epoch: 2, 'train/loss': 0.5, 'validation/rocAuc': 0.52 });
    for (const { time, seconds } of [first, second]) {
      expect(new Date(String(time)).toISOString()).toBe(time);
      expect(seconds).toBeGreaterThanOrEqual(0);
    }
    expect(JSON.parse(await readFile(join(start.folder, 'config.json'), 'utf8'))).toEqual(start.config);
    const facts = await readRunCard(start.folder);
    expect(facts).toMatchObject({ state: 'finished', epochs: 2, keptEpoch: 2, process: { pid: process.pid } });
    expect(facts?.metrics).toEqual({ 'train/loss': 0.5, 'validation/rocAuc': 0.52 });
    expect(facts?.seconds).toBeGreaterThanOrEqual(Number(first.seconds) + Number(second.seconds) - 0.002);
  });

  it('goes on after an interruption: the lines of before stay as they were, and an epoch that is trained again has one', async () => {
    await recordRun(start, async (log) => {
      for (const n of [0, 1, 2, 3]) await log.epochs(upTo(n), Math.min(n, 2));
      return undefined;
    });
    const before = await linesOf(start);
    const facts = await readRunCard(start.folder);
    expect(facts?.state).toBe('interrupted');
    await appendFile(join(start.folder, 'metrics.jsonl'), '{"run":"a","epo');
    // The checkpoint is of epoch 2: the third was told, and comes again.
    await train(start, { from: 2, to: 4 });
    const after = await linesOf(start);
    expect(after.slice(0, 2)).toEqual(before.slice(0, 2));
    expect(after.map((line) => line.epoch)).toEqual([1, 2, 3, 4]);
    expect(await readRunCard(start.folder)).toMatchObject({ state: 'finished', epochs: 4, started: facts?.started });
  });

  it('that has lost its lines has them again, without the seconds that nobody knows any more', async () => {
    await train(start, { to: 2 });
    await writeFile(join(start.folder, 'metrics.jsonl'), '');
    await train(start, { from: 2, to: 3 });
    const lines = await linesOf(start);
    expect(lines.map(({ time, seconds }) => [time, seconds].includes(null))).toEqual([true, true, false]);
    expect(lines[1]).toMatchObject({ epoch: 2, 'train/loss': 0.5 });
  });

  it('begins anew for a training that begins anew', async () => {
    await train(start, { to: 3 });
    const other = { ...start, seed: 3, config: { recipe: 'attention-bce', epochs: 1 } };
    await train(other, { to: 1 });
    expect(await linesOf(start)).toMatchObject([{ seed: 3, epoch: 1 }]);
    expect(JSON.parse(await readFile(join(start.folder, 'config.json'), 'utf8'))).toEqual(other.config);
    expect(await readRunCard(start.folder)).toMatchObject({ seed: 3, epochs: 1 });
  });

  it('says that it failed, or was interrupted, and lets the error through', async () => {
    const failing = (error: Error): Promise<unknown> =>
      recordRun(start, async (log) => {
        await log.epochs(upTo(1), 1);
        throw error;
      });
    await expect(failing(new Error('diverged'))).rejects.toThrow('diverged');
    expect(await readRunCard(start.folder)).toMatchObject({ state: 'failed', epochs: 1 });
    await expect(failing(new DOMException('stopped', 'AbortError'))).rejects.toThrow('stopped');
    expect(await readRunCard(start.folder)).toMatchObject({ state: 'interrupted' });
  });

  it('is not made by a training that ends before its first step', async () => {
    expect(await recordRun(start, async () => undefined)).toBeUndefined();
    expect(await readRunCard(start.folder)).toBeUndefined();
  });

  it('of another program is none', async () => {
    await train(start, { to: 1 });
    for (const text of ['{"slatewise":"comparison"}', '{"run":"a"}', '[]', 'none']) {
      await writeFile(join(start.folder, 'run.json'), text);
      expect(await readRunCard(start.folder), text).toBeUndefined();
    }
  });
});
