/** The folders of a data set: its own, and one for each import that added to it. */
import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FieldStatistics } from '../../encoding/field-values/field-statistics.ts';
import { DATASET_FOLDER, DATASET_PARTS } from '../../files/folder-kinds.ts';
import { checkManifest } from '../../files/manifest.ts';
import { InputError } from '../../slate/input-error.ts';
import { checkArrowFile } from './arrow-file.ts';
import { DATASET_FORMAT, type ImportSummary, type PartFacts } from './import-summary.ts';
import { DATASET_FILES } from './write-dataset.ts';

export interface DatasetPart {
  readonly folder: string;
  /** Of all parts up to this one. */
  readonly summary: ImportSummary;
  readonly fields: readonly FieldStatistics[];
  /** Rows of its own files. */
  readonly rows: Omit<PartFacts, 'kept'>;
  /** Its first lists, which still count: a later part has those after them. */
  readonly kept: number;
}

/** Files up to here are hashed when a data set is opened, in a tenth of a second; of larger ones the size is compared, and their rows are counted when they are read. */
const HASHED = 1 << 26;

export const partFolder = (folder: string, number: number): string => join(folder, DATASET_PARTS, String(number));

/** All parts in their order; each is there as a whole or not at all. Throws `InputError` where one is damaged. */
export async function openParts(folder: string): Promise<readonly DatasetPart[]> {
  const parts: Omit<DatasetPart, 'kept'>[] = [await openPart(folder)];
  while (await isThere(partFolder(folder, parts.length + 1)))
    parts.push(await openPart(partFolder(folder, parts.length + 1)));
  const { part } = parts[parts.length - 1].summary;
  return parts.map((each, at) => ({ ...each, kept: part?.kept[at] ?? each.rows.lists }));
}

async function openPart(folder: string): Promise<Omit<DatasetPart, 'kept'>> {
  const summary = await readJson<ImportSummary>(join(folder, DATASET_FOLDER.mark));
  if (summary.format !== DATASET_FORMAT) {
    throw new InputError(
      `${folder}: expected a data set of format ${DATASET_FORMAT}, found ${summary.format}; import the log again`,
      'other-dataset',
    );
  }
  await checkManifest(folder, {
    names: DATASET_FILES,
    remedy: 'import the log again',
    code: 'dataset-damaged',
    hashedBytes: HASHED,
  });
  const fields = await readJson<FieldStatistics[]>(join(folder, 'schema.json'));
  await Promise.all(['items', 'users', 'impressions'].map((name) => checkArrowFile(join(folder, `${name}.arrow`))));
  return { folder, summary, fields, rows: summary.part ?? summary };
}

const isThere = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

async function readJson<T>(path: string): Promise<T> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as T;
  } catch (error) {
    throw new InputError(
      `${path}: expected the JSON of a data set, could not read it (${(error as Error).message}); import the log again`,
      'dataset-damaged',
    );
  }
}
