import { createReadStream } from 'node:fs';
import { access } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { InputError } from '../../slate/input-error.ts';
import { type ParseOptions, parseEvent } from '../../slate/parse-event.ts';
import { RejectedEvent } from '../../slate/rejected-event.ts';
import type { EventSource, SourceRecord } from '../event-source.ts';
import { LINE_LIMIT, linesOf } from './lines.ts';

export const jsonLinesSource = (path: string): EventSource => ({
  name: path,
  records: (options) => readEventLog(path, options),
});

/** Reads an event log of JSON lines, plain or gzipped (told by its first bytes), as a stream: memory does not grow with the log. `-` is standard input. */
export async function* readEventLog(path: string, options: ParseOptions = {}): AsyncGenerator<SourceRecord> {
  let line = 0;
  try {
    for await (const bytes of linesOf(await openBytes(path))) {
      line++;
      if (bytes.length > 0) yield readLine(bytes, line, options);
    }
  } catch (error) {
    throw readFailure(error, path, line);
  }
  if (line === 0)
    throw new InputError(
      `${path}: expected an event log of JSON lines, found an empty file; export at least one ranking`,
    );
}

const decoder = new TextDecoder('utf-8', { fatal: true });

function readLine(bytes: Uint8Array, line: number, options: ParseOptions): SourceRecord {
  if (bytes.length > LINE_LIMIT) {
    const raw = Buffer.from(bytes.subarray(0, 1000)).toString('utf8');
    const message = `expected a line of at most ${LINE_LIMIT} bytes, found a longer one, of which the first 1000 are kept`;
    return { line, raw, reason: 'line-too-long', message };
  }
  let raw: string;
  try {
    raw = decoder.decode(bytes);
  } catch {
    const lenient = Buffer.from(bytes).toString('utf8');
    return { line, raw: lenient, reason: 'broken-utf8', message: 'expected UTF-8, found bytes that are not' };
  }
  try {
    return { line, raw, event: parseEvent(parseJson(raw), options) };
  } catch (error) {
    if (!(error instanceof RejectedEvent)) throw error;
    return { line, raw, reason: error.reason, message: error.message };
  }
}

function parseJson(raw: string): unknown {
  try {
    return JSON.parse(raw);
  } catch {
    // NaN and Infinity are what some exporters write for missing numbers; JSON has neither.
    const cause = /[:,[]\s*-?(NaN|Infinity)\b/.test(raw)
      ? 'NaN or Infinity, which JSON does not have'
      : JSON.stringify(raw.slice(0, 60));
    throw new RejectedEvent('not-json', `expected one JSON object per line, found ${cause}`);
  }
}

async function openBytes(path: string): Promise<Readable> {
  if (path !== '-') {
    await access(path).catch(() => {
      throw new InputError(`${path}: expected an event log, found no such file; check the path`);
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

/** Looks at the first bytes and puts them back. */
async function firstChunk(source: Readable): Promise<Buffer | undefined> {
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

function readFailure(error: unknown, path: string, line: number): unknown {
  const code = (error as NodeJS.ErrnoException).code ?? '';
  if (code === 'Z_BUF_ERROR') {
    return new InputError(
      `${path}: expected a complete gzip file, found one that ends in the middle after line ${line}; copy the file again`,
    );
  }
  if (code.startsWith('Z_')) {
    return new InputError(`${path}: expected a gzip file, found damaged data after line ${line}; copy the file again`);
  }
  if (code === 'EISDIR')
    return new InputError(`${path}: expected an event log, found a folder; name a file in it, or a data set folder`);
  return error;
}
