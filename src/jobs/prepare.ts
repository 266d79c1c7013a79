import { encodeAside, encodeAsideOnDisk } from '../datasets/aside/encode-aside.ts';
import type { Dataset, OpenedDataset } from '../datasets/folder/dataset.ts';
import { unseenLabels } from '../datasets/import/label-types.ts';
import type { InMemorySlates } from '../datasets/slate-source/in-memory-slates.ts';
import type { SlateSource } from '../datasets/slate-source/slate-source.ts';
import type { EncodedDataset, EncodeOptions } from '../datasets/walk/encode-dataset.ts';
import type { DiskOptions } from '../datasets/walk/encode-on-disk.ts';
import type { MemoryLimits } from '../memory/limits.ts';
import { checkArgument, checkOptionsArgument } from '../slate/check-argument.ts';
import { InputError } from '../slate/input-error.ts';
import type { TrainingConfig } from '../train/recipes/training-config.ts';
import { checkTrainingConfig } from '../train/recipes/training-schema.ts';
import { encodingNotes } from './encoding-notes.ts';
import { kindsOf } from './kinds.ts';
import { metricDoubt } from './metric-doubt.ts';
import { readDataset } from './read-dataset.ts';
import { type Reporter, warning } from './reporter.ts';
import { type Settings, settingsFrom } from './settings.ts';

/** A data set, encoded and split: what every training run starts from. */
export interface Prepared<S extends SlateSource = InMemorySlates> {
  readonly path: string;
  readonly dataset: Dataset;
  readonly encoded: EncodedDataset<S>;
  readonly settings: Settings;
}

/** Wherever the lists lie. */
export type PreparedLists = Prepared<SlateSource>;

/** Throws `InputError` for data that `prepare` did not make. */
export const checkPrepared = (prepared: unknown, call: string): void =>
  checkArgument(prepared, call, {
    expected: 'prepared data',
    remedy: 'give what prepare returns',
    parts: ['dataset', 'encoded.slates', 'settings'],
  });

export interface PrepareOptions {
  readonly settings: Settings;
  readonly cacheFolder: string;
  readonly reporter: Reporter;
  /** What the recipes to come must see: whether the click graph is sampled, and how many partial copies are encoded, follows from them. */
  readonly configs: readonly TrainingConfig[];
  /** What errors call the data; their path where it is left out. */
  readonly name?: string;
  /** Threads that replay the log side by side, where it is long and what is asked for allows it: the bits are the same for any number. One unless told otherwise. */
  readonly workers?: number;
  /** Aborts import and replay; nothing half-made stays. */
  readonly signal?: AbortSignal;
}

/** Throws `InputError` for settings or a config that are not valid, before any data are read, and for label types that the log does not have. */
export const prepare = (path: string, options: PrepareOptions): Promise<Prepared> =>
  prepareInto(
    (dataset, how, onProgress) => encodeAside(dataset, { ...how, threads: threadsOf(options) }, onProgress),
    path,
    options,
  );

/** The same with the encoded lists in files, for recipes that read no click graph. */
export const prepareOnDisk = (
  path: string,
  { disk, ...options }: PrepareOptions & { readonly disk: DiskOptions },
): Promise<PreparedLists> =>
  prepareInto(
    (dataset, how, onProgress) => encodeAsideOnDisk(dataset, { ...how, disk, threads: threadsOf(options) }, onProgress),
    path,
    options,
  );

const threadsOf = ({ workers = 1 }: PrepareOptions): number => workers;

/** How lists are encoded, and where they go. */
type Encode<S extends SlateSource> = (
  dataset: OpenedDataset,
  options: EncodeOptions,
  onProgress: (lists: number) => void,
) => Promise<EncodedDataset<S>>;

async function prepareInto<S extends SlateSource>(
  encode: Encode<S>,
  path: string,
  options: PrepareOptions,
): Promise<Prepared<S>> {
  checkOptionsArgument(options, 'prepare', ['settings', 'cacheFolder', 'reporter', 'configs']);
  const { settings: given, cacheFolder, reporter, configs, signal, name = path } = options;
  const settings = settingsFrom(given, 'prepare: settings');
  const kinds = kindsOf(settings.kinds);
  for (const config of configs) {
    checkTrainingConfig(config, kinds);
    const doubt = metricDoubt(config, kinds);
    if (doubt !== undefined) reporter.note(warning(doubt));
  }
  const dataset = await readDataset(path, { settings, cacheFolder, reporter, name, signal });
  const { lists, shownItems, clicks, lines, rejected } = dataset.summary;
  reporter.note(
    `${lists} lists, ${shownItems} shown items, ${clicks} clicks${rejected > 0 ? `, ${rejected} lines rejected` : ''}`,
  );
  const unseen = unseenLabels(dataset.summary);
  // What ends the work is said once, as the error.
  for (const doubt of dataset.summary.warnings) if (doubt !== unseen) reporter.note(warning(doubt));
  if (rejected > MANY * lines)
    reporter.note(warning(`of ${lines} lines many cannot be used${mostRejected(dataset.summary)}`));
  if (unseen !== undefined) throw new InputError(`${name}: ${unseen}`, 'no-such-label');
  if (clicks === 0)
    throw new InputError(
      `${name}: expected clicks on its lists, found none that can be used${mostRejected(dataset.summary)}; docs/errors.md says what each reason means`,
      'not-enough-data',
    );
  const onGraph = configs.filter(({ scorer }) => kinds.scorers.named(scorer).seesGraph);
  const redrawFrom = Math.max(0, ...onGraph.map(({ model }) => model.graph.redrawFrom));
  const graph = onGraph.length > 0 ? { ...settings.graph, redrawFrom } : undefined;
  const partial = Math.max(0, ...configs.map(({ model }) => model.partial));
  const limits = limitsOf(settings);
  const how = { ...settings, memory: limits, graph, partial, signal };
  const encoded = await encode(dataset, how, (done) => {
    reporter.progress({ task: 'replay', done, total: lists, unit: 'lists' });
  }).catch((error: unknown) => {
    if (!(error instanceof InputError && error.code === 'not-enough-data') || rejected === 0) throw error;
    throw new InputError(`${error.message}${mostRejected(dataset.summary)}`, error.code);
  });
  reporter.done('replay');
  for (const note of encodingNotes({ dataset, encoded, settings })) reporter.note(note);
  return { path, dataset, encoded, settings };
}

/** Share of the lines that are rejected from which on it is told as something wrong. */
const MANY = 0.1;

/** What became of the lines, by the reason that most lines were rejected for. */
function mostRejected({ rejected, rejectedByReason }: Dataset['summary']): string {
  const [most] = Object.entries(rejectedByReason).sort(([, a], [, b]) => b - a);
  return most === undefined ? '' : ` (${rejected} lines rejected, ${most[1]} of them as ${most[0]})`;
}

const DAY = 86_400_000;

/** What the settings let a memory hold. */
export function limitsOf({ memory: { users, items, userDays, itemDays } }: Settings): MemoryLimits {
  const age = (days: number | undefined): number | undefined => (days === undefined ? undefined : days * DAY);
  return { users, items, userAge: age(userDays), itemAge: age(itemDays) };
}
