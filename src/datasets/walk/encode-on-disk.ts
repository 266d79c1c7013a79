import { InputError } from '../../slate/input-error.ts';
import type { JoinedLog } from '../folder/dataset.ts';
import type { SlateSource } from '../slate-source/slate-source.ts';
import { CHUNK, createSlatesOnDisk } from '../slate-source/slates-on-disk.ts';
import { type EncodedDataset, type EncodeOptions, encodeInto } from './encode-dataset.ts';
import { type AddedList, type EncodedLists, fittersOf, type KeptColumns, type ListsOptions } from './encoded-lists.ts';

/**
 * `encodeDataset` with the wide columns of the lists in files of this folder, whatever the data set's size; the same bits. Throws `InputError` where the click graph is
 * asked for, which needs all of them in memory.
 */
export async function encodeOnDisk(
  dataset: JoinedLog,
  options: EncodeOptions & { readonly disk: DiskOptions },
  onProgress?: (lists: number) => void,
): Promise<EncodedDataset<SlateSource>> {
  if (options.graph)
    throw new InputError(
      'out of core: expected recipes that read no click graph, found one that does; train it in memory, or choose another',
      'invalid-option',
    );
  return encodeInto((lists) => listsOnDisk(lists, options.disk), dataset, options, onProgress);
}

/** Which folder the files go to, and how many of them may be in memory. */
export interface DiskOptions {
  readonly folder: string;
  readonly held: number;
}

function listsOnDisk(options: ListsOptions, disk: DiskOptions): EncodedLists<SlateSource> {
  const builder = options.encoder.begin({ lists: CHUNK, slots: 10 * CHUNK });
  const kept = columnsOnDisk(options, disk);
  let facts: AddedList[] = [];

  async function write(): Promise<void> {
    const written = facts;
    facts = [];
    await kept.add(builder.take(), written);
  }

  return {
    builder,
    added(list) {
      facts.push(list);
      return facts.length === CHUNK ? write() : undefined;
    },
    async finish() {
      if (facts.length > 0) await write();
      return kept.finish(builder.finish().items);
    },
  };
}

/** Where lists go that come as columns. */
export function columnsOnDisk(options: ListsOptions, { folder, held }: DiskOptions): KeptColumns<SlateSource> {
  const fitters = fittersOf(options.encoder);
  const disk = createSlatesOnDisk(folder, { held });
  const hidden: number[] = [];
  return {
    async add(columns, facts) {
      fitters.add(columns, facts);
      if (options.hasPartial) for (const list of facts) hidden.push(list.hidden);
      await disk.add(columns);
    },
    async finish(items) {
      const features = { ...options.features, ...fitters.fit() };
      const restB = options.hasPartial ? Int32Array.from(hidden) : undefined;
      return { slates: disk.finish({ items, features, restB }), features };
    },
  };
}
