import type { Dataset } from '../data/dataset.ts';
import { datasetAt } from '../data/dataset-cache.ts';
import { type EncodedDataset, encodeDataset } from '../data/encode-dataset.ts';
import type { Reporter } from './reporter.ts';
import type { Settings } from './settings.ts';

/** A data set, encoded and split: what every training run starts from. */
export interface Prepared {
  readonly path: string;
  readonly dataset: Dataset;
  readonly encoded: EncodedDataset;
  readonly settings: Settings;
}

export interface PrepareOptions {
  readonly settings: Settings;
  readonly cacheFolder: string;
  readonly reporter: Reporter;
  /** Aborts import and replay; nothing half-made stays. */
  readonly signal?: AbortSignal;
}

export async function prepare(
  path: string,
  { settings, cacheFolder, reporter, signal }: PrepareOptions,
): Promise<Prepared> {
  const { joinWindow, labelTypes } = settings;
  const dataset = await datasetAt(path, {
    cacheFolder,
    joinWindow,
    labelTypes,
    onImport: (log) => reporter.note(`importing ${log}`),
    onProgress: (lines) => {
      signal?.throwIfAborted();
      reporter.progress({ task: 'import', done: lines, unit: 'lines' });
    },
  });
  const { lists, shownItems, clicks, rejected } = dataset.summary;
  reporter.note(
    `${lists} lists, ${shownItems} shown items, ${clicks} clicks${rejected > 0 ? `, ${rejected} lines rejected` : ''}`,
  );
  const encoded = await encodeDataset(dataset, settings, (done) => {
    signal?.throwIfAborted();
    reporter.progress({ task: 'replay', done, total: lists, unit: 'lists' });
  });
  reporter.done('replay');
  return { path, dataset, encoded, settings };
}
