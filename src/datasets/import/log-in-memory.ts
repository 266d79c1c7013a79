import { InputError } from '../../slate/input-error.ts';
import type { EventSource } from '../../sources/event-source.ts';
import type { JoinedImpression } from '../../sources/join/joined.ts';
import { countRejected } from '../../sources/rejected-counts.ts';
import type { DatasetRow, JoinedLog } from '../folder/dataset.ts';
import type { MetadataRow } from '../folder/write-dataset.ts';
import { createFacts, withoutLists } from './import-facts.ts';
import { factsOfImpression } from './list-facts.ts';
import { type ImportOptions, joinOptionsOf, readLog } from './read-log.ts';

/** What of a log was rejected is counted, and the first such line told; none is kept. */
export interface LogInMemory extends JoinedLog {
  readonly firstRejected: string;
}

/**
 * Reads a source as `importLog` does, into memory in place of a folder: for small logs where there are no files, in a browser. Throws `InputError` where nothing was
 * shown.
 */
export async function logInMemory(source: EventSource, options: ImportOptions = {}): Promise<LogInMemory> {
  const rejected = countRejected();
  const impressions: JoinedImpression[] = [];
  const metadata: Record<'item' | 'user', MetadataRow[]> = { item: [], user: [] };
  const facts = createFacts({ ...joinOptionsOf(options), firstPosition: options.firstPosition ?? 0 });
  const pass = await readLog(source, options, {
    rejects: { add: async (line) => void rejected.add(line) },
    onImpression: async (impression) => {
      facts.observe(factsOfImpression(impression));
      impressions.push(impression);
    },
    onMetadata: async (kind, row) => {
      facts.metadata(kind, row);
      metadata[kind].push(row);
    },
  });
  facts.finish(pass);
  if (facts.lists === 0)
    throw new InputError(
      withoutLists(source.name, { lines: pass.lines, rejected: rejected.count }, rejected.first),
      'no-lists',
    );
  impressions.sort(byTime);
  const rows = inOrder(impressions, metadata, source.isInOrder === true);
  return {
    summary: facts.summary(source.name, { count: rejected.count, byReason: rejected.byReason, kept: 0 }),
    firstRejected: rejected.first,
    fields: pass.statistics.result(),
    async *rows() {
      yield* rows;
    },
    async impressionFacts() {
      return {
        times: Float64Array.from(impressions, ({ time }) => time),
        users: impressions.map(({ ranking }) => ranking.user),
        clicks: Int32Array.from(impressions, ({ clickTimes }) => clickTimes.filter((time) => time >= 0).length),
        lengths: Int32Array.from(impressions, ({ clickTimes }) => clickTimes.length),
      };
    },
  };
}

/** As a data set folder has them: of one millisecond by the lines where the source's order counts, else items, then users, then lists. */
function inOrder(
  impressions: readonly JoinedImpression[],
  metadata: Readonly<Record<'item' | 'user', readonly MetadataRow[]>>,
  byLines: boolean,
): readonly DatasetRow[] {
  const told = <Kind extends 'item' | 'user'>(kind: Kind): Place[] =>
    metadata[kind].map(({ time, line, id, fields }) => ({
      ...{ time, line },
      row: (kind === 'item'
        ? { kind, event: { event: 'item', item: id, time, fields } }
        : { kind, event: { event: 'user', user: id, time, fields } }) as DatasetRow,
    }));
  const shown = impressions.map(({ time, line, ranking, clickTimes }, index): Place => {
    const impression = { ranking, clickTimesK: Float64Array.from(clickTimes) };
    return { time, line, row: { kind: 'impression', index, impression } };
  });
  const sorted = [told('item'), told('user')].flatMap((places) => places.sort(byTime)).concat(shown);
  // The sort is stable.
  return sorted
    .sort((a, b) => a.time - b.time || (byLines ? a.line - b.line : 0))
    .map(({ row, line }) => (byLines ? { ...row, line } : row));
}

interface Place extends Timed {
  readonly row: DatasetRow;
}

interface Timed {
  readonly time: number;
  readonly line: number;
}

const byTime = (a: Timed, b: Timed): number => a.time - b.time || a.line - b.line;
