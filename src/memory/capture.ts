/**
 * A memory as it is at one moment, as chunks of bytes that are made one by one while events go on entering. What is plain data is told as JSON, users as they are packed.
 */
import type { Fields } from '../slate/fields.ts';
import type { CatalogueEntry } from './catalogue.ts';
import type { LastMetSnapshot } from './evictor.ts';
import { createFrameWriter, FRAME, wholes } from './frames.ts';
import type { ClosedList, OpenList } from './open-lists.ts';
import { listToJson, type MemoryCounts } from './snapshot.ts';
import type { ItemState } from './state.ts';
import type { CapturedUsers } from './users.ts';
import type { MomentPicture } from './watch.ts';

/** Chunks of about 64 KiB, to be written in their order; those that are left out are of no use. Between two of them other work may go on. */
export interface MemoryCapture extends Iterable<Uint8Array> {
  /** To be called where not all chunks are taken: until then what changes is kept as it was. A second call does nothing more. */
  release(): void;
}

/** Changes when older bytes can no longer be read. */
export const CAPTURE_FORMAT = 1;

export interface CapturedParts {
  readonly denseColumns: number;
  readonly counts: MemoryCounts;
  readonly items: readonly CatalogueEntry[];
  readonly userFields: readonly (readonly [string, Fields])[];
  readonly itemStates: readonly (readonly [number, ItemState])[];
  readonly itemPicture: MomentPicture<ItemState, ItemState>;
  readonly users: CapturedUsers;
  readonly open: readonly OpenList[];
  readonly listPicture: MomentPicture<OpenList, OpenList>;
  readonly closed: readonly ClosedList[];
  readonly lastMet: LastMetSnapshot;
}

/** Letters, or bytes of users, that make a chunk. */
const CHUNK = 1 << 16;

export function captureOf(parts: CapturedParts): MemoryCapture {
  let isHeld = true;
  function release(): void {
    if (!isHeld) return;
    isHeld = false;
    parts.itemPicture.end();
    parts.listPicture.end();
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
  const json = (kind: number, value: string): Uint8Array => writer.frame(kind, Buffer.from(value));
  yield json(
    FRAME.counts,
    JSON.stringify({ format: CAPTURE_FORMAT, denseColumns: parts.denseColumns, ...parts.counts }),
  );
  yield* rows(FRAME.items, parts.items, (entry) => entry);
  yield* rows(FRAME.userFields, parts.userFields, (entry) => entry);
  yield* users(parts.users);
  yield* rows(FRAME.itemStates, parts.itemStates, ([index, state]) => [index, parts.itemPicture.of(state)]);
  yield* rows(FRAME.open, parts.open, (list) => listToJson(parts.listPicture.of(list)));
  yield* rows(FRAME.closed, parts.closed, (list) => list);
  yield* rows(FRAME.lastMetItems, parts.lastMet.items, (entry) => entry);
  yield* rows(FRAME.lastMetUsers, parts.lastMet.users, (entry) => entry);
  yield writer.end();

  function* rows<T>(kind: number, values: readonly T[], plain: (value: T) => unknown): Generator<Uint8Array> {
    let text = '';
    for (const value of values) {
      text += `${text === '' ? '' : ','}${JSON.stringify(plain(value))}`;
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
      const names = Buffer.from(JSON.stringify(ids));
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
