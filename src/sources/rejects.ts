import { open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { makeFolder } from '../files/make-folder.ts';
import type { RejectedEvent } from '../slate/rejected-event.ts';
import { countRejected, type RejectedCounts } from './rejected-counts.ts';
import type { RowPlace } from './row-place.ts';

/** Counts rejected lines and keeps the first of every reason as they stand in the log, with their number and reason: a log that is all wrong must not be written again. */
export interface Rejects extends RejectedCounts {
  add(rejected: RejectedLine): Promise<void>;
  /** Writes what is held; a second time does nothing. */
  close(): Promise<void>;
  /** Lines that were kept. */
  readonly kept: number;
}

export interface RejectedLine {
  readonly line: number;
  readonly raw: string;
  /** Of a table of several files: which one, and the row there. */
  readonly place?: RowPlace | undefined;
  readonly error: RejectedEvent;
}

/** Lines of one reason that are kept. */
export const KEPT_PER_REASON = 1000;

/** Characters held before they are written. */
const HELD = 1 << 20;

/** Without a path lines are only counted. */
export async function createRejects(path: string | undefined): Promise<Rejects> {
  if (path !== undefined) await makeFolder(dirname(path));
  let file = path === undefined ? undefined : await open(path, 'w');
  const counts = countRejected();
  let kept = 0;
  let held = '';

  async function flush(): Promise<void> {
    const text = held;
    held = '';
    await file?.writeFile(text);
  }

  return {
    get count() {
      return counts.count;
    },
    get first() {
      return counts.first;
    },
    get kept() {
      return kept;
    },
    byReason: counts.byReason,
    async add({ line, raw, place, error }) {
      const ofReason = counts.add({ line, place, error });
      if (!file || ofReason > KEPT_PER_REASON) return;
      kept++;
      held += `${JSON.stringify({ line, ...place, reason: error.reason, message: error.message, raw })}\n`;
      if (held.length > HELD) await flush();
    },
    async close() {
      const open = file;
      if (!open) return;
      try {
        await flush();
      } finally {
        file = undefined;
        await open.close();
      }
    },
  };
}
