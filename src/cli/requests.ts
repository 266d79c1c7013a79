import { once } from 'node:events';
import type { FittedFeatures } from '../encoding/columns/fitted-features.ts';
import { watchEvent, watchFields } from '../encoding/encoders/changed-fields.ts';
import type { Memory } from '../memory/memory.ts';
import { unreadFields } from '../scoring/unread-fields.ts';
import type { RankingEvent } from '../slate/events.ts';
import { createOddNames } from '../slate/odd-names.ts';
import { RejectedEvent } from '../slate/rejected-event.ts';
import { refuseSeconds } from '../slate/seconds.ts';
import { readEventLog } from '../sources/json-lines/event-log.ts';

export interface RequestFileOptions {
  /** What the model was trained on: fields that have changed since are told on standard error at the end. */
  readonly features: Pick<FittedFeatures, 'schema' | 'encoders'>;
  readonly memories: readonly Memory[];
  /** Called with each request and its line in the file, from 1. */
  readonly answer: (request: RankingEvent, line: number) => Promise<void>;
  readonly beforeUpdate?: () => Promise<void>;
  /** What the file calls the first position: 0 (default) or 1. Answers count from 0. */
  readonly firstPosition?: number | undefined;
}

/**
 * Reads requests in order. Item and user events between them update what the memories know, for the requests that follow; interactions are passed over. Rejected lines are
 * told on standard error and counted; keys and fields that nothing reads are told at the end.
 */
export async function forEachRequest(
  path: string,
  { features, memories, answer, beforeUpdate = async () => {}, firstPosition }: RequestFileOptions,
): Promise<number> {
  const watch = watchFields(features.schema, features.encoders);
  const odd = createOddNames();
  let rejected = 0;
  const unread = new Map<string, number>();
  const early = { count: 0, clock: 0 };
  for await (const entry of readEventLog(path, { firstPosition, odd })) {
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
      for (const note of unreadFields(event, features.schema)) unread.set(note, (unread.get(note) ?? 0) + 1);
      await answer(event, entry.line);
    } else if (event.event !== 'interaction') {
      await beforeUpdate();
      for (const memory of memories) memory.apply(event);
    }
  }
  if (early.count > 0) process.stderr.write(`${earlyNote(early.count, early.clock)}\n`);
  for (const note of odd.notes()) process.stderr.write(`warning: ${note}\n`);
  for (const [note, count] of unread)
    process.stderr.write(`warning: ${count} ${count === 1 ? 'request' : 'requests'}: ${note}\n`);
  for (const { note } of watch.changed()) process.stderr.write(`warning: ${note}\n`);
  return rejected;
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
