import { createWriteStream, type WriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import {
  createFieldStatistics,
  type FieldStatistics,
  type FieldStatisticsCollector,
} from '../features/field-statistics.ts';
import type { LogEvent } from '../slate/events.ts';
import { InputError } from '../slate/input-error.ts';
import { type FolderKind, replaceFolder } from '../slate/output-folder.ts';
import { RejectedEvent, type RejectReason } from '../slate/parse-event.ts';
import { readEventLog } from './event-log.ts';
import { createJoiner, type JoinedImpression, type Joiner } from './join-interactions.ts';
import { createSortedSpool, type SortedSpool } from './sorted-spool.ts';
import {
  createIdTable,
  type MetadataRow,
  vocabularyPath,
  writeImpressions,
  writeJson,
  writeMetadata,
  writeVocabulary,
} from './write-dataset.ts';

/** Changes when the layout of a data set folder does. */
export const DATASET_FORMAT = 2;

/** The files of a data set folder. */
export const DATASET_FOLDER: FolderKind = {
  name: 'a data set',
  mark: 'import.json',
  others: [
    'schema.json',
    'rejected.jsonl',
    'items.arrow',
    'users.arrow',
    'impressions.arrow',
    'items-vocabulary.arrow',
    'users-vocabulary.arrow',
  ],
};

export interface ImportOptions {
  /** Default 30 minutes. */
  readonly joinWindow?: number;
  /** Default `click`. */
  readonly labelTypes?: readonly string[];
  readonly openLimit?: number;
  /** Called every few thousand lines. */
  readonly onProgress?: (lines: number) => void;
}

export interface ImportSummary {
  readonly format: number;
  readonly source: string;
  readonly lines: number;
  readonly lists: number;
  readonly listsWithoutClick: number;
  readonly shownItems: number;
  readonly clicks: number;
  readonly otherInteractions: number;
  readonly items: number;
  readonly users: number;
  readonly itemsWithoutMetadata: number;
  readonly firstTime: number;
  readonly lastTime: number;
  readonly longestList: number;
  readonly rejected: number;
  readonly rejectedByReason: Readonly<Partial<Record<RejectReason, number>>>;
}

/** One pass over a log: validated, joined, counted. Rejected lines go to `reject`. */
interface Pass {
  readonly joiner: Joiner;
  readonly statistics: FieldStatisticsCollector;
  readonly lines: number;
}

/**
 * Reads an event log, joins clicks to lists and writes a data set folder (Arrow IPC files, schema and counts). The folder appears only when it is complete, and
 * replaces none but a data set; every rejected line is kept in its `rejected.jsonl` with its line number and reason.
 */
export async function importLog(log: string, folder: string, options: ImportOptions = {}): Promise<ImportSummary> {
  return replaceFolder(folder, DATASET_FOLDER, (building) => buildDataset(log, building, options));
}

/** Reads and judges a whole log without writing anything but, if wanted, its rejected lines. */
export async function validateLog(
  log: string,
  options: ImportOptions & { readonly rejectedPath?: string } = {},
): Promise<ImportSummary> {
  const rejects = createRejects(options.rejectedPath);
  const facts = createFacts();
  await readAll(log, options, {
    rejects,
    onImpression: async (impression) => facts.observe(impression),
    onMetadata: async (kind, row) => facts.metadata(kind, row),
  }).then(({ lines, joiner }) => facts.finish(lines, joiner));
  await rejects.close();
  return facts.summary(log, rejects);
}

async function buildDataset(log: string, folder: string, options: ImportOptions): Promise<ImportSummary> {
  const spools = join(folder, 'spool');
  const impressions = createSortedSpool<JoinedImpression>(spools, 'impressions');
  const metadata: Record<'item' | 'user', SortedSpool<MetadataRow>> = {
    item: createSortedSpool(spools, 'items'),
    user: createSortedSpool(spools, 'users'),
  };
  const rejects = createRejects(join(folder, 'rejected.jsonl'));
  const facts = createFacts();
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
  await rejects.close();
  facts.finish(lines, joiner);
  if (facts.lists === 0) {
    throw new InputError(
      `${log}: expected at least one ranking event, found none in ${lines} lines${rejects.count > 0 ? ` (${rejects.count} rejected, the first: ${rejects.first})` : ''}; see the event format in the README`,
    );
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
  const { joinWindow = 30 * 60_000, labelTypes = ['click'], openLimit = 200_000, onProgress } = options;
  const joiner = createJoiner({ joinWindow, labelTypes, openLimit });
  const statistics = createFieldStatistics();
  let lines = 0;
  for await (const entry of readEventLog(log)) {
    lines = entry.line;
    if (lines % 5000 === 0) onProgress?.(lines);
    if ('reason' in entry) {
      rejects.add(entry.line, new RejectedEvent(entry.reason, entry.message), entry.raw);
      continue;
    }
    try {
      await take(entry.event, entry.line);
    } catch (error) {
      if (!(error instanceof RejectedEvent)) throw error;
      rejects.add(entry.line, error, entry.event);
    }
  }
  const rest = joiner.finish();
  for (const { line, error, event } of rest.rejections) rejects.add(line, error, event);
  for (const impression of rest.impressions) await onImpression(impression);
  return { joiner, statistics, lines };

  async function take(event: LogEvent, line: number): Promise<void> {
    if (event.event === 'item' || event.event === 'user') {
      statistics.observe(event.event, event.fields);
      const id = event.event === 'item' ? event.item : event.user;
      await onMetadata(event.event, { time: event.time, line, id, fields: event.fields });
    } else if (event.event === 'ranking') {
      const closed = joiner.addRanking(event, line);
      statistics.observe('ranking', event.fields);
      for (const item of event.items) statistics.observe('rankedItem', item.fields);
      for (const impression of closed) await onImpression(impression);
    } else {
      const rejection = joiner.addInteraction(event, line);
      if (rejection) rejects.add(line, rejection.error, event);
    }
  }
}

interface Rejects {
  add(line: number, error: RejectedEvent, raw: unknown): void;
  close(): Promise<void>;
  readonly count: number;
  readonly first: string;
  readonly byReason: Partial<Record<RejectReason, number>>;
}

/** Counts rejected lines and keeps each of them, where a path is given. */
function createRejects(path: string | undefined): Rejects {
  const file: WriteStream | undefined = path === undefined ? undefined : createWriteStream(path);
  const byReason: Partial<Record<RejectReason, number>> = {};
  let count = 0;
  let first = '';
  return {
    get count() {
      return count;
    },
    get first() {
      return first;
    },
    byReason,
    add(line, error, raw) {
      if (count++ === 0) first = `line ${line}: ${error.message}`;
      byReason[error.reason] = (byReason[error.reason] ?? 0) + 1;
      const kept = typeof raw === 'string' ? raw : JSON.stringify(raw);
      file?.write(`${JSON.stringify({ line, reason: error.reason, message: error.message, raw: kept })}\n`);
    },
    async close() {
      if (!file) return;
      file.end();
      await finished(file);
    },
  };
}

interface Facts {
  readonly lists: number;
  observe(impression: JoinedImpression): void;
  metadata(kind: 'item' | 'user', row: MetadataRow): void;
  finish(lines: number, joiner: Joiner): void;
  summary(source: string, rejects: Rejects): ImportSummary;
}

function createFacts(): Facts {
  const shown = new Set<string>();
  const described = new Set<string>();
  const users = new Set<string>();
  const counts = {
    lines: 0,
    lists: 0,
    listsWithoutClick: 0,
    shownItems: 0,
    clicks: 0,
    otherInteractions: 0,
    longestList: 0,
  };
  let firstTime = Number.POSITIVE_INFINITY;
  let lastTime = 0;
  return {
    get lists() {
      return counts.lists;
    },
    observe({ ranking, clickTimes, time }) {
      counts.lists++;
      counts.shownItems += ranking.items.length;
      counts.longestList = Math.max(counts.longestList, ranking.items.length);
      const clicks = clickTimes.filter((each) => each >= 0).length;
      counts.clicks += clicks;
      if (clicks === 0) counts.listsWithoutClick++;
      for (const { id } of ranking.items) shown.add(id);
      users.add(ranking.user);
      firstTime = Math.min(firstTime, time);
      lastTime = Math.max(lastTime, time);
    },
    metadata(kind, { id }) {
      (kind === 'item' ? described : users).add(id);
    },
    finish(lines, joiner) {
      counts.lines = lines;
      counts.otherInteractions = joiner.otherInteractions;
    },
    summary: (source, rejects) => ({
      format: DATASET_FORMAT,
      source,
      ...counts,
      items: new Set([...shown, ...described]).size,
      users: users.size,
      itemsWithoutMetadata: [...shown].filter((id) => !described.has(id)).length,
      firstTime: counts.lists > 0 ? firstTime : 0,
      lastTime,
      rejected: rejects.count,
      rejectedByReason: rejects.byReason,
    }),
  };
}
