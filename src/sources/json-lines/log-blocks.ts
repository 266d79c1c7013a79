/** A log of JSON lines as blocks, in its order; a long one is read on threads, piece by piece. */
import { createTranslator, type Translate } from '../blocks/coded-block.ts';
import type { EventBlock, IdCodes } from '../blocks/event-block.ts';
import type { BlockOptions } from '../event-source.ts';
import { readFailure } from '../open-bytes.ts';
import { cutPieces } from './cut-pieces.ts';
import { emptyLog, openLog } from './open-log.ts';
import { createPieceReader, lineIn, type ReadPiece } from './piece-reader.ts';
import { type PieceThread, startPieceThread } from './piece-threads.ts';

/** Pieces that are read before threads are started: a short log is read sooner than threads are there. */
const WITHOUT_THREADS = 4;

/** Pieces that a thread has: one that it reads, and the next. */
const AHEAD = 2;

const THREADS = 2;

/** A reader, and how its codes become those of the tables. */
interface Lane {
  readonly read: (bytes: Uint8Array<ArrayBuffer>) => ReadPiece | Promise<ReadPiece>;
  readonly translate: Translate;
}

export async function* readLogBlocks(
  path: string,
  codes: IdCodes,
  { firstPosition, odd, workers = THREADS, pieceSize }: BlockOptions & { readonly pieceSize?: number | undefined },
): AsyncGenerator<EventBlock> {
  const threads: PieceThread[] = [];
  const lanes: Lane[] = [];
  const own: Lane = { read: createPieceReader({ firstPosition }), translate: createTranslator(codes) };
  const asked: { readonly lane: Lane; readonly piece: Promise<ReadPiece> }[] = [];
  let line = 0;
  let pieces = 0;
  let failure: unknown;
  try {
    try {
      const { stream, check } = await openLog(path);
      for await (const bytes of cutPieces(stream, { size: pieceSize })) {
        ask(laneOf(pieces++), bytes);
        if (asked.length > AHEAD * threads.length) yield* next();
      }
      await check();
    } catch (error) {
      failure = error;
    }
    // What came before an error counts: it may be why there was one.
    while (asked.length > 0) yield* next();
  } finally {
    await Promise.all(threads.map((thread) => thread.stop()));
  }
  if (failure !== undefined) throw readFailure(failure, path, line);
  if (line === 0) throw emptyLog(path);

  /** The same for a piece whatever the time that each takes. */
  function laneOf(piece: number): Lane {
    if (workers === 1 || piece < WITHOUT_THREADS) return own;
    while (lanes.length < workers) {
      const thread = startPieceThread({ firstPosition });
      threads.push(thread);
      lanes.push({ read: thread.read, translate: createTranslator(codes) });
    }
    return lanes[piece % workers];
  }

  function ask(lane: Lane, bytes: Uint8Array<ArrayBuffer>): void {
    const piece = Promise.resolve(lane.read(bytes));
    // Waited for later.
    piece.catch(() => undefined);
    asked.push({ lane, piece });
  }

  async function* next(): AsyncGenerator<EventBlock> {
    const first = asked.shift();
    if (!first) return;
    const read = await first.piece;
    odd?.add(read.odd);
    const block = blockOf(read, first.lane.translate, line);
    line += read.starts.length - 1;
    if (block.order.length > 0) yield block;
  }
}

function blockOf(read: ReadPiece, translate: Translate, before: number): EventBlock {
  const { interactions, ...block } = translate(read, before);
  const textOf = (line: number): string =>
    Buffer.from(lineIn(read.bytes, read.starts, line - before - 1)).toString('utf8');
  const placeOf = (): undefined => undefined;
  return {
    ...block,
    rawOf: (row) => textOf(block.lists.lines[row]),
    placeOf,
    interactions: { ...interactions, rawOf: (at) => textOf(interactions.lines[at]), placeOf },
  };
}
