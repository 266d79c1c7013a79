import { rename, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import {
  createFieldStatistics,
  type FieldStatistics,
  type FieldStatisticsCollector,
} from '../../encoding/schema/field-statistics.ts';
import { REJECTED_LINES } from '../../files/file-kinds.ts';
import { DATASET_FOLDER } from '../../files/folder-kinds.ts';
import { replaceFolder } from '../../files/output-folder.ts';
import { checkFile, checkOutputs } from '../../files/outputs.ts';
import type { LogEvent } from '../../slate/events.ts';
import { InputError } from '../../slate/input-error.ts';
import { RejectedEvent } from '../../slate/parse-event.ts';
import {
  createJoiner,
  type JoinedImpression,
  type Joiner,
  type JoinOptions,
  joinDefaults,
  type Settled,
} from '../../sources/join/join-interactions.ts';
import { type LogLine, readEventLog } from '../../sources/json-lines/event-log.ts';
import { createRejects, type Rejects } from '../../sources/rejects.ts';
import {
  createIdTable,
  type MetadataRow,
  vocabularyPath,
  writeImpressions,
  writeJson,
  writeMetadata,
  writeVocabulary,
} from '../folder/write-dataset.ts';
import { createFacts, type ImportSummary, withoutLists } from './import-summary.ts';
import { createSortedSpool, type SortedSpool } from './sorted-spool.ts';

export interface ImportOptions {
  /** Milliseconds; default 30 minutes. */
  readonly joinWindow?: number;
  /** Default `click`. */
  readonly labelTypes?: readonly string[];
  readonly openLimit?: number;
  /** Called every few thousand lines. */
  readonly onProgress?: (lines: number) => void;
}

/** One pass over a log: validated, joined, counted. Rejected lines go to `reject`. */
interface Pass {
  readonly joiner: Joiner;
  readonly statistics: FieldStatisticsCollector;
  readonly lines: number;
}

/**
 * Reads an event log, joins clicks to lists and writes a data set folder (Arrow IPC files, schema and counts). The folder appears only when it is complete, and
 * replaces none but a data set; every rejected line is kept in its `rejected.jsonl` with its line number and reason, or in `<folder>.rejected.jsonl` when the log
 * cannot be imported at all.
 */
export async function importLog(log: string, folder: string, options: ImportOptions = {}): Promise<ImportSummary> {
  const kept = rejectedBeside(folder);
  await checkFile(kept, REJECTED_LINES);
  return replaceFolder(folder, DATASET_FOLDER, async (building) => {
    const rejectedPath = join(building, 'rejected.jsonl');
    const rejects = await createRejects(rejectedPath);
    try {
      return await buildDataset(log, building, { ...options, rejects });
    } catch (error) {
      await rejects.close();
      if (!(error instanceof InputError) || rejects.count === 0) throw error;
      await rename(rejectedPath, kept);
      throw new InputError(`${error.message}; the rejected lines are kept in ${kept}`);
    } finally {
      await rejects.close();
    }
  });
}

/** Where the rejected lines of a log are kept that cannot be imported at all. */
export const rejectedBeside = (folder: string): string => `${resolve(folder)}.rejected.jsonl`;

/** Reads and judges a whole log without writing anything but, if wanted, its rejected lines. */
export async function validateLog(
  log: string,
  options: ImportOptions & { readonly rejectedPath?: string } = {},
): Promise<ImportSummary & { readonly firstRejected?: string }> {
  if (options.rejectedPath !== undefined) {
    await checkOutputs([{ path: options.rejectedPath, file: REJECTED_LINES }], {
      inputs: [log],
      note: () => undefined,
    });
  }
  const rejects = await createRejects(options.rejectedPath);
  const facts = createFacts(joinOptions(options));
  try {
    const { lines, joiner } = await readAll(log, options, {
      rejects,
      onImpression: async (impression) => facts.observe(impression),
      onMetadata: async (kind, row) => facts.metadata(kind, row),
    });
    facts.finish(lines, joiner);
  } finally {
    await rejects.close();
  }
  const { first } = rejects;
  return { ...facts.summary(log, rejects), ...(first === '' ? {} : { firstRejected: first }) };
}

async function buildDataset(
  log: string,
  folder: string,
  { rejects, ...options }: ImportOptions & { readonly rejects: Rejects },
): Promise<ImportSummary> {
  const spools = join(folder, 'spool');
  const impressions = createSortedSpool<JoinedImpression>(spools, 'impressions');
  const metadata: Record<'item' | 'user', SortedSpool<MetadataRow>> = {
    item: createSortedSpool(spools, 'items'),
    user: createSortedSpool(spools, 'users'),
  };
  const facts = createFacts(joinOptions(options));
  const { statistics, lines, joiner } = await readAll(log, options, {
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
  facts.finish(lines, joiner);
  if (facts.lists === 0) {
    throw new InputError(withoutLists(log, { lines, rejected: rejects.count }, rejects.first));
  }
  const fields: readonly FieldStatistics[] = statistics.result();
  const items = createIdTable();
  const users = createIdTable();
  await writeMetadata(join(folder, 'items.arrow'), metadata.item.drain(), {
    statistics: fields,
    scope: 'item',
    ids: items,
  });
  await writeMetadata(join(folder, 'users.arrow'), metadata.user.drain(), {
    statistics: fields,
    scope: 'user',
    ids: users,
  });
  await writeImpressions(join(folder, 'impressions.arrow'), impressions.drain(), { statistics: fields, items, users });
  await writeVocabulary(vocabularyPath(folder, 'items'), items);
  await writeVocabulary(vocabularyPath(folder, 'users'), users);
  await rm(spools, { recursive: true, force: true });
  await writeJson(join(folder, 'schema.json'), fields);
  const summary = facts.summary(log, rejects);
  await writeJson(join(folder, 'import.json'), summary);
  return summary;
}

const joinOptions = ({
  joinWindow = joinDefaults.joinWindow,
  labelTypes = joinDefaults.labelTypes,
  openLimit = joinDefaults.openLimit,
}: ImportOptions): JoinOptions => ({ joinWindow, labelTypes, openLimit });

interface Sinks {
  readonly rejects: Rejects;
  readonly onImpression: (impression: JoinedImpression) => Promise<void>;
  readonly onMetadata: (kind: 'item' | 'user', row: MetadataRow) => Promise<void>;
}

async function readAll(
  log: string,
  options: ImportOptions,
  { rejects, onImpression, onMetadata }: Sinks,
): Promise<Pass> {
  const { onProgress } = options;
  const joiner = createJoiner(joinOptions(options));
  const statistics = createFieldStatistics();
  let lines = 0;
  for await (const entry of readEventLog(log)) {
    lines = entry.line;
    if (lines % 5000 === 0) onProgress?.(lines);
    if ('reason' in entry) {
      await rejects.add(entry.line, new RejectedEvent(entry.reason, entry.message), entry.raw);
      continue;
    }
    try {
      await take(entry);
    } catch (error) {
      if (!(error instanceof RejectedEvent)) throw error;
      await rejects.add(entry.line, error, entry.raw);
    }
  }
  await settle(joiner.finish());
  return { joiner, statistics, lines };

  async function take({ event, line, raw }: Extract<LogLine, { event: LogEvent }>): Promise<void> {
    if (event.event === 'item' || event.event === 'user') {
      statistics.observe(event.event, event.fields);
      const id = event.event === 'item' ? event.item : event.user;
      await onMetadata(event.event, { time: event.time, line, id, fields: event.fields });
    } else if (event.event === 'ranking') {
      const settled = joiner.addRanking(event, line);
      statistics.observe('ranking', event.fields);
      for (const item of event.items) statistics.observe('rankedItem', item.fields);
      await settle(settled);
    } else {
      await settle({ impressions: [], rejections: joiner.addInteraction({ interaction: event, line, raw }) });
    }
  }

  async function settle({ impressions, rejections }: Settled): Promise<void> {
    for (const { line, error, raw } of rejections) await rejects.add(line, error, raw);
    for (const impression of impressions) await onImpression(impression);
  }
}
