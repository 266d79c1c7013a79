/**
 * A data set encoded on several threads, bit for bit as on one. What all users change together, the counters of items and positions, is walked once, by numbers, and told; with that
 * told the users are independent of each other: each thread walks the lists of its own and encodes them. Here they are put in order again, chunk by chunk.
 */
import { encodersToJson } from '../../encoding/encoders/encoders.ts';
import type { Memory } from '../../memory/memory.ts';
import { createUsers } from '../../memory/users.ts';
import { LATENESS } from '../../slate/fitting-list.ts';
import type { OpenedDataset } from '../folder/dataset.ts';
import type { InMemorySlates } from '../slate-source/in-memory-slates.ts';
import type { SlateSource } from '../slate-source/slate-source.ts';
import {
  type EncodedDataset,
  type EncodeOptions,
  encodeDataset,
  encodedFrom,
  listsOptions,
  type ReadyToWalk,
  readyToWalk,
} from '../walk/encode-dataset.ts';
import { columnsOnDisk, type DiskOptions, encodeOnDisk } from '../walk/encode-on-disk.ts';
import { columnsInMemory, type ExpectedLists, type KeptColumns, type ListsOptions } from '../walk/encoded-lists.ts';
import { createUserNumbers, inOrder } from './in-order.ts';
import { createMergedRows, type MergedRows } from './merged-rows.ts';
import { type EncodedChunk, type ToldChunk, threadOfList } from './messages.ts';
import { NotSeparable } from './not-separable.ts';
import { toldMemory } from './told-memory.ts';
import { walkTold } from './told-walk.ts';
import { startUsersThread, type UsersThread } from './users-threads.ts';

export interface AsideOptions extends EncodeOptions {
  /** Threads that walk users, beside the calling one; fewer than two: all is done here. */
  readonly threads: number;
  /** Logs of fewer lists are encoded on the calling thread; 20,000 unless told otherwise. */
  readonly fewest?: number;
}

/** A log of fewer lists is walked in hardly more time than threads take to start. */
const FEWEST = 20_000;

/** `encodeDataset`, on several threads where the data set and the options allow it. */
export const encodeAside = (
  dataset: OpenedDataset,
  options: AsideOptions,
  onProgress?: (lists: number) => void,
): Promise<EncodedDataset> =>
  orHere(
    () => encodeOnThreads(columnsInMemory, dataset, { ...options, onProgress }),
    () => encodeDataset(dataset, options, onProgress),
    { dataset, options },
  );

/** `encodeOnDisk`, in the same way. */
export const encodeAsideOnDisk = (
  dataset: OpenedDataset,
  options: AsideOptions & { readonly disk: DiskOptions },
  onProgress?: (lists: number) => void,
): Promise<EncodedDataset<SlateSource>> =>
  orHere(
    () => encodeOnThreads((lists) => columnsOnDisk(lists, options.disk), dataset, { ...options, onProgress }),
    () => encodeOnDisk(dataset, options, onProgress),
    { dataset, options },
  );

async function orHere<T>(
  onThreads: () => Promise<T>,
  here: () => Promise<T>,
  { dataset, options }: { readonly dataset: OpenedDataset; readonly options: AsideOptions },
): Promise<T> {
  if (dataset.summary.lists < (options.fewest ?? FEWEST) || !canSplit(dataset, options)) return here();
  return onThreads().catch((error: unknown) => {
    if (error instanceof NotSeparable) return here();
    throw error;
  });
}

/** A click graph links users; limits let items go by who was met; partial copies are drawn list by list; of users held out the later ones know what the earlier did. */
function canSplit({ summary }: OpenedDataset, { split, graph, partial = 0, memory, threads }: AsideOptions): boolean {
  const isLimited = Object.values(memory ?? {}).some((limit) => limit !== undefined);
  return threads > 1 && split.by === 'time' && !graph && partial === 0 && !isLimited && summary.journal === undefined;
}

interface Here {
  readonly onProgress: ((lists: number) => void) | undefined;
}

/** Rejects with `NotSeparable` where it cannot be done. For tests; others ask `encodeAside`. */
export async function encodeOnThreads<S extends SlateSource = InMemorySlates>(
  keep: (options: ListsOptions, room: ExpectedLists) => KeptColumns<S>,
  dataset: OpenedDataset,
  options: AsideOptions & Here,
): Promise<EncodedDataset<S>> {
  const ready = await readyToWalk(dataset, options);
  const openFor = dataset.summary.joinWindow + LATENESS;
  const { describe } = ready.memoryOptions;
  const walk = walkTold(dataset, { describe, lengths: ready.facts.lengths, openFor });
  const order = { folder: dataset.folder, schema: ready.schema, encoders: encodersToJson(ready.encoders) };
  const { historyLength } = options;
  const threads = Array.from({ length: options.threads }, (_, part) =>
    startUsersThread({ ...order, historyLength, share: { part, of: options.threads } }),
  );
  try {
    const { lists, shownItems } = dataset.summary;
    const kept = keep(listsOptions(ready, options), { lists, slots: shownItems });
    const merged = createMergedRows(threads.length);
    await walkAll(walk.next, { threads, kept, merged, ready, options, users: dataset.ids.users.length });
    const told = await walk.finish();
    const items = await Promise.all(threads.map((thread) => thread.end(told.clock, told.met)));
    const stored = await kept.finish(merged.finish(items));
    const users = createUsers(ready.memoryOptions.denseColumns);
    for (const user of told.entered)
      users.restore(dataset.ids.users[user], await threads[threadOfList(0, user, threads.length)].nextUser());
    const memory: Memory = await toldMemory(dataset, { ...ready, openFor, told, users });
    const listB = Int32Array.from({ length: lists }, (_, list) => list);
    return encodedFrom(ready, options, { ...stored, memory, parts: ready.parts, listB });
  } finally {
    await Promise.all([walk.close(), ...threads.map((thread) => thread.stop())]);
  }
}

interface Merging<S extends SlateSource> {
  readonly threads: readonly UsersThread[];
  readonly kept: KeptColumns<S>;
  readonly merged: MergedRows;
  readonly ready: ReadyToWalk;
  readonly options: AsideOptions & Here;
  /** How many users the data set has. */
  readonly users: number;
}

/** Chunks that threads have to do, so that none waits for the slowest. */
const AHEAD = 6;

async function walkAll<S extends SlateSource>(
  nextChunk: () => Promise<ToldChunk | undefined>,
  { threads, kept, merged, ready, options, users }: Merging<S>,
): Promise<void> {
  const underWay: { readonly chunk: ToldChunk; readonly encoded: Promise<readonly EncodedChunk[]> }[] = [];
  const usersIn = createUserNumbers(users);
  let isOver = false;
  for (;;) {
    options.signal?.throwIfAborted();
    if (!isOver && underWay.length < AHEAD) {
      const chunk = await nextChunk();
      if (!chunk) isOver = true;
      else {
        const encoded = Promise.all(threads.map((thread) => thread.encode(chunk)));
        // A failure is told when its turn comes.
        encoded.catch(() => undefined);
        underWay.push({ chunk, encoded });
      }
      continue;
    }
    const oldest = underWay.shift();
    if (!oldest) return;
    const { chunk, encoded } = oldest;
    const columns = inOrder(chunk, await encoded, merged);
    const facts = Array.from(columns.userB, (_, at) => ({
      isTraining: ready.parts[chunk.first + at] === 0,
      hidden: 0,
    }));
    const written = kept.add({ ...columns, userB: usersIn(chunk.userB) }, facts);
    if (written) await written;
    options.onProgress?.(chunk.first + columns.count);
  }
}
