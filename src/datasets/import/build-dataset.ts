import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { FieldStatistics } from '../../encoding/field-values/field-statistics.ts';
import { writeManifest } from '../../files/manifest.ts';
import { InputError } from '../../slate/input-error.ts';
import { columnListsOf } from '../../sources/blocks/column-list.ts';
import { blocksOf, type ReadBlocks } from '../../sources/blocks/event-block.ts';
import { createIdTable } from '../../sources/blocks/seen-ids.ts';
import type { EventSource } from '../../sources/event-source.ts';
import type { JoinedImpression } from '../../sources/join/joined.ts';
import type { Rejects } from '../../sources/rejects.ts';
import type { ImportSummary } from '../folder/import-summary.ts';
import { eventSize } from '../folder/paused.ts';
import {
  DATASET_FILES,
  type MetadataRow,
  vocabularyPath,
  writeImpressions,
  writeJson,
  writeMetadata,
  writeVocabulary,
} from '../folder/write-dataset.ts';
import { createFacts, withoutLists } from './import-facts.ts';
import { type ImportState, writeState } from './import-state.ts';
import { type CountedList, createRowFacts, factsOfImpression } from './list-facts.ts';
import { createListSpool } from './list-spool.ts';
import { readBlocks } from './read-blocks.ts';
import type { ImportOptions, LogPass } from './read-log.ts';
import { joinOptionsOf, readLog } from './read-log.ts';
import { createSortedSpool, type SortedSpool } from './sorted-spool.ts';

/** The data set that is added to. */
export interface Base {
  readonly summary: ImportSummary;
  readonly state: ImportState;
  /** Its last lists, whose clicks may still come; and how many it keeps of each part without them. */
  readonly tail: readonly JoinedImpression[];
  readonly kept: readonly number[];
  readonly items: readonly string[];
  readonly users: readonly string[];
}

export interface BuildOptions extends ImportOptions {
  readonly rejects: Rejects;
  readonly base?: Base | undefined;
}

/** Reads a source into a folder: a data set, or what is added to one. Undefined where nothing is to be added. */
export async function buildDataset(
  source: EventSource,
  folder: string,
  { rejects, base, ...options }: BuildOptions,
): Promise<ImportSummary | undefined> {
  const { signal } = options;
  const spools = join(folder, 'spool');
  const stopped = { folder: spools, signal };
  const codes = { items: createIdTable(), users: createIdTable() };
  const impressions = createListSpool({ ...stopped, codes });
  const metadata: Record<'item' | 'user', SortedSpool<MetadataRow>> = {
    item: createSortedSpool<MetadataRow>({ ...stopped, name: 'items', sizeOf: eventSize }),
    user: createSortedSpool<MetadataRow>({ ...stopped, name: 'users', sizeOf: eventSize }),
  };
  const facts = createFacts({
    ...joinOptionsOf(options),
    firstPosition: options.firstPosition ?? 0,
    saved: base?.state.facts,
  });
  const rows = { lists: 0, itemEvents: 0, userEvents: 0 };
  const shared = {
    rejects,
    onMetadata: async (kind: 'item' | 'user', row: MetadataRow) => {
      rows[`${kind}Events`]++;
      facts.metadata(kind, row);
      await metadata[kind].add(row);
    },
  };
  /** `before`: clicks that the list had when it was counted first. */
  const count = (list: CountedList, before: number | undefined): void => {
    rows.lists++;
    if (before === undefined) facts.observe(list);
    else facts.clicksChanged(before, list.clicks);
  };
  const blocks = blocksOf(source);
  const pass = blocks ? await passOverBlocks(blocks) : await passOverRecords();
  const { statistics, lines, joiner } = pass;
  if (base && pass.taken === 0) return undefined;
  facts.finish(pass);
  if (facts.lists === 0) {
    throw new InputError(withoutLists(source.name, { lines, rejected: rejects.count }, rejects.first), 'no-lists');
  }
  const fields: readonly FieldStatistics[] = statistics.result();
  const items = createIdTable(base?.items);
  const users = createIdTable(base?.users);
  const written = { statistics: fields, keepsLines: source.isInOrder === true };
  await writeMetadata(join(folder, 'items.arrow'), metadata.item.drain(), { ...written, scope: 'item', ids: items });
  await writeMetadata(join(folder, 'users.arrow'), metadata.user.drain(), { ...written, scope: 'user', ids: users });
  await writeImpressions(join(folder, 'impressions.arrow'), impressions.drain(), { ...written, codes, items, users });
  signal?.throwIfAborted();
  const [knownItems, knownUsers] = [base?.items.length ?? 0, base?.users.length ?? 0];
  await writeVocabulary(vocabularyPath(folder, 'items'), items, knownItems);
  await writeVocabulary(vocabularyPath(folder, 'users'), users, knownUsers);
  await rm(spools, { recursive: true, force: true });
  await writeJson(join(folder, 'schema.json'), fields);
  const journal = source.position?.();
  const part = base && {
    ...rows,
    kept: base.kept,
    items: items.ids.length - knownItems,
    users: users.ids.length - knownUsers,
  };
  const summary = {
    ...facts.summary(source.name, base ? together(base.summary, rejects) : rejects),
    ...(journal ? { journal } : {}),
    ...(part ? { part } : {}),
  };
  await writeJson(join(folder, 'import.json'), summary);
  await writeState(folder, {
    until: pass.until,
    statistics: statistics.save(),
    facts: facts.save(),
    odd: pass.odd.save(),
    types: pass.types.result(),
    joined: { otherInteractions: joiner.otherInteractions, sharedIds: joiner.sharedIds },
  });
  signal?.throwIfAborted();
  await writeManifest(folder, DATASET_FILES);
  return summary;

  async function passOverRecords(): Promise<LogPass> {
    const clicksBefore = new Map((base?.tail ?? []).map((list) => [list, factsOfImpression(list).clicks]));
    return readLog(source, options, {
      ...shared,
      before: base,
      onImpression: async (impression) => {
        count(factsOfImpression(impression), clicksBefore.get(impression));
        await impressions.add(impression);
      },
    });
  }

  async function passOverBlocks(read: ReadBlocks): Promise<LogPass> {
    const factsOfRow = createRowFacts(codes);
    const tail = columnListsOf(base?.tail ?? [], codes);
    const clicksBefore = new Map(tail.map((list) => [list, factsOfRow(list).clicks]));
    return readBlocks(read, options, {
      ...shared,
      codes,
      before: base && { state: base.state, tail },
      onList(list) {
        count(factsOfRow(list), clicksBefore.get(list));
        return impressions.copy(list);
      },
    });
  }
}

type RejectCounts = Pick<Rejects, 'count' | 'byReason' | 'kept'>;

/** What was rejected before, and now. */
function together({ rejected, rejectedByReason, rejectedKept }: ImportSummary, now: RejectCounts): RejectCounts {
  const byReason = { ...rejectedByReason };
  for (const [reason, count] of Object.entries(now.byReason) as [keyof typeof byReason, number][])
    byReason[reason] = (byReason[reason] ?? 0) + count;
  return { count: rejected + now.count, kept: rejectedKept + now.kept, byReason };
}
