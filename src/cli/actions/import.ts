import { join } from 'node:path';
import { openDataset } from '../../datasets/folder/dataset.ts';
import { importLog, rejectedBeside } from '../../datasets/import/import-log.ts';
import { fieldNotes } from '../../encoding/schema/kind-doubts.ts';
import { checkOverrides, inferSchema } from '../../encoding/schema/schema.ts';
import { REJECTED_LINES } from '../../files/file-kinds.ts';
import { DATASET_FOLDER } from '../../files/folder-kinds.ts';
import { checkOutputs } from '../../files/outputs.ts';
import type { MemorySettings } from '../../memory/memory.ts';
import { journalSource } from '../../serve/journal/journal-source.ts';
import { isJournalFolder } from '../../serve/journal/read-journal.ts';
import { isRedisAddress } from '../../serve/replicas/redis-address.ts';
import type { ColumnMap } from '../../sources/csv/column-map.ts';
import type { EventSource } from '../../sources/event-source.ts';
import { jsonLinesSource } from '../../sources/json-lines/event-log.ts';
import { settingsOf } from '../asked-settings.ts';
import { UsageError } from '../exit-codes.ts';
import { abortOnInterrupt } from '../interrupt.ts';
import { logSource } from '../log-source.ts';
import { printJson } from '../print-json.ts';
import { createReporter } from '../progress.ts';
import { schemaTable, summaryLines } from '../summary-text.ts';
import { judgeRejects } from '../told-rejects.ts';

export interface ImportArguments {
  readonly out?: string;
  readonly map?: ColumnMap;
  /** False: `--no-config`. */
  readonly config?: string | false;
  readonly firstPosition?: number;
  readonly allowRejects: number;
  readonly json?: boolean;
}

export async function runImport(log: string, { out, ...options }: ImportArguments): Promise<void> {
  if (out === undefined) return refuseWithoutFolder(log, options);
  const reporter = createReporter();
  const signal = abortOnInterrupt();
  const settings = await settingsOf(options);
  const outputs = [
    { path: out, folder: DATASET_FOLDER },
    { path: rejectedBeside(out), file: REJECTED_LINES },
  ];
  await checkOutputs(outputs, {
    inputs: [isRedisAddress(log) ? undefined : log, options.config || undefined],
    note: reporter.note,
  });
  const { source, close } = await sourceOf(log, options.map, settings);
  const summary = await importLog(source, out, {
    joinWindow: settings.joinWindow,
    labelTypes: settings.labelTypes,
    firstPosition: settings.firstPosition,
    signal,
    onProgress: (done) => reporter.progress({ task: 'import', done, unit: 'lines' }),
  }).finally(close);
  reporter.done('import');
  const { fields } = await openDataset(out);
  checkOverrides(fields, settings.fields);
  const schema = inferSchema(fields, settings.fields);
  for (const note of fieldNotes(fields, schema, settings.fields)) reporter.note(note);
  if (options.json) printJson({ summary, schema });
  else
    process.stdout.write(
      `${summaryLines(summary)}\n\n${schemaTable(fields, schema, { ...summary, overrides: settings.fields })}\n`,
    );
  judgeRejects(summary, options.allowRejects, join(out, 'rejected.jsonl'));
}

interface OpenSource {
  readonly source: string | EventSource;
  readonly close?: () => void;
}

/** A server's journal is a folder, or lies in Redis. */
async function sourceOf(
  log: string,
  map: ColumnMap | undefined,
  settings: Pick<MemorySettings, 'joinWindow' | 'labelTypes'>,
): Promise<OpenSource> {
  if (map === undefined && isRedisAddress(log)) {
    const { readSharedJournal } = await import('../../serve/replicas/read-shared-journal.ts');
    const journal = await readSharedJournal(log);
    return { source: journalSource(journal.name, settings, journal), close: journal.close };
  }
  if (map === undefined && (await isJournalFolder(log))) return { source: journalSource(log, settings) };
  return { source: logSource(log, map) };
}

/** A table of lists whose columns are not told yet throws the `InputError` that proposes its command; all else is in want of a folder. */
async function refuseWithoutFolder(log: string, { map }: Omit<ImportArguments, 'out'>): Promise<never> {
  if (map === undefined) for await (const _ of jsonLinesSource(log).records()) break;
  throw new UsageError('--out: expected a folder for the data set, found none; give --out <folder>');
}
