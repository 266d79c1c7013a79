import { rename, rm, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import {
  createFieldStatistics,
  type FieldStatistics,
  type FieldStatisticsCollector,
} from '../../encoding/field-values/field-statistics.ts';
import { REJECTED_LINES } from '../../files/file-kinds.ts';
import { DATASET_FOLDER } from '../../files/folder-kinds.ts';
import { writeManifest } from '../../files/manifest.ts';
import { replaceFolder } from '../../files/output-folder.ts';
import { checkFile, checkOutputs, refuseInside } from '../../files/outputs.ts';
import { type ArgumentForm, checkArgument } from '../../slate/check-argument.ts';
import type { LogEvent } from '../../slate/events.ts';
import { InputError } from '../../slate/input-error.ts';
import { createOddNames, type OddNames } from '../../slate/odd-names.ts';
import { RejectedEvent } from '../../slate/rejected-event.ts';
import { inShownOrder } from '../../slate/shown-order.ts';
import type { EventSource, SourceRecord } from '../../sources/event-source.ts';
import { createJoiner, type Joiner, joinDefaults } from '../../sources/join/join-interactions.ts';
import type { JoinedImpression, JoinOptions, Settled } from '../../sources/join/joined.ts';
import { jsonLinesSource } from '../../sources/json-lines/event-log.ts';
import { createRejects, type Rejects } from '../../sources/rejects.ts';
import type { ImportSummary } from '../folder/import-summary.ts';
import { createPauses, eventSize, lineSize, listSize } from '../folder/paused.ts';
import {
  createIdTable,
  DATASET_FILES,
  type MetadataRow,
  vocabularyPath,
  writeImpressions,
  writeJson,
  writeMetadata,
  writeVocabulary,
} from '../folder/write-dataset.ts';
import { checkImportOptions } from './check-import-options.ts';
import { createFacts, withoutLists } from './import-facts.ts';
import { countTypes, type TypeCounter } from './label-types.ts';
import { createSortedSpool, type SortedSpool } from './sorted-spool.ts';

/** How a log is read, and clicks are joined to their lists. */
export interface ImportOptions {
  /** Milliseconds; default 30 minutes. */
  readonly joinWindow?: number;
  /** Default `click`. */
  readonly labelTypes?: readonly string[];
  /** Bytes of the log held open while clicks are joined (`JoinOptions`); default 32 MiB. */
  readonly openBytes?: number;
  /** What the log calls the first position: 0 (default) or 1. */
  readonly firstPosition?: number;
  /** Whether the rejected lines of a log that cannot be imported at all are kept beside the folder; true unless told otherwise. */
  readonly keepsRejected?: boolean;
  /** Called every few thousand lines. */
  readonly onProgress?: (lines: number) => void;
  /** Stops it; it rejects with the signal's reason, and writes nothing. */
  readonly signal?: AbortSignal | undefined;
}

/** One pass over a log: validated, joined, counted. Rejected lines go to `reject`. */
interface Pass {
  readonly joiner: Joiner;
  readonly statistics: FieldStatisticsCollector;
  readonly odd: OddNames;
  readonly types: TypeCounter;
  readonly lines: number;
}

/**
 * Reads an event log (a path, or any source of events), joins clicks to lists and writes a data set folder (Arrow IPC files, schema and counts). The folder appears only when it is complete, and
 * replaces none but a data set; rejected lines are kept in its `rejected.jsonl` with their line number and reason (the first 1,000 of every reason), or in `<folder>.rejected.jsonl` when the log
 * cannot be imported at all.
 */
export async function importLog(
  log: string | EventSource,
  folder: string,
  options: ImportOptions = {},
): Promise<ImportSummary> {
  checkImportOptions(options, 'importLog');
  await refuseInside(folder);
  const source = sourceOf(log, 'importLog');
  const kept = rejectedBeside(folder);
  await checkFile(kept, REJECTED_LINES);
  return replaceFolder(folder, DATASET_FOLDER, async (building) => {
    const rejectedPath = join(building, 'rejected.jsonl');
    const rejects = await createRejects(rejectedPath);
    try {
      return await buildDataset(source, building, { ...options, rejects });
    } catch (error) {
      await rejects.close();
      if (!(error instanceof InputError) || rejects.count === 0 || options.keepsRejected === false) throw error;
      await rename(rejectedPath, kept);
      throw new InputError(`${error.message}; the rejected lines are kept in ${kept}`, error.code);
    } finally {
      await rejects.close();
    }
  });
}

/** Where the rejected lines of a log are kept that cannot be imported at all. */
export const rejectedBeside = (folder: string): string => `${resolve(folder)}.rejected.jsonl`;

/** Reads and judges a whole log without writing anything but, if wanted, its rejected lines. */
export async function validateLog(
  log: string | EventSource,
  options: ImportOptions & { readonly rejectedPath?: string } = {},
): Promise<ImportSummary & { readonly firstRejected?: string }> {
  checkImportOptions(options, 'validateLog');
  const source = sourceOf(log, 'validateLog');
  if (options.rejectedPath !== undefined) {
    await checkOutputs([{ path: options.rejectedPath, file: REJECTED_LINES }], {
      inputs: typeof log === 'string' ? [log] : [],
      note: () => undefined,
    });
  }
  const rejects = await createRejects(options.rejectedPath);
  const facts = createFacts({ ...joinOptions(options), firstPosition: options.firstPosition ?? 0 });
  try {
    const { lines, joiner, odd, types } = await readAll(source, options, {
      rejects,
      onImpression: async (impression) => facts.observe(impression),
      onMetadata: async (kind, row) => facts.metadata(kind, row),
    });
    facts.finish({ lines, joiner, odd, types });
  } catch (error) {
    await rejects.close();
    // A file that cannot be read at all leaves no empty one behind.
    if (rejects.count === 0) await removeFile(options.rejectedPath);
    throw error;
  } finally {
    await rejects.close();
  }
  const { first } = rejects;
  return { ...facts.summary(source.name, rejects), ...(first === '' ? {} : { firstRejected: first }) };
}

/** A device or a pipe stays. */
async function removeFile(path: string | undefined): Promise<void> {
  if (path !== undefined && (await stat(path)).isFile()) await rm(path);
}

function sourceOf(log: string | EventSource, call: string): EventSource {
  if (typeof log === 'string') return jsonLinesSource(log);
  checkArgument(log, call, SOURCE);
  return log;
}

const SOURCE: ArgumentForm = {
  expected: 'the path of a log, or a source of events',
  remedy: 'inMemorySource, csvSource and jsonLinesSource make such',
  isSound: (log) => typeof (log as { readonly records?: unknown } | null | undefined)?.records === 'function',
};

async function buildDataset(
  source: EventSource,
  folder: string,
  { rejects, ...options }: ImportOptions & { readonly rejects: Rejects },
): Promise<ImportSummary> {
  const { signal } = options;
  const spools = join(folder, 'spool');
  const stopped = { folder: spools, signal };
  const impressions = createSortedSpool<JoinedImpression>({ ...stopped, name: 'impressions', sizeOf: listSize });
  const metadata: Record<'item' | 'user', SortedSpool<MetadataRow>> = {
    item: createSortedSpool<MetadataRow>({ ...stopped, name: 'items', sizeOf: eventSize }),
    user: createSortedSpool<MetadataRow>({ ...stopped, name: 'users', sizeOf: eventSize }),
  };
  const facts = createFacts({ ...joinOptions(options), firstPosition: options.firstPosition ?? 0 });
  const { statistics, lines, joiner, odd, types } = await readAll(source, options, {
    rejects,
    onImpression: async (impression) => {
      facts.observe(impression);
      await impressions.add(impression);
    },
    onMetadata: async (kind, row) => {
      facts.metadata(kind, row);
      await metadata[kind].add(row);
    },
  });
  facts.finish({ lines, joiner, odd, types });
  if (facts.lists === 0) {
    throw new InputError(withoutLists(source.name, { lines, rejected: rejects.count }, rejects.first), 'no-lists');
  }
  const fields: readonly FieldStatistics[] = statistics.result();
  const items = createIdTable();
  const users = createIdTable();
  const written = { statistics: fields, keepsLines: source.isInOrder === true };
  await writeMetadata(join(folder, 'items.arrow'), metadata.item.drain(), { ...written, scope: 'item', ids: items });
  await writeMetadata(join(folder, 'users.arrow'), metadata.user.drain(), { ...written, scope: 'user', ids: users });
  await writeImpressions(join(folder, 'impressions.arrow'), impressions.drain(), { ...written, items, users });
  signal?.throwIfAborted();
  await writeVocabulary(vocabularyPath(folder, 'items'), items);
  await writeVocabulary(vocabularyPath(folder, 'users'), users);
  await rm(spools, { recursive: true, force: true });
  await writeJson(join(folder, 'schema.json'), fields);
  const journal = source.position?.();
  const summary = { ...facts.summary(source.name, rejects), ...(journal ? { journal } : {}) };
  await writeJson(join(folder, 'import.json'), summary);
  signal?.throwIfAborted();
  await writeManifest(folder, DATASET_FILES);
  return summary;
}

const joinOptions = ({
  joinWindow = joinDefaults.joinWindow,
  labelTypes = joinDefaults.labelTypes,
  openBytes = joinDefaults.openBytes,
}: ImportOptions): JoinOptions => ({ joinWindow, labelTypes, openBytes });

interface Sinks {
  readonly rejects: Rejects;
  readonly onImpression: (impression: JoinedImpression) => Promise<void>;
  readonly onMetadata: (kind: 'item' | 'user', row: MetadataRow) => Promise<void>;
}

async function readAll(
  source: EventSource,
  options: ImportOptions,
  { rejects, onImpression, onMetadata }: Sinks,
): Promise<Pass> {
  const { onProgress, firstPosition, signal } = options;
  const joiner = createJoiner(joinOptions(options));
  const statistics = createFieldStatistics();
  const odd = createOddNames();
  const types = countTypes();
  const pauses = createPauses(signal);
  let lines = 0;
  for await (const entry of source.records({ firstPosition, odd })) {
    const pause = pauses.after(lineSize(entry));
    if (pause) await pause;
    lines = entry.line;
    if (lines % 5000 === 0) onProgress?.(lines);
    if ('reason' in entry) {
      await rejects.add(entry.line, new RejectedEvent(entry.reason, entry.message), entry.raw);
      continue;
    }
    try {
      // Most lines settle nothing: they are not waited for.
      const writing = take(entry);
      if (writing) await writing;
    } catch (error) {
      if (!(error instanceof RejectedEvent)) throw error;
      await rejects.add(entry.line, error, entry.raw);
    }
  }
  await settle(joiner.finish());
  return { joiner, statistics, odd, types, lines };

  function take(record: Extract<SourceRecord, { event: LogEvent }>): Promise<void> | undefined {
    const { event, line, raw, shownAt } = record;
    if (event.event === 'item' || event.event === 'user') {
      statistics.observe(event.event, event.fields);
      const id = event.event === 'item' ? event.item : event.user;
      return onMetadata(event.event, { time: event.time, line, id, fields: event.fields });
    }
    if (event.event === 'ranking') {
      const shown = inShownOrder(event);
      const settled = joiner.addRanking({ event: shown, line, raw });
      statistics.observe('ranking', shown.fields);
      for (const item of shown.items) statistics.observe('rankedItem', item.fields);
      return settle(settled);
    }
    types.count(event.type);
    return settle(joiner.addInteraction({ event, line, raw, shownAt }));
  }

  function settle(settled: Settled): Promise<void> | undefined {
    const { impressions, rejections } = settled;
    return impressions.length + rejections.length === 0 ? undefined : write(settled);
  }

  async function write({ impressions, rejections }: Settled): Promise<void> {
    for (const { line, error, raw } of rejections) {
      await rejects.add(line, error, raw);
      await pauses.after(lineSize({ raw }));
    }
    for (const impression of impressions) {
      await onImpression(impression);
      const pause = pauses.after(listSize(impression));
      if (pause) await pause;
    }
  }
}
