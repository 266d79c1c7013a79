import { createWriteStream, type WriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import type { RejectedEvent, RejectReason } from '../slate/parse-event.ts';

export interface Rejects {
  add(line: number, error: RejectedEvent, raw: unknown): void;
  close(): Promise<void>;
  readonly count: number;
  readonly first: string;
  readonly byReason: Partial<Record<RejectReason, number>>;
}

/** Counts rejected lines and keeps each of them, where a path is given. */
export function createRejects(path: string | undefined): Rejects {
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
