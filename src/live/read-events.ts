import { stat } from 'node:fs/promises';
import { importLog } from '../datasets/import/import-log.ts';
import type { ReadDatasetOptions } from '../jobs/read-dataset.ts';
import { InputError } from '../slate/input-error.ts';
import { show } from '../slate/rejected-event.ts';
import type { EventSource } from '../sources/event-source.ts';
import { inMemorySource } from '../sources/in-memory.ts';
import { jsonLinesSource } from '../sources/json-lines/event-log.ts';
import type { EventsInput } from './event-input.ts';
import { iterateEvents } from './iterate-events.ts';

export interface ReadEventsOptions extends Omit<ReadDatasetOptions, 'cacheFolder'> {
  /** Where the data set is put; whoever gives it removes it. */
  readonly folder: string;
}

/** The data set folder of some events, and what they are called: those of a folder are where they are. Throws `InputError` where none can be used. */
export async function readEvents(
  events: EventsInput,
  { folder, settings, reporter, signal }: ReadEventsOptions,
): Promise<{ readonly path: string; readonly name: string }> {
  if (events === '')
    throw new InputError(
      'train: expected the path of a log or of a data set folder, found ""; name one',
      'invalid-option',
    );
  if (typeof events === 'string' && (await isFolder(events))) return { path: events, name: events };
  const source = sourceOf(events, signal);
  const { joinWindow, labelTypes, firstPosition } = settings;
  await importLog(source, folder, {
    joinWindow,
    labelTypes,
    firstPosition,
    keepsRejected: false,
    signal,
    onProgress: (done) => reporter.progress({ task: 'import', done, unit: 'events' }),
  });
  reporter.done('import');
  return { path: folder, name: source.name };
}

const isFolder = async (path: string): Promise<boolean> =>
  stat(path).then(
    (facts) => facts.isDirectory(),
    () => false,
  );

function sourceOf(events: EventsInput, signal: AbortSignal | undefined): EventSource {
  if (typeof events === 'string') {
    const log = jsonLinesSource(events);
    return { name: log.name, records: (options) => iterateEvents(log.records(options), signal) };
  }
  if (typeof events === 'object' && events !== null && (Symbol.iterator in events || Symbol.asyncIterator in events))
    return inMemorySource(iterateEvents<unknown>(events, signal));
  throw new InputError(
    `train: expected events as a list, as anything that can be iterated over, or as the path of a log, found ${show(events)}; give such`,
    'invalid-option',
  );
}
