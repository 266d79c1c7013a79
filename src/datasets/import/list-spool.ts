/** Sorts more lists than memory holds: sorted runs of blocks on disk, merged while reading. Few lists never touch the disk. */
import { createReadStream } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { makeFolder } from '../../files/make-folder.ts';
import type { ColumnList } from '../../sources/blocks/column-list.ts';
import type { IdCodes } from '../../sources/blocks/event-block.ts';
import type { ListBlock } from '../../sources/blocks/list-block.ts';
import { createListBlockBuilder } from '../../sources/blocks/list-block-builder.ts';
import type { JoinedImpression } from '../../sources/join/joined.ts';
import { createPauses } from '../folder/paused.ts';

/** Lists of a block. */
export const BLOCK = 4096;

/** Blocks that are held, and become a run together. */
const RUN = 24;

export interface ListSpool {
  /** A promise where lists must be written first. */
  add(impression: JoinedImpression): Promise<void> | undefined;
  /** A row of a block. */
  copy(list: ColumnList): Promise<void> | undefined;
  /** All lists by their time, then by their line; ends the adding. */
  drain(): AsyncGenerator<ListBlock>;
}

export interface ListSpoolOptions {
  /** Where runs are written. */
  readonly folder: string;
  readonly signal: AbortSignal | undefined;
  /** Codes of the ids, in the order of their coming. */
  readonly codes: IdCodes;
  /** Blocks in a run, and lists in a block; many unless told otherwise. */
  readonly run?: number;
  readonly block?: number;
}

/** Adding and draining reject with the signal's reason. */
export function createListSpool({ folder, signal, codes, run = RUN, block = BLOCK }: ListSpoolOptions): ListSpool {
  const builder = createListBlockBuilder(block);
  let held: ListBlock[] = [];
  const runs: string[] = [];
  return {
    add(impression) {
      builder.add(impression, codes);
      return added();
    },
    copy(list) {
      builder.copy(list.block, list.row);
      return added();
    },
    async *drain() {
      if (builder.count > 0) held.push(builder.finish());
      const readers = [...runs.map(readRun), sorted(held, block)];
      yield* merged(readers, { block, signal });
      await Promise.all(runs.map((path) => rm(path, { force: true })));
    },
  };

  function added(): Promise<void> | undefined {
    if (builder.count < block) return undefined;
    held.push(builder.finish());
    return held.length < run ? undefined : spill();
  }

  async function spill(): Promise<void> {
    await makeFolder(folder);
    const path = join(folder, `lists-${runs.length}.bin`);
    const file = await open(path, 'w');
    try {
      for (const each of sorted(held, block)) {
        signal?.throwIfAborted();
        const bytes = serialize(each);
        const length = Buffer.alloc(4);
        length.writeUInt32LE(bytes.length);
        await file.writev([length, bytes]);
      }
    } catch (error) {
      // The system does not name a file that it cannot write.
      (error as NodeJS.ErrnoException).path ??= path;
      throw error;
    } finally {
      await file.close();
    }
    runs.push(path);
    held = [];
  }
}

/** The lists of some blocks in order, as blocks again. */
function* sorted(blocks: readonly ListBlock[], size: number): Generator<ListBlock> {
  const total = blocks.reduce((sum, { count }) => sum + count, 0);
  const starts = new Int32Array(blocks.length);
  const times = new Float64Array(total);
  const lines = new Float64Array(total);
  const blockOf = new Uint16Array(total);
  let at = 0;
  let isSorted = true;
  for (const [index, block] of blocks.entries()) {
    starts[index] = at;
    times.set(block.times, at);
    lines.set(block.lines, at);
    blockOf.fill(index, at, at + block.count);
    at += block.count;
  }
  for (let row = 1; row < total && isSorted; row++)
    isSorted = times[row - 1] < times[row] || (times[row - 1] === times[row] && lines[row - 1] <= lines[row]);
  if (isSorted) {
    yield* blocks;
    return;
  }
  const order = Uint32Array.from({ length: total }, (_, row) => row);
  order.sort((a, b) => times[a] - times[b] || lines[a] - lines[b]);
  const builder = createListBlockBuilder(size);
  for (const row of order) {
    const index = blockOf[row];
    builder.copy(blocks[index], row - starts[index]);
    if (builder.count === size) yield builder.finish();
  }
  if (builder.count > 0) yield builder.finish();
}

async function* readRun(path: string): AsyncGenerator<ListBlock> {
  let held: Buffer = Buffer.alloc(0);
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) {
    held = held.length === 0 ? (chunk as Buffer) : Buffer.concat([held, chunk as Buffer]);
    while (held.length >= 4 && held.length >= 4 + held.readUInt32LE(0)) {
      const end = 4 + held.readUInt32LE(0);
      yield deserialize(held.subarray(4, end)) as ListBlock;
      held = held.subarray(end);
    }
  }
}

interface Head {
  readonly reader: AsyncIterator<ListBlock> | Iterator<ListBlock>;
  block: ListBlock;
  row: number;
}

/** Whether the list at one head comes before that at another; of equals the earlier run's. */
const isBefore = (a: Head, b: Head): boolean =>
  a.block.times[a.row] < b.block.times[b.row] ||
  (a.block.times[a.row] === b.block.times[b.row] && a.block.lines[a.row] < b.block.lines[b.row]);

async function* merged(
  readers: readonly (AsyncGenerator<ListBlock> | Generator<ListBlock>)[],
  { block: size, signal }: { readonly block: number; readonly signal: AbortSignal | undefined },
): AsyncGenerator<ListBlock> {
  const pauses = createPauses(signal);
  const builder = createListBlockBuilder(size);
  const heads: Head[] = [];
  try {
    for (const reader of readers) {
      const { done, value } = await reader.next();
      if (!done) heads.push({ reader, block: value, row: 0 });
    }
    while (heads.length > 0) {
      let first = heads[0];
      for (const head of heads) if (isBefore(head, first)) first = head;
      let second: Head | undefined;
      for (const head of heads) if (head !== first && (!second || isBefore(head, second))) second = head;
      // Most runs follow one another: as long as no other run has an earlier list, this one goes on.
      while (first.row < first.block.count && (!second || !isBefore(second, first))) {
        if (!second && first.row === 0 && builder.count === 0 && first.block.count === size) {
          const whole = first.block;
          first.row = whole.count;
          yield whole;
          break;
        }
        builder.copy(first.block, first.row++);
        if (builder.count < size) continue;
        await pauses.after(size * 10);
        yield builder.finish();
      }
      if (first.row < first.block.count) continue;
      const { done, value } = await first.reader.next();
      if (done) heads.splice(heads.indexOf(first), 1);
      else [first.block, first.row] = [value, 0];
    }
    if (builder.count > 0) yield builder.finish();
  } finally {
    for (const reader of readers) await reader.return?.(undefined);
  }
}
