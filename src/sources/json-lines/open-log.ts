import type { Readable } from 'node:stream';
import { InputError } from '../../slate/input-error.ts';
import { foreignFormat } from '../foreign-format.ts';
import { firstChunk, openBytes } from '../open-bytes.ts';
import { type WatchedFiles, watchFiles } from '../unchanged-files.ts';

/** The bytes of a log, and whether it stayed as it was while it was read. Throws `InputError` for a file of another kind. */
export async function openLog(path: string): Promise<WatchedFiles & { readonly stream: Readable }> {
  const watched = await watchFiles([path]);
  const stream = await openBytes(path);
  const foreign = foreignFormat((await firstChunk(stream)) ?? Buffer.alloc(0), path);
  if (foreign !== undefined) throw new InputError(foreign, 'other-format');
  return { ...watched, stream };
}

export const emptyLog = (path: string): InputError =>
  new InputError(
    `${path}: expected an event log of JSON lines, found an empty file; export at least one ranking`,
    'no-lists',
  );
