import { mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { RejectedEvent, RejectReason } from '../slate/parse-event.ts';

/** Counts rejected lines and keeps each of them as it stands in the log, with its number and reason. */
export interface Rejects {
  add(line: number, error: RejectedEvent, raw: string): Promise<void>;
  /** Writes what is held; a second time does nothing. */
  close(): Promise<void>;
  readonly count: number;
  readonly first: string;
  readonly byReason: Partial<Record<RejectReason, number>>;
}

/** Characters held before they are written. */
const HELD = 1 << 20;

/** Without a path lines are only counted. */
export async function createRejects(path: string | undefined): Promise<Rejects> {
  if (path !== undefined) await mkdir(dirname(path), { recursive: true });
  let file = path === undefined ? undefined : await open(path, 'w');
  const byReason: Partial<Record<RejectReason, number>> = {};
  let count = 0;
  let first = '';
  let held = '';

  async function flush(): Promise<void> {
    const text = held;
    held = '';
    await file?.writeFile(text);
  }

  return {
    get count() {
      return count;
    },
    get first() {
      return first;
    },
    byReason,
    async add(line, error, raw) {
      if (count++ === 0) first = `line ${line}: ${error.message}`;
      byReason[error.reason] = (byReason[error.reason] ?? 0) + 1;
      if (!file) return;
      held += `${JSON.stringify({ line, reason: error.reason, message: error.message, raw })}\n`;
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
