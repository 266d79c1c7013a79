import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';
import type { Dataset } from '../data/dataset.ts';
import type { TruthRow } from '../data/simulator/simulate.ts';
import type { ComparisonReport } from '../evaluate/comparison-report.ts';
import { InputError } from '../slate/input-error.ts';

/** Row of a simulated log's true click probabilities: no model can do better. */
export const TRUTH = 'truth';

/** True click probabilities of some lists (indices into the data set), slot by slot. */
export async function readTruth(path: string, dataset: Dataset, wanted: Int32Array): Promise<Float64Array> {
  const byList = new Map<string, readonly number[]>();
  const file = createReadStream(path);
  const lines = createInterface({ input: path.endsWith('.gz') ? file.pipe(createGunzip()) : file });
  try {
    for await (const line of lines) {
      const row = JSON.parse(line) as TruthRow;
      byList.set(
        row.list,
        row.items.map(({ probability }) => probability),
      );
    }
  } catch (error) {
    throw new InputError(
      `${path}: expected the truth file of slatewise simulate, could not read it: ${(error as Error).message}`,
    );
  }
  const places = new Map(Array.from(wanted, (index, place) => [index, place]));
  const found: (readonly number[])[] = new Array(wanted.length);
  for await (const row of dataset.rows()) {
    if (row.kind !== 'impression') continue;
    const place = places.get(row.index);
    if (place === undefined) continue;
    const truth = byList.get(row.impression.ranking.id);
    if (truth?.length !== row.impression.ranking.items.length) {
      throw new InputError(
        `${path}: expected the truth of list "${row.impression.ranking.id}", found none; give the truth file of the same simulation`,
      );
    }
    found[place] = truth;
  }
  return Float64Array.from(found.flat());
}

/** How much of the log loss between the best item-by-item model and the truth a recipe closes: 1 is the truth itself. */
export interface GapShare {
  readonly recipe: string;
  readonly pointwise: string;
  readonly share: number;
}

export function gapShares(
  { systems }: ComparisonReport,
  isPointwise: (recipe: string) => boolean,
): readonly GapShare[] {
  const lossOf = (name: string): number => systems.find((row) => row.name === name)?.metrics.logLoss.mean ?? Number.NaN;
  const trained = systems.filter(({ kind }) => kind === 'recipe').map(({ name }) => name);
  const best = trained.filter(isPointwise).sort((a, b) => lossOf(a) - lossOf(b))[0];
  if (best === undefined || Number.isNaN(lossOf(TRUTH))) return [];
  const gap = lossOf(best) - lossOf(TRUTH);
  return trained
    .filter((name) => !isPointwise(name))
    .map((recipe) => ({ recipe, pointwise: best, share: (lossOf(best) - lossOf(recipe)) / gap }));
}
