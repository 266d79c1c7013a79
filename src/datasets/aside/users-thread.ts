/** A thread that encodes the lists of some users. */
import { type MessagePort, parentPort } from 'node:worker_threads';
import { InputError } from '../../slate/input-error.ts';
import { openDataset } from '../folder/dataset.ts';
import type { FromThread, PackedUsers, ToThread } from './messages.ts';
import { createUsersEncoder, type UsersEncoder } from './users-encoder.ts';

const port = parentPort as MessagePort;
if (!port) throw new Error('users-thread.ts runs only as a worker thread');

let encoder: UsersEncoder | undefined;
let packed: Iterator<PackedUsers> | undefined;
/** One message after the other. */
let turn: Promise<void> = Promise.resolve();

port.on('message', (message: ToThread) => {
  turn = turn
    .then(() => answer(message))
    .catch((error: unknown) => {
      const told = error instanceof Error ? error.message : String(error);
      tell({ kind: 'failed', message: told, code: error instanceof InputError ? error.code : undefined });
    });
});

const tell = (message: FromThread): void => port.postMessage(message, buffersIn(message));

async function answer(message: ToThread): Promise<void> {
  if (message.kind === 'begin') {
    encoder = createUsersEncoder(await openDataset(message.order.folder), message.order);
    return;
  }
  if (!encoder) throw new Error('expected an order first, found none');
  if (message.kind === 'chunk') tell({ kind: 'chunk', chunk: await encoder.encode(message.chunk) });
  else if (message.kind === 'end') tell({ kind: 'end', items: await encoder.end(message.clock, message.met) });
  else {
    packed ??= packUsers(encoder.users.capture().entries());
    const next = packed.next();
    tell({ kind: 'users', users: next.done ? { lengths: new Int32Array(0), bytes: new Uint8Array(0) } : next.value });
  }
}

/** Bytes of users that are told at once. */
const PIECE = 1 << 22;

function* packUsers(entries: Iterable<readonly [id: string, packed: Uint8Array]>): Generator<PackedUsers> {
  let lengths: number[] = [];
  let pieces: Uint8Array[] = [];
  let size = 0;
  const piece = (): PackedUsers => {
    const users = { lengths: Int32Array.from(lengths), bytes: new Uint8Array(size) };
    let at = 0;
    for (const one of pieces) {
      users.bytes.set(one, at);
      at += one.length;
    }
    [lengths, pieces, size] = [[], [], 0];
    return users;
  };
  for (const [, bytes] of entries) {
    lengths.push(bytes.length);
    // What is told holds until the next.
    pieces.push(bytes.slice());
    size += bytes.length;
    if (size >= PIECE) yield piece();
  }
  if (lengths.length > 0) yield piece();
}

/** What goes over to the other thread without a copy. */
function buffersIn(value: unknown): ArrayBuffer[] {
  if (ArrayBuffer.isView(value)) return value.buffer instanceof ArrayBuffer ? [value.buffer] : [];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(buffersIn) : [];
}
