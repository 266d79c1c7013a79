/** A thread that reads pieces of a log. */
import { parentPort, workerData } from 'node:worker_threads';
import { buffersOf } from '../blocks/coded-block.ts';
import { createPieceReader } from './piece-reader.ts';

const port = parentPort;
if (!port) throw new Error('piece-thread.ts runs only as a worker thread');

const read = createPieceReader(workerData as { readonly firstPosition?: number });
port.on('message', (bytes: Uint8Array<ArrayBuffer>) => {
  const piece = read(bytes);
  port.postMessage(piece, [piece.bytes.buffer, piece.starts.buffer as ArrayBuffer, ...buffersOf(piece)]);
});
