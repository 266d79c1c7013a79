import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { refuseNoPath } from '../../files/output-folder.ts';
import { refuseInside } from '../../files/outputs.ts';
import { InputError } from '../../slate/input-error.ts';
import { type OpenedDataset, openDataset } from '../folder/dataset.ts';
import { DATASET_FORMAT } from '../folder/import-summary.ts';
import { importLog } from './import-log.ts';
import type { ImportOptions } from './read-log.ts';

export interface CacheOptions extends ImportOptions {
  readonly cacheFolder: string;
  /** Told when an import begins (not when a cached one is found). */
  readonly onImport?: (log: string) => void;
}

/** The data set at a path: a data set folder is opened, and refused where it was joined in another way than the options ask for; an event log is imported to the cache first, and found there the next time unless it has changed. */
export async function datasetAt(path: string, options: CacheOptions): Promise<OpenedDataset> {
  refuseNoPath(path, { place: 'the data', remedy: 'name a data set folder or an event log', code: 'file-not-found' });
  const { cacheFolder, onImport, ...howToImport } = options;
  const facts = await stat(path).catch(() => {
    throw new InputError(
      `${path}: expected a data set folder or an event log, found nothing there; check the path`,
      'file-not-found',
    );
  });
  if (facts.isDirectory()) return joinedAlike(await openDataset(path), options);
  const key = JSON.stringify([
    resolve(path),
    // The content, not its date: archives, image layers and rsync -t keep the date of a log that was mended.
    await digestOf(path, options.signal),
    DATASET_FORMAT,
    options.joinWindow,
    options.labelTypes,
    options.firstPosition,
  ]);
  const hash = createHash('sha256').update(key).digest('hex').slice(0, 12);
  const folder = join(cacheFolder, `${basename(path).replace(/\.jsonl?(\.gz)?$/, '')}-${hash}`);
  const cached = await openDataset(folder).catch(() => undefined);
  if (cached) return cached;
  await refuseInside(cacheFolder, { orAt: true });
  onImport?.(path);
  await importLog(path, folder, howToImport);
  return openDataset(folder);
}

async function digestOf(path: string, signal: AbortSignal | undefined): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) {
    signal?.throwIfAborted();
    hash.update(chunk as Buffer);
  }
  return hash.digest('hex');
}

/** A data set folder was joined when it was imported: settings that ask for another join would be passed over in silence. */
function joinedAlike(dataset: OpenedDataset, { joinWindow, labelTypes, firstPosition }: CacheOptions): OpenedDataset {
  const { folder, summary } = dataset;
  const refuse = (name: string, imported: string, asked: string): never => {
    throw new InputError(
      `${folder}: expected a data set with the settings' ${name} ${asked}, found one imported with ${imported}; use the config of its import, or import the log again with this one`,
      'other-dataset',
    );
  };
  if (labelTypes && !sameSet(labelTypes, summary.labelTypes))
    refuse('labelTypes', summary.labelTypes.join(', '), labelTypes.join(', '));
  if (joinWindow !== undefined && joinWindow !== summary.joinWindow)
    refuse('joinWindow', `${summary.joinWindow}`, `${joinWindow}`);
  // A data set counts from 0, whatever its log did: only one whose log was not known to count from 1 is wrong.
  if (firstPosition !== undefined && firstPosition > summary.firstPosition)
    refuse('firstPosition', `${summary.firstPosition}`, `${firstPosition}`);
  return dataset;
}

const sameSet = (a: readonly string[], b: readonly string[]): boolean =>
  a.every((each) => b.includes(each)) && b.every((each) => a.includes(each));
