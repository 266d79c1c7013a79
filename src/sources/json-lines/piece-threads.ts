/** Readers of pieces on threads of their own. */
import { startWorker } from '../../runtime/start-worker.ts';
import type { ReadPiece } from './piece-reader.ts';

export interface PieceThread {
  /** Answers in the order in which it is asked. Takes the bytes over. */
  read(bytes: Uint8Array<ArrayBuffer>): Promise<ReadPiece>;
  stop(): Promise<void>;
}

export function startPieceThread(options: { readonly firstPosition?: number | undefined }): PieceThread {
  const thread = startWorker('./piece-thread', import.meta.url, options);
  const waiting: { resolve(piece: ReadPiece): void; reject(error: Error): void }[] = [];
  let failure: Error | undefined;
  const fail = (error: Error): void => {
    failure ??= error;
    for (const { reject } of waiting.splice(0)) reject(failure);
  };
  thread.on('message', (piece: ReadPiece) => waiting.shift()?.resolve(piece));
  thread.on('error', fail);
  thread.on('messageerror', fail);
  thread.on('exit', (code) =>
    fail(new Error(`a thread that reads the log ended by itself (exit code ${code}), perhaps for want of memory`)),
  );
  return {
    read(bytes) {
      if (failure) return Promise.reject(failure);
      return new Promise((resolve, reject) => {
        waiting.push({ resolve, reject });
        thread.postMessage(bytes, [bytes.buffer]);
      });
    },
    async stop() {
      await thread.terminate();
    },
  };
}
