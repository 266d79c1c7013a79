import { eventToJson } from '../slate/event-to-json.ts';
import type { LogEvent } from '../slate/events.ts';
import { type ParseOptions, parseEvent } from '../slate/parse-event.ts';
import { RejectedEvent } from '../slate/rejected-event.ts';
import type { EventSource, SourceRecord } from './event-source.ts';

/**
 * Events that a program holds or receives: each as a line of a log has it when parsed (`timestamp`, `fields` as a list), or as `parseEvent` gives it (`time`, `fields` by name;
 * its positions begin at 0). Both are judged as a line is.
 */
export function inMemorySource(events: Iterable<unknown> | AsyncIterable<unknown>, name = 'events'): EventSource {
  return {
    name,
    async *records(options = {}) {
      let line = 0;
      for await (const event of events) yield recordOf(event, ++line, options);
    },
  };
}

function recordOf(given: unknown, line: number, options: ParseOptions): SourceRecord {
  const raw = textOf(given);
  try {
    const event = isLogEvent(given)
      ? parseEvent(eventToJson(given), { ...options, firstPosition: 0 })
      : parseEvent(given, options);
    return { line, raw, event };
  } catch (error) {
    if (!(error instanceof RejectedEvent)) throw error;
    return { line, raw, reason: error.reason, message: error.message };
  }
}

const isLogEvent = (given: unknown): given is LogEvent =>
  typeof given === 'object' && given !== null && 'time' in given && !('timestamp' in given) && hasFieldsByName(given);

const hasFieldsByName = (event: object): boolean =>
  ('event' in event && event.event === 'interaction') ||
  ('fields' in event && typeof event.fields === 'object' && event.fields !== null && !Array.isArray(event.fields));

/** As JSON, in which whole numbers of any size may stand. */
function textOf(given: unknown): string {
  try {
    return JSON.stringify(given, (_, value) => (typeof value === 'bigint' ? String(value) : value)) ?? String(given);
  } catch {
    return String(given);
  }
}
