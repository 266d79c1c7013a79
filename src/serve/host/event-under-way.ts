/** An event between its sender and the journal. */
import type { LogEvent } from '../../slate/events.ts';
import { InputError } from '../../slate/input-error.ts';
import type { Outcome } from '../host.ts';
import type { EntryContent } from '../journal/entry.ts';

export interface EventUnderWay {
  readonly content: EventContent;
  /** By which it is known again. */
  readonly key: string | undefined;
  readonly outcome: Promise<Outcome>;
  readonly settle: (outcome: Outcome) => void;
  readonly fail: (error: unknown) => void;
}

export type EventContent = Extract<EntryContent, { readonly kind: 'event' }>;

/** Characters of an event as JSON. */
const EVENT_LIMIT = 4 * 2 ** 20;

/** As whoever reads the journal later will find it: JSON does not keep everything, such as a minus before 0. Throws `InputError` for what is too long. */
export function eventContent(id: string | undefined, event: LogEvent): EventContent {
  const text = JSON.stringify({ kind: 'event', ...(id === undefined ? {} : { id }), event });
  if (text.length > EVENT_LIMIT)
    throw new InputError(
      `the event: expected at most ${EVENT_LIMIT} characters as JSON, found ${text.length}; leave out what no model reads`,
      'too-large',
    );
  return JSON.parse(text) as EventContent;
}

export function eventUnderWay(content: EventContent, key: string | undefined): EventUnderWay {
  let settle: EventUnderWay['settle'] = () => undefined;
  let fail: EventUnderWay['fail'] = () => undefined;
  const outcome = new Promise<Outcome>((resolve, reject) => {
    settle = resolve;
    fail = reject;
  });
  // Whoever waits for it is told; it may be nobody.
  outcome.catch(() => undefined);
  return { content, key, outcome, settle, fail };
}
