import type { ParseOptions } from '../../slate/parse-event.ts';
import type { SourceRecord } from '../event-source.ts';
import { LINE_LIMIT } from './lines.ts';
import { readText } from './read-text.ts';

const decoder = new TextDecoder('utf-8', { fatal: true });

/** The bytes of one line of a log as its event, or the reason why it is none. */
export function readLine(bytes: Uint8Array, line: number, options: ParseOptions): SourceRecord {
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
