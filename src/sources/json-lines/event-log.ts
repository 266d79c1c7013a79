import { type AskedPath, refuseNoPath } from '../../files/output-folder.ts';
import { InputError } from '../../slate/input-error.ts';
import type { ParseOptions } from '../../slate/parse-event.ts';
import type { EventSource, SourceRecord } from '../event-source.ts';
import { foreignFormat } from '../foreign-format.ts';
import { firstChunk, openBytes, readFailure } from '../open-bytes.ts';
import { watchFiles } from '../unchanged-files.ts';
import { LINE_LIMIT, linesOf } from './lines.ts';
import { readText } from './read-text.ts';

/** An event log of JSON lines, plain or gzipped; `-` is standard input. */
export function jsonLinesSource(path: string): EventSource {
  refuseNoPath(path, LOG);
  return { name: path, records: (options) => readEventLog(path, options) };
}

const LOG: AskedPath = { place: 'the event log', remedy: 'name a file of JSON lines', code: 'file-not-found' };

/**
 * Reads an event log of JSON lines, plain or gzipped (told by its first bytes), as a stream: memory does not grow with the log. `-` is standard input. A file of another kind, such as CSV, ends
 * in an `InputError` that says what it is and what to do.
 */
export async function* readEventLog(path: string, options: ParseOptions = {}): AsyncGenerator<SourceRecord> {
  let line = 0;
  try {
    const watched = await watchFiles([path]);
    const stream = await openBytes(path);
    const foreign = foreignFormat((await firstChunk(stream)) ?? Buffer.alloc(0), path);
    if (foreign !== undefined) throw new InputError(foreign, 'other-format');
    for await (const bytes of linesOf(stream)) {
      line++;
      if (bytes.length > 0) yield readLine(bytes, line, options);
    }
    await watched.check();
  } catch (error) {
    throw readFailure(error, path, line);
  }
  if (line === 0)
    throw new InputError(
      `${path}: expected an event log of JSON lines, found an empty file; export at least one ranking`,
      'no-lists',
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
  return readText(raw, line, options);
}
