import { type AskedPath, refuseNoPath } from '../../files/output-folder.ts';
import type { ParseOptions } from '../../slate/parse-event.ts';
import { withBlocks } from '../blocks/event-block.ts';
import type { EventSource, SourceRecord } from '../event-source.ts';
import { readFailure } from '../open-bytes.ts';
import { linesOf } from './lines.ts';
import { readLogBlocks } from './log-blocks.ts';
import { emptyLog, openLog } from './open-log.ts';
import { readLine } from './read-line.ts';

/** An event log of JSON lines, plain or gzipped; `-` is standard input. */
export function jsonLinesSource(path: string): EventSource {
  refuseNoPath(path, LOG);
  const source: EventSource = { name: path, records: (options) => readEventLog(path, options) };
  return withBlocks(source, (codes, options) => readLogBlocks(path, codes, options));
}

const LOG: AskedPath = { place: 'the event log', remedy: 'name a file of JSON lines', code: 'file-not-found' };

/**
 * Reads an event log of JSON lines, plain or gzipped (told by its first bytes), as a stream: memory does not grow with the log. `-` is standard input. A file of another kind, such as CSV, ends
 * in an `InputError` that says what it is and what to do.
 */
export async function* readEventLog(path: string, options: ParseOptions = {}): AsyncGenerator<SourceRecord> {
  let line = 0;
  try {
    const { stream, check } = await openLog(path);
    for await (const bytes of linesOf(stream)) {
      line++;
      if (bytes.length > 0) yield readLine(bytes, line, options);
    }
    await check();
  } catch (error) {
    throw readFailure(error, path, line);
  }
  if (line === 0) throw emptyLog(path);
}
