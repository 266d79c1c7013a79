import { once } from 'node:events';
import type { Memory } from '../memory/memory.ts';
import type { RankingEvent } from '../slate/events.ts';
import { readEventLog } from '../sources/json-lines/event-log.ts';

/**
 * Reads requests in order, each with its line in the file, from 1. Item and user events between them update what the memories know, for the requests that follow;
 * interactions are passed over. Rejected lines are told on standard error and counted.
 */
export async function forEachRequest(
  path: string,
  memories: readonly Memory[],
  answer: (request: RankingEvent, line: number) => Promise<void>,
  beforeUpdate: () => Promise<void> = async () => {},
): Promise<number> {
  let rejected = 0;
  for await (const entry of readEventLog(path)) {
    if ('reason' in entry) {
      rejected++;
      tellRejected(entry);
      continue;
    }
    const { event } = entry;
    if (event.event === 'ranking') await answer(event, entry.line);
    else if (event.event !== 'interaction') {
      await beforeUpdate();
      for (const memory of memories) memory.apply(event);
    }
  }
  return rejected;
}

export function tellRejected({ line, reason, message }: { line: number; reason: string; message: string }): void {
  process.stderr.write(`line ${line} rejected (${reason}): ${message}\n`);
}

/** Writes what answers a request, and waits where the reader is slower than we are. */
export async function printAnswer(text: string): Promise<void> {
  if (!process.stdout.write(text)) await once(process.stdout, 'drain');
}
