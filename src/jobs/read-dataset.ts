import type { OpenedDataset } from '../datasets/folder/dataset.ts';
import { datasetAt } from '../datasets/import/dataset-cache.ts';
import { refuseTooLong } from '../encoding/batches/cut-batches.ts';
import type { Reporter } from './reporter.ts';
import type { Settings } from './settings.ts';

export interface ReadDatasetOptions {
  readonly settings: Settings;
  readonly cacheFolder: string;
  readonly reporter: Reporter;
  /** How sentences call the data; their path unless told otherwise. */
  readonly name?: string | undefined;
  /** Aborts the import; nothing half-made stays. */
  readonly signal?: AbortSignal | undefined;
}

/** The data set at a path, as the settings join it; a log is imported first, under the eyes of the reporter. Throws `InputError` where a list is too long to be learned from or scored. */
export async function readDataset(
  path: string,
  { settings, cacheFolder, reporter, name = path, signal }: ReadDatasetOptions,
): Promise<OpenedDataset> {
  const { joinWindow, labelTypes, firstPosition } = settings;
  const dataset = await datasetAt(path, {
    cacheFolder,
    joinWindow,
    labelTypes,
    firstPosition,
    onImport: (log) => reporter.note(`importing ${log}`),
    signal,
    onProgress: (done) => reporter.progress({ task: 'import', done, unit: 'lines' }),
  });
  refuseTooLong(dataset.summary.longestList, `${name}: its longest list`);
  return dataset;
}
