/** What studies of one log have in common: they look at it, train on it, and keep their trainings in a folder that grows. */
import { COMPARISON_FOLDER } from '../files/folder-kinds.ts';
import { checkOutputs, type Output } from '../files/outputs.ts';
import { type Prepared, prepare } from '../jobs/prepare.ts';
import type { RunsOptions } from '../jobs/recipes/finished-runs.ts';
import { runsBelow } from '../jobs/runs/find-runs.ts';
import type { Settings } from '../jobs/settings.ts';
import type { TrainingConfig } from '../train/recipes/training-config.ts';
import { abortOnInterrupt } from './interrupt.ts';
import type { DataArguments } from './options/data-options.ts';
import type { TrackingArguments } from './options/tracking-options.ts';
import { createReporter } from './progress.ts';
import { trackerOf } from './tracker-of.ts';

export interface LogStudyArguments extends DataArguments, TrackingArguments {
  readonly recipe: string;
  readonly seeds: number;
  readonly out: string;
  readonly from?: readonly string[];
}

export interface PreparedStudy {
  readonly prepared: Prepared;
  /** How its trainings are made and kept. */
  readonly runs: Omit<RunsOptions, 'configs'>;
}

/** Judges what may be written before anything is read. The folder of the trainings is not opened yet. */
export async function prepareStudy(
  data: string,
  options: LogStudyArguments,
  asked: {
    readonly settings: Settings;
    readonly configs: readonly TrainingConfig[];
    /** What is written beside the trainings. */
    readonly outputs?: readonly Output[];
  },
): Promise<PreparedStudy> {
  const { seeds, workers, out, cache, config } = options;
  const { settings, configs, outputs = [] } = asked;
  const reporter = createReporter();
  await checkOutputs([{ path: out, growing: COMPARISON_FOLDER }, { path: cache, cache: true }, ...outputs], {
    ...{ inputs: [data, config || undefined], note: reporter.note },
  });
  const known = await runsBelow(options.from ?? []);
  const signal = abortOnInterrupt();
  const prepared = await prepare(data, { settings, reporter, workers, signal, cacheFolder: cache, configs });
  return {
    prepared,
    runs: {
      ...{ workers, reporter, signal, known, folder: out },
      tracker: trackerOf(options, reporter.note),
      seeds: Array.from({ length: seeds }, (_, index) => index + 1),
    },
  };
}
