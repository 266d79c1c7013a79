/** A share of many requests, for one of several processes or machines: which it reads, and where its answers lie. */
import { open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolder } from '../files/make-folder.ts';
import { InputError } from '../slate/input-error.ts';
import type { SourceRecord } from '../sources/event-source.ts';

/** Share `share` of `of`, from 1. */
export interface Shard {
  readonly share: number;
  readonly of: number;
}

export const shardNamed = (name: string): Shard | undefined => {
  const [, share, of] = /^(\d+)\/(\d+)$/.exec(name) ?? [];
  const shard = { share: Number(share), of: Number(of) };
  return shard.share >= 1 && shard.share <= shard.of ? shard : undefined;
};

/** What a shard reads: some files whole, or every n-th request of one. */
export interface ShardRequests {
  readonly files: readonly string[];
  /** Whether the requests of a file are dealt out one by one. */
  readonly isDealt: boolean;
}

const REQUESTS = /\.(?:jsonl|jsonl\.gz|ndjson|parquet)$/;

/** Files of a folder, also in its partitions (`day=2026-11-28/`), are dealt out in the order of their names; requests of a file in theirs. Throws `InputError` for a folder without any. */
export async function requestsOf(path: string, { share, of }: Shard): Promise<ShardRequests> {
  const facts = path === '-' ? undefined : await stat(path);
  if (!facts?.isDirectory()) return { files: [path], isDealt: true };
  const files = (await readdir(path, { recursive: true }))
    .filter((name) => REQUESTS.test(name) && !name.split(/[\\/]/).some((part) => /^[._]/.test(part)))
    .sort();
  if (files.length === 0)
    throw new InputError(
      `${path}: expected files of requests (.jsonl, .jsonl.gz or .parquet), found none; name another folder`,
      'no-lists',
    );
  return { files: files.filter((_, at) => at % of === share - 1).map((name) => join(path, name)), isDealt: false };
}

/** Every record but the requests that are of other shards. */
export async function* dealt(records: AsyncIterable<SourceRecord>, { share, of }: Shard): AsyncGenerator<SourceRecord> {
  let requests = 0;
  for await (const record of records) {
    if ('event' in record && record.event.event === 'ranking' && requests++ % of !== share - 1) continue;
    yield record;
  }
}

/** `part-00002-of-00008.jsonl`. */
export const shardFile = ({ share, of }: Shard): string => `part-${digits(share)}-of-${digits(of)}.jsonl`;
const digits = (count: number): string => String(count).padStart(5, '0');

/** Puts what `write` prints into the shard's file, which appears when it is whole and replaces the one before; where `write` fails, that one stays. */
export async function writeShard(
  folder: string,
  shard: Shard,
  write: (print: (text: string) => Promise<void>) => Promise<void>,
): Promise<string> {
  await makeFolder(folder);
  const path = join(folder, shardFile(shard));
  // Readers of such folders pass over names with a dot.
  const building = join(folder, `.${shardFile(shard)}.new-${process.pid}`);
  const file = await open(building, 'w');
  try {
    await write(async (text) => void (await file.write(text)));
    await file.sync();
  } catch (error) {
    await file.close();
    await rm(building, { force: true });
    throw error;
  }
  await file.close();
  await rename(building, path);
  return path;
}
