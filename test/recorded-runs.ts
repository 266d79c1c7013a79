import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { recordRun } from '../src/jobs/runs/record-run.ts';

export interface RecordedRun {
  readonly recipe: string;
  readonly seed?: number;
  readonly data?: string;
  readonly config?: unknown;
  /** Of the one epoch. */
  readonly values?: Readonly<Record<string, number>>;
  readonly interrupted?: boolean;
}

/** Run folders as trainings leave them, by their path below a new folder: told of one epoch each. */
export async function recordedRuns(runs: Readonly<Record<string, RecordedRun>>): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'runs-'));
  for (const [
    path,
    { recipe, seed = 1, data = 'data/sim', config = { recipe }, values, interrupted },
  ] of Object.entries(runs)) {
    const start = { folder: join(root, path), run: path, recipe, seed, data, config };
    await recordRun(start, async (log) => {
      await log.epochs([], 0);
      await log.epochs([{ epoch: 1, values: values ?? { 'validation/logLoss': 0.5, 'validation/rocAuc': 0.7 } }], 1);
      return interrupted ? undefined : true;
    });
  }
  return root;
}

/** Changes what a run's card says. */
export const cardOf = (
  folder: string,
  card: Readonly<Record<string, unknown>>,
  changes: Readonly<Record<string, unknown>>,
): Promise<void> => writeFile(join(folder, 'run.json'), JSON.stringify({ ...card, ...changes }));
