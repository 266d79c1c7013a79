import { type ArgumentForm, checkArgument } from '../slate/check-argument.ts';
import { readEvent } from '../slate/log-form.ts';
import type { ParseOptions } from '../slate/parse-event.ts';
import { RejectedEvent } from '../slate/rejected-event.ts';
import type { EventSource, SourceRecord } from './event-source.ts';

const EVENTS: ArgumentForm = {
  expected: 'events as a list, or as anything that can be iterated over',
  remedy: 'give such',
  isSound: (events) =>
    typeof events === 'object' && events !== null && (Symbol.iterator in events || Symbol.asyncIterator in events),
};

/**
 * Events that a program holds or receives: each as a line of a log has it when parsed (`timestamp`, `fields` as a list), or as code has it (`time`, `fields` by name;
 * its positions begin at 0). Both are judged as a line is (`readEvent`).
 */
export function inMemorySource(events: Iterable<unknown> | AsyncIterable<unknown>, name = 'events'): EventSource {
  checkArgument(events, 'inMemorySource', EVENTS);
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
    return { line, raw, event: readEvent(given, options) };
  } catch (error) {
    if (!(error instanceof RejectedEvent)) throw error;
    return { line, raw, reason: error.reason, message: error.message };
  }
}

/** As JSON, in which whole numbers of any size may stand. */
function textOf(given: unknown): string {
  try {
    return JSON.stringify(given, (_, value) => (typeof value === 'bigint' ? String(value) : value)) ?? String(given);
  } catch {
    return String(given);
  }
}
