/**
 * A memory as it is at one moment, as chunks of bytes that are made one by one while events go on entering. Users and lists are told as they are packed, all else as JSON.
 */
import type { Fields } from '../slate/fields.ts';
import type { CapturedItems } from './catalogue.ts';
import type { CapturedLastMet } from './evictor.ts';
import { bytesOfText, createFrameWriter, FRAME, wholes } from './frames.ts';
import { entriesOf, type MapCopy } from './map-copy.ts';
import type { ClosedList } from './open-list.ts';
import type { CapturedLists } from './open-rows.ts';
import { createListPacker, packClosed } from './packed-lists.ts';
import type { MemoryCounts } from './snapshot.ts';
import type { ItemState } from './state.ts';
import type { CapturedUsers } from './users.ts';
import type { MomentPicture } from './watch.ts';

/** Chunks of about 64 KiB, to be written in their order; those that are left out are of no use. Between two of them other work may go on. */
export interface MemoryCapture extends Iterable<Uint8Array> {
  /** To be called where not all chunks are taken: until then what changes is kept as it was. A second call does nothing more. */
  release(): void;
}

/** Changes when older bytes can no longer be read. */
export const CAPTURE_FORMAT = 2;

export interface CapturedParts {
  readonly denseColumns: number;
  readonly counts: MemoryCounts;
  readonly items: CapturedItems;
  readonly userFields: MapCopy<string, Fields>;
  readonly itemStates: MapCopy<number, ItemState>;
  readonly itemPicture: MomentPicture<ItemState, ItemState>;
  readonly users: CapturedUsers;
  readonly open: CapturedLists;
  readonly closed: Iterable<ClosedList>;
  readonly lastMet: CapturedLastMet;
}

/** Letters, or bytes of users, that make a chunk. */
const CHUNK = 1 << 16;
/** Closed lists of a chunk. */
const CLOSED = 1 << 10;

export function captureOf(parts: CapturedParts): MemoryCapture {
  let isHeld = true;
  function release(): void {
    if (!isHeld) return;
    isHeld = false;
    parts.items.release();
    parts.itemPicture.end();
    parts.open.release();
    parts.users.release();
  }
  return {
    release,
    *[Symbol.iterator]() {
      if (!isHeld) throw new TypeError('capture: expected to be taken once, found it taken or released; capture again');
      try {
        yield* chunksOf(parts);
      } finally {
        release();
      }
    },
  };
}

function* chunksOf(parts: CapturedParts): Generator<Uint8Array> {
  const writer = createFrameWriter();
  const json = (kind: number, value: string): Uint8Array => writer.frame(kind, bytesOfText(value));
  yield json(
    FRAME.counts,
    JSON.stringify({ format: CAPTURE_FORMAT, denseColumns: parts.denseColumns, ...parts.counts }),
  );
  yield* rows(FRAME.items, parts.items.entries());
  yield* rows(FRAME.userFields, entriesOf(parts.userFields));
  yield* users(parts.users);
  yield* rows(FRAME.itemStates, itemStates());
  yield* openLists();
  yield* closedLists();
  yield* rows(FRAME.lastMetItems, entriesOf(parts.lastMet.items));
  yield* rows(FRAME.lastMetUsers, entriesOf(parts.lastMet.users));
  yield writer.end();

  function* itemStates(): Generator<readonly [number, ItemState]> {
    for (const [index, state] of entriesOf(parts.itemStates)) yield [index, parts.itemPicture.of(state)];
  }

  function* openLists(): Generator<Uint8Array> {
    const packer = createListPacker();
    for (const list of parts.open.entries()) {
      packer.add(list);
      if (packer.size >= CHUNK) yield writer.frame(FRAME.open, ...packer.take());
    }
    if (packer.size > 0) yield writer.frame(FRAME.open, ...packer.take());
  }

  function* closedLists(): Generator<Uint8Array> {
    let held: ClosedList[] = [];
    for (const list of parts.closed) {
      held.push(list);
      if (held.length < CLOSED) continue;
      yield writer.frame(FRAME.closed, ...packClosed(held));
      held = [];
    }
    if (held.length > 0) yield writer.frame(FRAME.closed, ...packClosed(held));
  }

  function* rows(kind: number, values: Iterable<unknown>): Generator<Uint8Array> {
    let text = '';
    for (const value of values) {
      text += `${text === '' ? '' : ','}${JSON.stringify(value)}`;
      if (text.length < CHUNK) continue;
      yield json(kind, `[${text}]`);
      text = '';
    }
    if (text !== '') yield json(kind, `[${text}]`);
  }

  /** How long the ids are together, the ids, how long each user is, and the users. */
  function* users(captured: CapturedUsers): Generator<Uint8Array> {
    let ids: string[] = [];
    let packed: Uint8Array[] = [];
    let size = 0;
    const frame = (): Uint8Array => {
      const names = bytesOfText(JSON.stringify(ids));
      const lengths = wholes(packed.map(({ length }) => length));
      const bytes = writer.frame(FRAME.users, wholes([names.length]), names, lengths, ...packed);
      [ids, packed, size] = [[], [], 0];
      return bytes;
    };
    for (const [id, bytes] of captured.entries()) {
      ids.push(id);
      packed.push(bytes.slice());
      size += bytes.length;
      if (size >= CHUNK) yield frame();
    }
    if (ids.length > 0) yield frame();
  }
}
