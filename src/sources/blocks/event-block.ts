/** Events of a source as columns: some thousand at once, without an object for most. */
import type { BlockOptions, EventSource, SourceRecord } from '../event-source.ts';
import type { RowPlace } from '../row-place.ts';
import type { ListBlock } from './list-block.ts';
import type { SeenIds } from './seen-ids.ts';

/** Tables of ids, to which blocks add those that they bring. */
export interface IdCodes {
  readonly items: SeenIds;
  readonly users: SeenIds;
}

/** What stands where in a block's order. */
export const ENTRY = { list: 0, interaction: 1, other: 2 } as const;

/** A piece of a source. Codes of items and users are those of the tables that were given. */
export interface EventBlock {
  readonly lists: ListBlock;
  /** Which lists, 1 each, have all their clicks already: no interaction of the block is one of them. */
  readonly whole: Uint8Array;
  /** Letters that each list has in the source. */
  readonly letters: Int32Array;
  readonly interactions: InteractionBlock;
  /** Items, users, and what is no event. */
  readonly others: readonly SourceRecord[];
  /** Of each entry, in the source's order, which of these has it: the next of that kind. */
  readonly order: Uint8Array;
  /** That of the last event, here or in a block before. */
  readonly line: number;
  /** A list as it stands in the source, and where. */
  rawOf(row: number): string;
  placeOf(row: number): RowPlace | undefined;
}

export interface InteractionBlock {
  readonly times: Float64Array;
  readonly lines: Float64Array;
  /** Ids of lists; empty where it names none. */
  readonly rankings: readonly string[];
  /** Codes; -1 where it names nobody. */
  readonly users: Int32Array;
  readonly items: Int32Array;
  readonly types: Int32Array;
  /** What the codes of types mean. */
  readonly typeNames: readonly string[];
  /** As it stands in the source. */
  rawOf(at: number): string;
  placeOf(at: number): RowPlace | undefined;
}

/** Reads a source as blocks, from its beginning, as `records` does. */
export type ReadBlocks = (codes: IdCodes, options: BlockOptions) => AsyncIterable<EventBlock>;

const readers = new WeakMap<EventSource, ReadBlocks>();

/** A source that can be read as blocks too: of a copy of it, changed in any way, its records count. */
export function withBlocks(source: EventSource, read: ReadBlocks): EventSource {
  readers.set(source, read);
  return source;
}

/** How a source is read as blocks; undefined where it has records only. */
export const blocksOf = (source: EventSource): ReadBlocks | undefined => readers.get(source);
