import { once } from 'node:events';
import type { FittedFeatures } from '../encoding/columns/fitted-features.ts';
import { watchEvent, watchFields } from '../encoding/encoders/changed-fields.ts';
import type { Memory } from '../memory/memory.ts';
import { requestDoubts, SHARED_ID } from '../scoring/request-doubts.ts';
import { unreadFields } from '../scoring/unread-fields.ts';
import type { RankingEvent } from '../slate/events.ts';
import { InputError } from '../slate/input-error.ts';
import { createOddNames } from '../slate/odd-names.ts';
import type { ParseOptions } from '../slate/parse-event.ts';
import { RejectedEvent } from '../slate/rejected-event.ts';
import { refuseSeconds } from '../slate/seconds.ts';
import type { SourceRecord } from '../sources/event-source.ts';
import { readEventLog } from '../sources/json-lines/event-log.ts';
import { readListRows } from '../sources/parquet/list-rows.ts';
import { dealt, requestsOf, type Shard } from './shards.ts';

export interface RequestFileOptions {
  /** What the model was trained on: fields that have changed since are told on standard error at the end. */
  readonly features: Pick<FittedFeatures, 'schema' | 'encoders'>;
  readonly memories: readonly Memory[];
  /** Called with each request and its line in the file, from 1. */
  readonly answer: (request: RankingEvent, line: number) => Promise<void>;
  readonly beforeUpdate?: () => Promise<void>;
  /** Whether `answer` refuses positions beyond a page itself. */
  readonly refusesFar?: boolean;
  /** What the file calls the first position: 0 (default) or 1. Answers count from 0. */
  readonly firstPosition?: number | undefined;
  /** Reads only a share of the requests; then the path may be a folder of files. */
  readonly shard?: Shard | undefined;
}

/**
 * Reads requests in order. Item and user events between them update what the memories know, for the requests that follow; interactions are passed over. Rejected lines are
 * told on standard error and counted; keys and fields that nothing reads are told at the end.
 */
export async function forEachRequest(
  path: string,
  { features, memories, answer, beforeUpdate = async () => {}, firstPosition, refusesFar, shard }: RequestFileOptions,
): Promise<number> {
  const watch = watchFields(features.schema, features.encoders);
  const odd = createOddNames();
  let rejected = 0;
  const doubts = new Map<string, number>();
  const doubt = (note: string): void => void doubts.set(note, (doubts.get(note) ?? 0) + 1);
  const ids = createIds();
  const asking = createAsking(memories[0]);
  let requests = 0;
  const early = { count: 0, clock: 0 };
  for await (const entry of recordsOf(path, shard, { firstPosition, odd })) {
    if ('reason' in entry) {
      rejected++;
      tellRejected(entry);
      continue;
    }
    const { event } = entry;
    try {
      refuseSeconds(event.time, memories[0].clock);
    } catch (error) {
      if (!(error instanceof RejectedEvent)) throw error;
      rejected++;
      tellRejected({ line: entry.line, reason: error.reason, message: error.message });
      continue;
    }
    watchEvent(watch, event);
    if (event.event === 'ranking') {
      const { clock } = memories[0];
      if (event.time < clock) {
        early.count++;
        early.clock = clock;
      }
      requests++;
      for (const note of unreadFields(event, features.schema)) doubt(note);
      for (const note of requestDoubts(event, memories[0], { refusesFar })) doubt(note);
      if (ids.isShared(event.id)) doubt(SHARED_ID);
      asking.observe(event);
      await answer(event, entry.line);
    } else if (event.event !== 'interaction') {
      await beforeUpdate();
      for (const memory of memories) memory.apply(event);
    }
  }
  if (early.count > 0) process.stderr.write(`${earlyNote(early.count, early.clock)}\n`);
  for (const note of odd.notes()) process.stderr.write(`warning: ${note}\n`);
  for (const [note, count] of doubts)
    process.stderr.write(`warning: ${count} ${count === 1 ? 'request' : 'requests'}: ${note}\n`);
  for (const note of [...asking.notes(), ...watch.changed().map((change) => change.note)])
    process.stderr.write(`warning: ${note}\n`);
  // A share of few requests may have none.
  if (requests + rejected === 0 && !shard)
    throw new InputError(
      `${path}: expected at least one request, an event of kind "ranking", found none; docs/output.md has an example`,
      'no-lists',
    );
  return rejected;
}

async function* recordsOf(path: string, shard: Shard | undefined, options: ParseOptions): AsyncGenerator<SourceRecord> {
  if (!shard) return yield* readerOf(path)(path, options);
  const { files, isDealt } = await requestsOf(path, shard);
  for (const file of files) {
    const records = readerOf(file)(file, options);
    yield* isDealt ? dealt(records, shard) : records;
  }
}

const readerOf = (path: string): typeof readEventLog => (path.endsWith('.parquet') ? readListRows : readEventLog);

/** Ids that are compared, at most. */
const MOST_IDS = 1_000_000;

function createIds(): { isShared(id: string): boolean } {
  const met = new Set<string>();
  return {
    isShared(id) {
      if (met.has(id)) return true;
      if (met.size < MOST_IDS) met.add(id);
      return false;
    },
  };
}

/** Tells where the model has met none of those who ask: one new user is nothing odd. */
function createAsking(memory: Memory): { observe(request: RankingEvent): void; notes(): readonly string[] } {
  const unknown = new Set<string>();
  let isAnyKnown = false;
  return {
    observe({ user, time }) {
      if (user === '' || isAnyKnown) return;
      isAnyKnown = memory.userFields(user) !== undefined || memory.asOf(time).state.users.get(user) !== undefined;
      if (unknown.size < MOST_IDS) unknown.add(user);
    },
    notes: () =>
      isAnyKnown || unknown.size === 0
        ? []
        : [
            `expected users that the model has met, found none among the ${unknown.size} of these requests, and all are taken as new ones; check their ids`,
          ],
  };
}

const earlyNote = (count: number, clock: number): string =>
  `${count} ${count === 1 ? 'request is' : 'requests are'} from before ${new Date(clock).toISOString()}, the last event that the model knows: answered as of it ("asOf" in the JSON)`;

export function tellRejected({ line, reason, message }: { line: number; reason: string; message: string }): void {
  process.stderr.write(`line ${line} rejected (${reason}): ${message}\n`);
}

/** Writes what answers a request, and waits where the reader is slower than we are. */
export async function printAnswer(text: string): Promise<void> {
  if (!process.stdout.write(text)) await once(process.stdout, 'drain');
}
