/** How trainings went, read from their folders. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CurveEpoch, CurveLosses, LearningCurve } from '../../measure/learning-curve.ts';
import type { FoundRun } from '../runs/find-runs.ts';

/** The curves of the runs that have any, from `metrics.jsonl`; of an unfinished one as far as it came. */
export async function storedCurves(runs: readonly FoundRun[]): Promise<readonly LearningCurve[]> {
  const curves = await Promise.all(
    runs.map(async ({ folder, recipe, seed, keptEpoch }) => {
      const text = await readFile(join(folder, 'metrics.jsonl'), 'utf8').catch(() => '');
      return { recipe, seed, keptEpoch, epochs: text.split('\n').flatMap((line) => epochOf(line) ?? []) };
    }),
  );
  return curves.filter(({ epochs }) => epochs.length > 0);
}

type Line = Readonly<Record<string, unknown>>;

/** Undefined for a line that a crash cut, and for one of a training without these losses. */
function epochOf(text: string): CurveEpoch | undefined {
  let line: Line;
  try {
    line = JSON.parse(text);
  } catch {
    return undefined;
  }
  const [train, validation] = [lossesOf(line, 'train'), lossesOf(line, 'validation')];
  if (typeof line.epoch !== 'number' || !train || !validation) return undefined;
  return { epoch: line.epoch, train, validation, metric: numberOf(line['validation/rocAuc']) };
}

function lossesOf(line: Line, part: string): CurveLosses | undefined {
  if (line[`${part}/logLoss`] === undefined) return undefined;
  const prefix = `${part}/term/`;
  const terms = Object.entries(line).flatMap(([name, value]) =>
    name.startsWith(prefix) ? [[name.slice(prefix.length), numberOf(value)] as const] : [],
  );
  return {
    total: numberOf(line[`${part}/loss`]),
    terms: Object.fromEntries(terms),
    logLoss: numberOf(line[`${part}/logLoss`]),
  };
}

/** `null` is a number that is not finite. */
const numberOf = (value: unknown): number => (typeof value === 'number' ? value : Number.NaN);
