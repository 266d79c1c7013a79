import { join } from 'node:path';
import { openDataset } from '../../datasets/folder/dataset.ts';
import type { ImportSummary } from '../../datasets/folder/import-summary.ts';
import { type Appended, appendLog } from '../../datasets/import/append-log.ts';
import { importLog, rejectedBeside } from '../../datasets/import/import-log.ts';
import type { ImportOptions } from '../../datasets/import/read-log.ts';
import { fieldNotes } from '../../encoding/schema/kind-doubts.ts';
import { checkOverrides, inferSchema } from '../../encoding/schema/schema.ts';
import { REJECTED_LINES } from '../../files/file-kinds.ts';
import { DATASET_FOLDER } from '../../files/folder-kinds.ts';
import { markIn } from '../../files/output-folder.ts';
import { checkOutputs } from '../../files/outputs.ts';
import type { Settings } from '../../jobs/settings.ts';
import { journalSource } from '../../serve/journal/journal-source.ts';
import { isJournalFolder } from '../../serve/journal/read-journal.ts';
import { isRedisAddress } from '../../serve/replicas/redis-address.ts';
import type { EventSource } from '../../sources/event-source.ts';
import { guessColumns } from '../../sources/guess-columns.ts';
import { jsonLinesSource } from '../../sources/json-lines/event-log.ts';
import { isPostgresAddress, toldAddress } from '../../sources/postgres/postgres-table.ts';
import type { ColumnMap } from '../../sources/tables/column-map.ts';
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
  readonly guess?: boolean;
  readonly append?: boolean;
  readonly workers: number;
  /** Epoch milliseconds. */
  readonly since?: number;
}

export async function runImport(log: string, { out, ...options }: ImportArguments): Promise<void> {
  if (options.guess) return printGuess(log);
  if (out === undefined) return refuseWithoutFolder(log, options);
  const reporter = createReporter();
  const signal = abortOnInterrupt();
  const settings = await settingsOf(options);
  const outputs = [
    { path: out, folder: DATASET_FOLDER },
    { path: rejectedBeside(out), file: REJECTED_LINES },
  ];
  // Where there is none yet, there is nothing to add to.
  const isAdded = options.append === true && (await markIn(out, DATASET_FOLDER));
  await checkOutputs(isAdded ? [] : outputs, {
    inputs: [isRedisAddress(log) || isPostgresAddress(log) ? undefined : log, options.config || undefined],
    note: reporter.note,
  });
  const { source, close } = await sourceOf(log, options.map, settings);
  const how = {
    joinWindow: settings.joinWindow,
    labelTypes: settings.labelTypes,
    firstPosition: settings.firstPosition,
    since: options.since,
    workers: options.workers,
    signal,
    onProgress: (done: number) => reporter.progress({ task: 'import', done, unit: 'lines' }),
  };
  const { summary, added, rejects } = await (isAdded ? appended(source, out, how) : imported(source, out, how)).finally(
    close,
  );
  reporter.done('import');
  const { fields } = await openDataset(out);
  checkOverrides(fields, settings.fields);
  const schema = inferSchema(fields, settings.fields);
  for (const note of fieldNotes(fields, schema, settings.fields)) reporter.note(note);
  if (options.json) printJson({ summary, ...(added ? { added } : {}), schema });
  else
    process.stdout.write(
      `${added ? `${addedLine(added)}\n` : ''}${summaryLines(summary)}\n\n${schemaTable(fields, schema, { ...summary, overrides: settings.fields })}\n`,
    );
  judgeRejects(rejects.of, options.allowRejects, rejects.kept);
}

/** What an import has brought, and what it rejected itself. */
interface Brought {
  readonly summary: ImportSummary;
  readonly added?: Appended['added'];
  readonly rejects: { readonly of: ImportSummary; readonly kept: string };
}

async function imported(source: string | EventSource, out: string, how: ImportOptions): Promise<Brought> {
  const summary = await importLog(source, out, how);
  return { summary, rejects: { of: summary, kept: join(out, 'rejected.jsonl') } };
}

async function appended(source: string | EventSource, out: string, how: ImportOptions): Promise<Brought> {
  const { summary, part, added } = await appendLog(source, out, how);
  const { count = 0, byReason = {}, kept = 0 } = part?.rejected ?? {};
  const of = { ...summary, rejected: count, rejectedByReason: byReason, rejectedKept: kept };
  return { summary, added, rejects: { of, kept: join(part?.folder ?? out, 'rejected.jsonl') } };
}

const addedLine = ({ lists, clicks, itemEvents, userEvents }: Appended['added']): string =>
  lists + clicks + itemEvents + userEvents === 0
    ? 'added nothing: nothing is later than what the data set has; the whole of it:'
    : `added ${lists} lists, ${clicks} clicks, ${itemEvents} item events and ${userEvents} user events; the whole of it:`;

interface OpenSource {
  readonly source: string | EventSource;
  readonly close?: () => void;
}

/** A server's journal is a folder, or lies in Redis. */
async function sourceOf(log: string, map: ColumnMap | undefined, settings: Settings): Promise<OpenSource> {
  if (map === undefined && isRedisAddress(log)) {
    const { readSharedJournal } = await import('../../serve/replicas/read-shared-journal.ts');
    const journal = await readSharedJournal(log);
    return { source: journalSource(journal.name, settings, journal), close: journal.close };
  }
  if (map === undefined && (await isJournalFolder(log))) return { source: journalSource(log, settings) };
  return { source: await logSource(log, map, settings) };
}

/** A table of lists whose columns are not told yet throws the `InputError` that proposes its command; all else is in want of a folder. */
async function refuseWithoutFolder(log: string, { map }: Omit<ImportArguments, 'out'>): Promise<never> {
  if (map === undefined) for await (const _ of jsonLinesSource(log).records()) break;
  throw new UsageError('--out: expected a folder for the data set, found none; give --out <folder>');
}

/** Settings on standard output, to be kept in a file; what to do with them on standard error. */
async function printGuess(place: string): Promise<void> {
  const { settings, missing } = await guessColumns(place);
  printJson(settings);
  const told = isPostgresAddress(place) ? toldAddress(place) : place;
  const open = missing.length === 0 ? '' : `${missing.join(', ')} could not be guessed: name the columns there; `;
  process.stderr.write(
    `${open}look it over, keep it in slatewise.config.json, then run: npx slatewise import ${told} --out data/mine\n`,
  );
}
