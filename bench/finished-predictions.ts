import { join } from 'node:path';
import type { Prepared } from '../src/jobs/prepare.ts';
import { runKeys } from '../src/jobs/recipes/run-key.ts';
import { loadRun, predictionsOf } from '../src/jobs/recipes/run-store.ts';
import type { Reporter } from '../src/jobs/reporter.ts';
import type { Predictions } from '../src/measure/predictions.ts';
import type { TrainingConfig } from '../src/train/recipes/training-config.ts';

/** What finished runs of `compare` say of the test lists: nothing is trained. Throws where one is missing, or is of another log, split, or program. */
export async function finishedPredictions(
  prepared: Prepared,
  {
    folder,
    configs,
    seeds,
    reporter,
  }: {
    /** What `compare` was given as `--out`. */
    readonly folder: string;
    readonly configs: readonly TrainingConfig[];
    readonly seeds: readonly number[];
    readonly reporter: Reporter;
  },
): Promise<readonly Predictions[]> {
  const keyOf = runKeys(prepared);
  const found: Predictions[] = [];
  for (const config of configs)
    for (const seed of seeds) {
      const place = join(folder, 'runs', `${config.recipe}-seed-${seed}`);
      const run = await loadRun(place, { key: keyOf({ config, seed }), say: reporter.note });
      if (!run) throw new Error(`${place}: expected a finished run of this log and split; make it by compare first`);
      found.push(predictionsOf(run));
    }
  return found;
}
