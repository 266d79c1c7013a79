/** A memory out of the chunks of a capture. */
import { InputError } from '../slate/input-error.ts';
import { CAPTURE_FORMAT } from './capture.ts';
import type { CatalogueEntry } from './catalogue.ts';
import { checkMemoryOptions } from './check-options.ts';
import { createFrameReader, FRAME, type Frame, textOfBytes, wholesOf } from './frames.ts';
import { type Memory, type MemoryOptions, memoryOf } from './memory.ts';
import { createOpenLists, type OpenLists } from './open-lists.ts';
import { unpackClosed, unpackLists } from './packed-lists.ts';
import type { MemoryCounts, MemorySnapshot } from './snapshot.ts';
import type { ItemState } from './state.ts';
import { createUsers, type MemoryUsers } from './users.ts';

type Head = MemoryCounts & { readonly format: number; readonly denseColumns: number };

/**
 * Goes on from a capture as if nothing had been. The chunks may be cut anew, as a file is read. Throws `InputError`: `invalid-snapshot` for bytes that are not all there or
 * not as they were, `other-model` for those of a model with other items' columns.
 */
export async function restoreMemory(
  options: MemoryOptions,
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): Promise<Memory> {
  checkMemoryOptions(options);
  const users = createUsers(options.denseColumns, options.storage);
  const lists = createOpenLists(options);
  const parts = collect({ users, lists, denseColumns: options.denseColumns });
  try {
    const reader = createFrameReader();
    for await (const chunk of chunks) for (const frame of reader.add(chunk)) parts.add(frame);
    if (!reader.isComplete) throw new RangeError('its end is missing');
  } catch (error) {
    if (error instanceof InputError || !(error instanceof RangeError || error instanceof SyntaxError)) throw error;
    throw new InputError(
      `restoreMemory: expected the whole capture of a memory, found a damaged one (${error.message}); take an older one, or read the events again`,
      'invalid-snapshot',
    );
  }
  return memoryOf(options, parts.snapshot(), { users, lists });
}

interface Collected {
  add(frame: Frame): void;
  /** All else but users and lists. */
  snapshot(): MemorySnapshot;
}

interface Held {
  readonly users: MemoryUsers;
  readonly lists: OpenLists;
  readonly denseColumns: number;
}

/** Users and lists are put where they lie. */
function collect({ users, lists, denseColumns }: Held): Collected {
  let head: Head | undefined;
  const items: CatalogueEntry[] = [];
  const userFields: MemorySnapshot['userFields'][number][] = [];
  const itemStates: (readonly [number, ItemState])[] = [];
  const lastMet = { items: [] as (readonly [number, number])[], users: [] as (readonly [string, number])[] };
  const rows: Readonly<Record<number, unknown[]>> = {
    [FRAME.items]: items,
    [FRAME.userFields]: userFields,
    [FRAME.itemStates]: itemStates,
    [FRAME.lastMetItems]: lastMet.items,
    [FRAME.lastMetUsers]: lastMet.users,
  };

  return {
    add({ kind, bytes }) {
      if (kind === FRAME.users) return addUsers(users, bytes);
      if (kind === FRAME.open) {
        for (const list of unpackLists(bytes)) lists.restoreOpen(list);
        return;
      }
      if (kind === FRAME.closed) {
        for (const list of unpackClosed(bytes)) lists.restoreClosed(list);
        return;
      }
      const value: unknown = JSON.parse(textOfBytes(bytes));
      if (kind === FRAME.counts) {
        head = value as Head;
        checkHead(head, denseColumns);
      } else for (const row of value as unknown[]) rows[kind]?.push(row);
    },
    snapshot() {
      if (!head) throw new RangeError('expected a head, found none');
      for (const [, { clickers }] of itemStates)
        for (let at = 0; at < clickers.length; at++) clickers[at] = users.sameId(clickers[at]);
      const { format: _, denseColumns: __, ...counts } = head;
      return { ...counts, items, userFields, itemStates, users: [], open: [], closed: [], lastMet };
    },
  };
}

function checkHead({ format, denseColumns }: Head, expected: number): void {
  if (format !== CAPTURE_FORMAT)
    throw new InputError(
      `restoreMemory: expected a capture of format ${CAPTURE_FORMAT}, found ${format}; read the events again with this version`,
      'invalid-snapshot',
    );
  if (denseColumns !== expected)
    throw new InputError(
      `restoreMemory: expected a capture of a model whose items have ${expected} columns, found one with ${denseColumns}; give that of this model`,
      'other-model',
    );
}

function addUsers(users: MemoryUsers, bytes: Uint8Array): void {
  const [length] = wholesOf(bytes.subarray(0, 4));
  const ids = JSON.parse(textOfBytes(bytes.subarray(4, 4 + length))) as readonly string[];
  let at = 4 + length + 4 * ids.length;
  for (const [n, size] of wholesOf(bytes.subarray(4 + length, at)).entries()) {
    users.restore(ids[n], bytes.subarray(at, at + size));
    at += size;
  }
}
