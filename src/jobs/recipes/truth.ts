import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { isDeepStrictEqual } from 'node:util';
import { createGunzip } from 'node:zlib';
import { z } from 'zod';
import type { Dataset } from '../../datasets/folder/dataset.ts';
import { type AskedPath, refuseNoPath } from '../../files/output-folder.ts';
import type { ComparisonReport } from '../../measure/comparison-report.ts';
import type { TruthHeader, TruthRow } from '../../simulator/simulate.ts';
import type { SimulationOptions } from '../../simulator/simulation-options.ts';
import type { RankingEvent } from '../../slate/events.ts';
import { InputError } from '../../slate/input-error.ts';

/** Row of a simulated log's true click probabilities: no model can do better. */
export const TRUTH = 'truth';

/** True click probabilities of some lists (indices into the data set), slot by slot. Throws `InputError` where the file is not of this log: ids and lengths may agree by accident, users and items do not. */
export async function readTruth(path: string, dataset: Dataset, wanted: Int32Array): Promise<Float64Array> {
  const byList = new Map<string, TruthRow>();
  for await (const row of truthLines(path)) {
    if (!('simulation' in row)) byList.set(row.list, row);
  }
  const places = new Map(Array.from(wanted, (index, place) => [index, place]));
  const found: (readonly number[])[] = new Array(wanted.length);
  for await (const row of dataset.rows()) {
    if (row.kind !== 'impression') continue;
    const place = places.get(row.index);
    if (place === undefined) continue;
    const { ranking } = row.impression;
    const truth = byList.get(ranking.id);
    if (!truth || !isOf(truth, ranking)) {
      throw new InputError(
        `${path}: expected the truth of list "${ranking.id}" as it is in the log, found ${truth ? 'another list of this id' : 'none'}; give the truth file of the same simulation`,
        'other-dataset',
      );
    }
    const ofItem = new Map(truth.items.map(({ id, probability }) => [id, probability]));
    found[place] = ranking.items.map(({ id }) => ofItem.get(id) as number);
  }
  return Float64Array.from(found.flat());
}

const isOf = (truth: TruthRow, { user, items }: RankingEvent): boolean =>
  (truth.user === undefined || truth.user === user) &&
  truth.items.length === items.length &&
  isDeepStrictEqual(new Set(truth.items.map((item) => item?.id)), new Set(items.map(({ id }) => id))) &&
  truth.items.every(({ probability }) => probability >= 0 && probability <= 1);

const TRUTH_PATH: AskedPath = {
  place: 'the truth of a simulated log',
  remedy: 'name the file',
  code: 'file-not-found',
};

/** What was simulated, as the first line of a truth file says; undefined of a file from before it did. */
export async function readSimulation(path: string): Promise<SimulationOptions | undefined> {
  refuseNoPath(path, TRUTH_PATH);
  for await (const row of truthLines(path)) {
    if (!('simulation' in row)) return undefined;
    const parsed = worldSchema.safeParse(row.simulation);
    if (parsed.success) return row.simulation;
    const [issue] = parsed.error.issues;
    throw new InputError(
      `${path}: expected how the market was simulated in the first line, found ${issue.path.join('.') || 'it'}: ${issue.message}; simulate the log again`,
      'file-damaged',
    );
  }
  return undefined;
}

const count = z.number().int().positive();
/** What a world is made from; the rest of the line says how it was shown. */
const worldSchema = z.looseObject({ seed: z.number().int().min(0), items: count, users: count, categories: count });

async function* truthLines(path: string): AsyncGenerator<TruthHeader | TruthRow> {
  const file = createReadStream(path);
  try {
    for await (const line of linesOf(path.endsWith('.gz') ? unzipped(file) : file)) {
      const row = JSON.parse(line) as Partial<TruthHeader & TruthRow>;
      const isTruth = typeof row?.list === 'string' && Array.isArray(row.items);
      if (row?.simulation === undefined && !isTruth) throw new Error(`found ${line.slice(0, 60)}`);
      yield row as TruthHeader | TruthRow;
    }
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new InputError(
      `${path}: expected the truth file of slatewise simulate, ${code === 'ENOENT' ? 'found no such file; check the path' : `could not read it: ${message}; simulate the log again`}`,
      code === 'ENOENT' ? 'file-not-found' : 'file-damaged',
    );
  } finally {
    file.destroy();
  }
}

function unzipped(file: Readable): Readable {
  const text = createGunzip();
  file.on('error', (error) => text.destroy(error));
  return file.pipe(text);
}

async function* linesOf(text: Readable): AsyncGenerator<string> {
  let rest = '';
  for await (const chunk of text.setEncoding('utf8') as AsyncIterable<string>) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
  if (rest !== '') yield rest;
}

/** How much of the log loss between the best item-by-item model and the truth a recipe closes: 1 is the truth itself. None where the truth is not ahead of that model, as can be on few lists. */
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
  if (best === undefined) return [];
  const gap = lossOf(best) - lossOf(TRUTH);
  if (!(gap > 0)) return [];
  return trained
    .filter((name) => !isPointwise(name))
    .map((recipe) => ({ recipe, pointwise: best, share: (lossOf(best) - lossOf(recipe)) / gap }));
}
