import { type ParseOptions, parseEvent } from '../../slate/parse-event.ts';
import { RejectedEvent } from '../../slate/rejected-event.ts';
import type { SourceRecord } from '../event-source.ts';

/** The text of one line of a log as its event, or the reason why it is none. */
export function readText(raw: string, line: number, options: ParseOptions): SourceRecord {
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
