/** Reads pieces of a log, one after the other, with codes of their own. */
import { createOddNames } from '../../slate/odd-names.ts';
import { createBlockWriter, type Origin } from '../blocks/block-writer.ts';
import type { CodedBlock } from '../blocks/coded-block.ts';
import { writeRecord } from '../blocks/record-blocks.ts';
import { createIdTable, type SeenIds } from '../blocks/seen-ids.ts';
import { readLine } from './read-line.ts';

/** What a piece of a log says; its lines count from 1. */
export interface ReadPiece extends CodedBlock {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Where each line begins; then where the last one ends. */
  readonly starts: Int32Array;
}

export type PieceReader = (bytes: Uint8Array<ArrayBuffer>) => ReadPiece;

/** Ids that a reader remembers; once there are more, it begins anew. */
const MOST_IDS = 1 << 18;

export function createPieceReader({ firstPosition }: { readonly firstPosition?: number | undefined }): PieceReader {
  let [items, users] = [createIdTable(), createIdTable()];
  return (bytes) => {
    items = bounded(items);
    users = bounded(users);
    const [knownItems, knownUsers] = [items.ids.length, users.ids.length];
    const starts = lineStarts(bytes);
    const count = starts.length - 1;
    const writer = createBlockWriter(count, { items, users });
    // Whoever puts the pieces together has a limit.
    const odd = createOddNames(undefined, Number.POSITIVE_INFINITY);
    const options = { firstPosition, odd };
    for (let at = 0; at < count; at++) {
      const line = lineIn(bytes, starts, at);
      if (line.length > 0) writeRecord(writer, readLine(line, at + 1, options), IN_PIECE);
    }
    const { rawOf, placeOf, interactions, ...block } = writer.finish();
    const { rawOf: _, placeOf: __, ...taken } = interactions;
    return {
      ...{ bytes, starts, odd: odd.save() },
      block: { ...block, interactions: taken },
      items: { before: knownItems, ids: items.ids.slice(knownItems) },
      users: { before: knownUsers, ids: users.ids.slice(knownUsers) },
    };
  };
}

/** Whoever has the piece looks a line up there. */
const IN_PIECE: Origin = { raw: () => '', place: () => undefined };

const bounded = (table: SeenIds): SeenIds => (table.ids.length < MOST_IDS ? table : createIdTable());

const NEWLINE = 10;
const RETURN = 13;

function lineStarts(bytes: Uint8Array): Int32Array {
  const starts = [0];
  for (let at = bytes.indexOf(NEWLINE); at >= 0; at = bytes.indexOf(NEWLINE, at + 1)) starts.push(at + 1);
  if (starts[starts.length - 1] < bytes.length) starts.push(bytes.length);
  return Int32Array.from(starts);
}

/** A line, counted from 0, without its `\n` or `\r\n`. */
export function lineIn(bytes: Uint8Array, starts: Int32Array, at: number): Uint8Array {
  const start = starts[at];
  let end = starts[at + 1];
  if (end > start && bytes[end - 1] === NEWLINE) end--;
  if (end > start && bytes[end - 1] === RETURN) end--;
  return bytes.subarray(start, end);
}
