import { createFieldStatistics, type FieldStatisticsCollector } from '../../encoding/field-values/field-statistics.ts';
import type { LogEvent } from '../../slate/events.ts';
import { createOddNames, type OddNames } from '../../slate/odd-names.ts';
import { RejectedEvent } from '../../slate/rejected-event.ts';
import { inShownOrder } from '../../slate/shown-order.ts';
import type { EventSource, SourceRecord } from '../../sources/event-source.ts';
import { createJoiner, type JoinedBefore, type Joiner, joinDefaults } from '../../sources/join/join-interactions.ts';
import {
  impressionForm,
  type JoinableList,
  type JoinedImpression,
  type JoinOptions,
  type ListForm,
  openImpression,
  type Settled,
} from '../../sources/join/joined.ts';
import type { Rejects } from '../../sources/rejects.ts';
import { createPauses, lineSize, listSize } from '../folder/paused.ts';
import type { MetadataRow } from '../folder/write-dataset.ts';
import type { ImportState } from './import-state.ts';
import { countTypes, type TypeCounter } from './label-types.ts';

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
  /** Leaves out all events that are earlier; epoch milliseconds. */
  readonly since?: number | undefined;
  /** Whether the rejected lines of a log that cannot be imported at all are kept beside the folder; true unless told otherwise. */
  readonly keepsRejected?: boolean;
  /** Threads that read a long log of JSON lines; 2 unless told otherwise, with 1 there are none. The data set does not depend on it. */
  readonly workers?: number;
  /** Called every few thousand lines. */
  readonly onProgress?: (lines: number) => void;
  /** Stops it; it rejects with the signal's reason, and writes nothing. */
  readonly signal?: AbortSignal | undefined;
}

/** One pass over a log: validated, joined, counted. Rejected lines go to `reject`. */
export interface LogPass {
  readonly joiner: JoinedBefore;
  readonly statistics: FieldStatisticsCollector;
  readonly odd: OddNames;
  readonly types: TypeCounter;
  readonly lines: number;
  /** Events that were taken: not earlier than asked for. */
  readonly taken: number;
  /** The latest time among them, and those before. */
  readonly until: number;
}

/** How clicks are joined, with what holds where nothing is said. */
export const joinOptionsOf = ({
  joinWindow = joinDefaults.joinWindow,
  labelTypes = joinDefaults.labelTypes,
  openBytes = joinDefaults.openBytes,
}: ImportOptions): JoinOptions => ({ joinWindow, labelTypes, openBytes });

/** Where a pass leaves what it reads. */
export interface LogSinks {
  readonly before?: EarlierPass<JoinedImpression> | undefined;
  readonly rejects: Pick<Rejects, 'add'>;
  readonly onImpression: (impression: JoinedImpression) => Promise<void>;
  readonly onMetadata: (kind: 'item' | 'user', row: MetadataRow) => Promise<void>;
}

/** What an earlier import has counted, and its last lists, whose clicks may still come. */
export interface EarlierPass<L> {
  readonly state: ImportState;
  readonly tail: readonly L[];
}

/** What a pass counts and joins with: it goes on where an earlier import ended. */
export function beginPass<L extends JoinableList>(
  options: ImportOptions,
  form: ListForm<L>,
  before?: EarlierPass<L>,
): Pick<LogPass, 'statistics' | 'odd' | 'types' | 'until'> & { readonly joiner: Joiner<L> } {
  const joiner = createJoiner(joinOptionsOf(options), form, before?.state.joined);
  for (const list of before?.tail ?? []) joiner.resume(list);
  return {
    joiner,
    statistics: createFieldStatistics(before?.state.statistics),
    odd: createOddNames(before?.state.odd),
    types: countTypes(before?.state.types),
    until: before?.state.until ?? 0,
  };
}

/** One pass over a source: every event is judged and counted, clicks are joined to their lists. */
export async function readLog(
  source: EventSource,
  options: ImportOptions,
  { rejects, onImpression, onMetadata, before }: LogSinks,
): Promise<LogPass> {
  const { onProgress, firstPosition, signal, since = 0 } = options;
  const { joiner, statistics, odd, types, ...begun } = beginPass(options, impressionForm, before);
  const pauses = createPauses(signal);
  let [lines, taken, until] = [0, 0, begun.until];
  for await (const entry of source.records({ firstPosition, odd, since: options.since })) {
    const pause = pauses.after(lineSize(entry));
    if (pause) await pause;
    lines = entry.line;
    if (lines % 5000 === 0) onProgress?.(lines);
    if ('reason' in entry) {
      await rejects.add({ ...entry, error: new RejectedEvent(entry.reason, entry.message) });
      continue;
    }
    if (entry.event.time < since) continue;
    taken++;
    until = Math.max(until, entry.event.time);
    try {
      // Most lines settle nothing: they are not waited for.
      const writing = take(entry);
      if (writing) await writing;
    } catch (error) {
      if (!(error instanceof RejectedEvent)) throw error;
      await rejects.add({ ...entry, error });
    }
  }
  await settle(joiner.finish());
  return { joiner, statistics, odd, types, lines, taken, until };

  function take(record: Extract<SourceRecord, { event: LogEvent }>): Promise<void> | undefined {
    const { event, line, raw, place, shownAt } = record;
    if (event.event === 'item' || event.event === 'user') {
      statistics.observe(event.event, event.fields);
      const id = event.event === 'item' ? event.item : event.user;
      return onMetadata(event.event, { time: event.time, line, id, fields: event.fields });
    }
    if (event.event === 'ranking') {
      const shown = inShownOrder(event);
      const settled = joiner.addList(openImpression(shown, line), raw.length);
      statistics.observe('ranking', shown.fields);
      for (const item of shown.items) statistics.observe('rankedItem', item.fields);
      return settle(settled);
    }
    types.count(event.type);
    return settle(joiner.addInteraction({ event, line, raw, place, shownAt }));
  }

  function settle(settled: Settled): Promise<void> | undefined {
    const { impressions, rejections } = settled;
    return impressions.length + rejections.length === 0 ? undefined : write(settled);
  }

  async function write({ impressions, rejections }: Settled): Promise<void> {
    for (const rejection of rejections) {
      await rejects.add(rejection);
      await pauses.after(lineSize(rejection));
    }
    for (const impression of impressions) {
      await onImpression(impression);
      const pause = pauses.after(listSize(impression));
      if (pause) await pause;
    }
  }
}
