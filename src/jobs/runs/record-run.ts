import { copyFile, rename } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { MLFLOW_FILE, RUN_FILES } from '../../files/folder-kinds.ts';
import { makeFolder } from '../../files/make-folder.ts';
import { writeText } from '../../files/write-text.ts';
import { versions } from '../version.ts';
import type { EpochLine, EpochSink } from './epoch-line.ts';
import type { EpochValues } from './epoch-values.ts';
import { eventFile } from './event-file.ts';
import { metricsFile, readTimes } from './metrics-file.ts';
import { type RunCard, readRunCard } from './run-card.ts';
import type { RunStart } from './run-start.ts';
import type { RunState } from './run-states.ts';
import type { Tracker } from './tracker.ts';

/** What a training tells of itself. */
export interface RunLog {
  /** All epochs so far: before the first step those of before an interruption, then again after each. */
  epochs(told: readonly EpochValues[], keptEpoch: number): Promise<void>;
}

/** With where it is told of beside its folder. */
export interface TrackedStart extends RunStart {
  readonly tracker?: Tracker | undefined;
}

/**
 * Does a training and tells how it goes in its folder: `run.json`, `config.json`, `metrics.jsonl` and an event file of TensorBoard. A training that goes on after an interruption goes on in these files too;
 * an epoch that is trained again has one line. `train` gives undefined where it was interrupted.
 */
export async function recordRun<T>(
  start: TrackedStart,
  train: (log: RunLog) => Promise<T | undefined>,
): Promise<T | undefined> {
  const record = startRecord(start);
  let result: T | undefined;
  try {
    result = await train(record);
  } catch (error) {
    // What went wrong first is what matters.
    // A callback of a caller may throw anything, null too.
    await record
      .end((error as Partial<Error> | null | undefined)?.name === 'AbortError' ? 'interrupted' : 'failed')
      .catch(() => undefined);
    throw error;
  }
  await record.end(result === undefined ? 'interrupted' : 'finished');
  return result;
}

/** Copies what is told of a run into the folder of what it made. */
export async function copyRunFiles(from: string, to: string): Promise<void> {
  for (const name of RUN_FILES)
    await copyFile(join(from, name), join(to, name)).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT' || name !== MLFLOW_FILE) throw error;
    });
}

/** With what ends it; nothing is written before the first epochs are told, those of before. */
function startRecord({ tracker, ...start }: TrackedStart): RunLog & { end(state: RunState): Promise<void> } {
  const { folder } = start;
  const tracked = tracker?.(start);
  const sinks: readonly EpochSink[] = [metricsFile(folder, start), eventFile(folder), ...(tracked ? [tracked] : [])];
  const began = performance.now();
  let lastEpoch = began;
  let lines: readonly EpochLine[] | undefined;
  let keptEpoch = 0;
  let started = new Date().toISOString();
  let secondsBefore = 0;

  async function begin(told: readonly EpochValues[]): Promise<readonly EpochLine[]> {
    await makeFolder(folder);
    const times = await readTimes(folder);
    const before = told.length > 0 ? await readRunCard(folder) : undefined;
    started = before?.started ?? started;
    const found = told.map(
      (each): EpochLine => ({
        ...each,
        ...(times.get(each.epoch) ?? { time: null, seconds: null }),
      }),
    );
    secondsBefore = found.reduce((sum, { seconds }) => sum + (seconds ?? 0), 0);
    await writeText(join(folder, 'config.json'), `${JSON.stringify(start.config, null, 2)}\n`);
    for (const sink of sinks) await sink.begin({ started, lines: found });
    lastEpoch = performance.now();
    return found;
  }

  async function writeCard(state: RunState): Promise<void> {
    const kept = lines?.find(({ epoch }) => epoch === keptEpoch);
    const card: RunCard = {
      slatewise: 'run',
      run: start.run,
      recipe: start.recipe,
      seed: start.seed,
      data: start.data,
      state,
      started,
      updated: new Date().toISOString(),
      seconds: secondsOf(1000 * secondsBefore + performance.now() - began),
      epochs: lines?.length ?? 0,
      keptEpoch,
      metrics: kept?.values ?? {},
      process: { host: hostname(), pid: process.pid },
      version: versions().slatewise,
    };
    const path = join(folder, 'run.json');
    await writeText(`${path}.new`, `${JSON.stringify(card, null, 1)}\n`);
    await rename(`${path}.new`, path);
  }

  return {
    async epochs(told, kept) {
      if (!lines) lines = await begin(told);
      for (const each of told.slice(lines.length)) {
        const now = performance.now();
        const line = { ...each, time: new Date().toISOString(), seconds: secondsOf(now - lastEpoch) };
        lastEpoch = now;
        for (const sink of sinks) await sink.add(line);
        lines = [...lines, line];
      }
      keptEpoch = kept;
      await writeCard('running');
    },
    async end(state) {
      try {
        if (lines) await writeCard(state);
      } finally {
        await tracked?.end(state);
      }
    },
  };
}

/** From milliseconds, whole. */
const secondsOf = (milliseconds: number): number => Math.round(milliseconds) / 1000;
