import { once } from 'node:events';
import { open } from 'node:fs/promises';
import type { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { createGzip } from 'node:zlib';

/** A file written as a stream. What goes wrong is kept until somebody waits: an error that nobody hears would end the process. */
export interface FileStream {
  readonly stream: Writable;
  /** Waits until more may be written. Rejects with the system's error, which names the file, where that cannot be. */
  ready(): Promise<void>;
  /** Waits until everything is written; the stream is to be ended before. Rejects as `ready` does. */
  written(): Promise<void>;
}

/** Rejects with the system's error when the file cannot be opened. */
export async function openFileStream(
  path: string,
  { gzip = false }: { readonly gzip?: boolean } = {},
): Promise<FileStream> {
  const file = (await open(path, 'w')).createWriteStream();
  const stream: Writable = gzip ? createGzip() : file;
  let failure: Error | undefined;
  const done = finished(file).catch((error: NodeJS.ErrnoException) => {
    // The system names a file that it cannot open, not one that it cannot write.
    error.path ??= path;
    failure = error;
    stream.destroy();
  });
  if (stream !== file) stream.pipe(file);
  const check = (): void => {
    if (failure) throw failure;
  };
  return {
    stream,
    async ready() {
      if (stream.writableNeedDrain) await Promise.race([once(stream, 'drain').catch(() => done), done]);
      check();
    },
    async written() {
      await done;
      check();
    },
  };
}
