import { readFileSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { collate } from '../../encoding/batches/collate.ts';
import type { EncodedItems, EncodedSlates } from '../../encoding/columns/encoded-slates.ts';
import { type FittedFeatures, normaliseSlates } from '../../encoding/columns/fitted-features.ts';
import { knownItems } from '../../encoding/columns/known-items.ts';
import { pickLists } from '../../encoding/columns/pick-lists.ts';
import type { ListColumns } from '../../encoding/columns/slate-columns.ts';
import { InputError } from '../../slate/input-error.ts';
import { createChunkCache } from './chunk-cache.ts';
import { createInMemorySlates } from './in-memory-slates.ts';
import type { Outcomes, SlateSource } from './slate-source.ts';

/** Lists of one file. */
export const CHUNK = 1024;

/** Writes lists to a folder as they are encoded, and then reads them there. */
export interface SlatesOnDisk {
  /** The next `CHUNK` lists, not normalised yet; fewer only at the end. */
  add(columns: ListColumns): Promise<void>;
  /** All of them, normalised as they are read: the same bits as in memory. `restB` tells how much of each list is hidden, where some are partial. */
  finish(facts: {
    readonly items: EncodedItems;
    readonly features: FittedFeatures;
    readonly restB: Int32Array | undefined;
  }): SlateSource;
}

/**
 * Lists whose wide columns lie in files of `CHUNK` lists, of which at most `held` are in memory; what became of each item (click, position, rate) stays there, 9 bytes
 * an item. A batch whose files are not there reads them: lists are to be asked for in an order that goes through few files at a time, as `trainingOrder` does with a
 * window. A click graph is not among them.
 */
export function createSlatesOnDisk(folder: string, { held }: { readonly held: number }): SlatesOnDisk {
  const pathOf = (chunk: number): string => join(folder, `lists-${chunk}.bin`);
  const narrow: ListColumns[] = [];
  return {
    async add(columns) {
      await writeFile(pathOf(narrow.length), serialize(columns));
      narrow.push({ ...columns, ...NOTHING_WIDE });
    },
    finish({ items, features, restB }) {
      const open = (bytes: Uint8Array, chunk: number): ListColumns => {
        const columns = columnsIn(bytes, pathOf(chunk));
        const whole = normaliseSlates({ ...columns, items }, features);
        const own = restB?.subarray(chunk * CHUNK, chunk * CHUNK + columns.count);
        return own ? { ...whole, restB: own } : whole;
      };
      const chunks = createChunkCache<ListColumns>({
        held,
        read: (chunk) => open(readFileSync(pathOf(chunk)), chunk),
        readAhead: async (chunk) => open(await readFile(pathOf(chunk)), chunk),
      });
      return sourceOf({ chunks, narrow, items, hasPartial: restB !== undefined });
    },
  };
}

function columnsIn(bytes: Uint8Array, path: string): ListColumns {
  try {
    return deserialize(bytes);
  } catch (error) {
    throw new InputError(
      `${path}: expected the lists that were written there, found other bytes (${(error as Error).message}); train again`,
      'file-damaged',
    );
  }
}

/** What is not held in memory. */
const NOTHING_WIDE = {
  slotDenseSF: new Float32Array(0),
  itemRowS: new Int32Array(0),
  contextDenseBF: new Float32Array(0),
  contextBags: [],
  clickedBH: new Int32Array(0),
  skippedBH: new Int32Array(0),
  userRowB: new Int32Array(0),
  timeB: new Float64Array(0),
};

interface Opened {
  readonly chunks: ReturnType<typeof createChunkCache<ListColumns>>;
  readonly narrow: readonly ListColumns[];
  readonly items: EncodedItems;
  readonly hasPartial: boolean;
}

function sourceOf({ chunks, narrow, items, hasPartial }: Opened): SlateSource {
  const count = narrow.reduce((sum, columns) => sum + columns.count, 0);
  const picked = (lists: Int32Array, of: (chunk: number) => ListColumns): EncodedSlates => ({
    ...pickLists(Array.from(lists, (list) => ({ columns: of(Math.floor(list / CHUNK)), at: list % CHUNK }))),
    items,
  });
  const all = (size: number): Int32Array => Int32Array.from({ length: size }, (_, at) => at);
  /** Some lists after the other, a chunk's worth at a time. */
  function* parts(lists: Int32Array): Generator<EncodedSlates> {
    for (let start = 0; start < lists.length; start += CHUNK)
      yield picked(lists.subarray(start, start + CHUNK), chunks.of);
  }
  return {
    count,
    hasPartial,
    lengths: (lists) =>
      lists.map((list) => {
        const { offsets } = narrow[Math.floor(list / CHUNK)];
        return offsets[(list % CHUNK) + 1] - offsets[list % CHUNK];
      }),
    batch: (lists) => collate(picked(lists, chunks.of), all(lists.length)),
    outcomes(lists): Outcomes {
      const { offsets, labelS, positionS, itemRateS, userB } = picked(lists, (chunk) => narrow[chunk]);
      return { offsets, labelS, positionS, itemRateS, userB };
    },
    knownItems(lists) {
      const found = [...parts(lists)].map((columns) => knownItems(columns, all(columns.count)));
      const ascending = (of: 'shown' | 'clicked'): number[] =>
        [...new Set(found.flatMap((known) => known[of]))].sort((a, b) => a - b);
      return { shown: ascending('shown'), clicked: ascending('clicked') };
    },
    ahead: (lists) => chunks.ahead(new Set(lists.map((list) => Math.floor(list / CHUNK)))),
    digest(hash, lists) {
      for (const columns of parts(lists)) createInMemorySlates(columns).digest(hash, all(columns.count));
    },
  };
}
