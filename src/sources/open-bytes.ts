/** Bytes of a file, plain or gzipped. */
import { createReadStream } from 'node:fs';
import { access } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { InputError } from '../slate/input-error.ts';

/** A gzipped file is told by its first bytes; `-` is standard input. Throws `InputError` where there is no such file. */
export async function openBytes(path: string): Promise<Readable> {
  if (path !== '-') {
    await access(path).catch(() => {
      throw new InputError(`${path}: expected an event log, found no such file; check the path`, 'file-not-found');
    });
  }
  const source: Readable = path === '-' ? process.stdin : createReadStream(path, { highWaterMark: 1 << 20 });
  const first = await firstChunk(source);
  if (first === undefined) return source;
  const gzipped = first[0] === 0x1f && first[1] === 0x8b;
  if (!gzipped) return source;
  const unzipped = createGunzip({ chunkSize: 1 << 18 });
  source.on('error', (error) => unzipped.destroy(error));
  return source.pipe(unzipped);
}

/** Looks at the first bytes of a stream and puts them back; undefined where it has none. */
export async function firstChunk(source: Readable): Promise<Buffer | undefined> {
  await new Promise<void>((resolve, reject) => {
    source.once('readable', resolve);
    source.once('end', resolve);
    source.once('error', reject);
  });
  const chunk: Buffer | null = source.read();
  if (chunk === null) return undefined;
  source.unshift(chunk);
  return chunk;
}

/** What a stream's error says of its file, in words where it is known. */
export function readFailure(error: unknown, path: string, line: number): unknown {
  const code = (error as NodeJS.ErrnoException).code ?? '';
  if (code === 'Z_BUF_ERROR') {
    return new InputError(
      `${path}: expected a complete gzip file, found one that ends in the middle after line ${line}; copy the file again`,
      'file-damaged',
    );
  }
  if (code.startsWith('Z_')) {
    return new InputError(
      `${path}: expected a gzip file, found damaged data after line ${line}; copy the file again`,
      'file-damaged',
    );
  }
  if (code === 'EISDIR')
    return new InputError(
      `${path}: expected an event log, found a folder; name a file in it, or a data set folder`,
      'other-format',
    );
  return error;
}
