import { createReadStream } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolder } from '../../files/make-folder.ts';
import { linesOf } from '../../sources/json-lines/lines.ts';
import { mergeSorted } from '../folder/merge-sorted.ts';
import { type PausedOptions, paused } from '../folder/paused.ts';

/** Something that has a time and a place in the log; order is by time, then by line. */
export interface Timed {
  readonly time: number;
  readonly line: number;
}

/** Sorts more records than memory holds: sorted runs on disk, merged while reading. Short inputs never touch the disk. */
export interface SortedSpool<T extends Timed> {
  add(record: T): Promise<void>;
  /** All records in order; ends the adding. */
  drain(): AsyncGenerator<T>;
}

export interface SpoolOptions<T> extends PausedOptions<T> {
  /** Where runs are written: its files begin with the name. */
  readonly folder: string;
  readonly name: string;
  /** Records held in memory before a run is written; 100,000 unless told otherwise. */
  readonly run?: number;
}

/** Records written at once. */
const TOGETHER = 500;

/** Adding and draining reject with the signal's reason. */
export function createSortedSpool<T extends Timed>(options: SpoolOptions<T>): SortedSpool<T> {
  const { folder, name, run = 100_000 } = options;
  let held: T[] = [];
  const runs: string[] = [];
  const byTime = (a: Timed, b: Timed): number => a.time - b.time || a.line - b.line;
  return {
    async add(record) {
      held.push(record);
      if (held.length < run) return;
      const path = join(folder, `${name}-${runs.length}.jsonl`);
      await makeFolder(folder);
      await writeFile(path, linesTogether(paused(held.sort(byTime), options)));
      runs.push(path);
      held = [];
    },
    async *drain() {
      held.sort(byTime);
      if (runs.length === 0) {
        yield* paused(held, options);
        return;
      }
      const sources: AsyncIterator<T>[] = [...runs.map((path) => readRun<T>(path)), fromArray(held)];
      yield* paused(
        mergeSorted(sources, (a, b) => byTime(a, b) < 0),
        options,
      );
      await Promise.all(runs.map((path) => rm(path, { force: true })));
    },
  };
}

async function* linesTogether(records: AsyncIterable<unknown>): AsyncGenerator<string> {
  let lines: string[] = [];
  for await (const record of records) {
    lines.push(`${JSON.stringify(record)}\n`);
    if (lines.length < TOGETHER) continue;
    yield lines.join('');
    lines = [];
  }
  yield lines.join('');
}

async function* readRun<T>(path: string): AsyncGenerator<T> {
  // A record may be longer than a line of a log, and hold any letter but the newline, U+2028 too.
  for await (const line of linesOf(createReadStream(path, { highWaterMark: 1 << 20 }), Number.POSITIVE_INFINITY))
    yield JSON.parse(Buffer.from(line).toString('utf8')) as T;
}

async function* fromArray<T>(records: readonly T[]): AsyncGenerator<T> {
  yield* records;
}
