/** What a program asks about, and how it becomes a request. */
import { refuseUnknownKeys } from '../slate/check-request.ts';
import type { RankingEvent } from '../slate/events.ts';
import { InputError } from '../slate/input-error.ts';
import { readEvent } from '../slate/log-form.ts';
import { createOddNames, REQUEST_KEYS } from '../slate/odd-names.ts';
import { isRow } from '../slate/plain-record.ts';
import { foundNoObject, show } from '../slate/rejected-event.ts';
import { requestName } from '../slate/request-name.ts';
import { refuseSeconds } from '../slate/seconds.ts';
import type { ListedItem, Moment } from './event-input.ts';
import type { FieldDefinitions, FieldsOf } from './fields.ts';

/** Who asks, and about which items: those of one list to be scored or explained, or the candidates for one. */
export interface RequestInput<F extends FieldDefinitions = FieldDefinitions> {
  /** Answers name it; `request 1`, `request 2`, ... by its place in the call where it is left out. */
  readonly id?: string | number | undefined;
  /** When the list is shown; now where it is left out. */
  readonly time?: Moment | undefined;
  /** Absent or empty: nobody known. */
  readonly user?: string | number | undefined;
  readonly session?: string | number | undefined;
  /** Fields of the list as a whole, such as the query. */
  readonly fields?: FieldsOf<F, 'ranking'> | undefined;
  readonly items: readonly (string | number | ListedItem<F>)[];
}

export interface ReadRequestOptions {
  /** Place of the request in the call, from 0. */
  readonly at: number;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Time of the latest event that the model knows. */
  readonly clock: number;
  /** Throws `InputError` for a value that the definition of its field does not read. */
  readonly checkValues?: (event: RankingEvent) => void;
}

/** What a line of a request file may say of its list: in a program the call says it, since a request may come from elsewhere. */
const OF_THE_CALL: ReadonlySet<string> = new Set(['size', 'rules', 'deadline']);

/** In either form: a line of a log says `timestamp`. */
const KEYS: ReadonlySet<string> = new Set([...REQUEST_KEYS, 'timestamp'].filter((key) => !OF_THE_CALL.has(key)));

/** Throws `InputError` for what is no request, one sentence that begins with its name. */
export function readRequest(given: unknown, { at, now, clock, checkValues }: ReadRequestOptions): RankingEvent {
  const name = `request ${at + 1}`;
  if (!isRow(given))
    throw new InputError(
      `${name}: expected an object such as { user, items: [id, id, id] }, ${foundNoObject(given)}`,
      'invalid-request',
    );
  const { id = name, event: kind = 'ranking', ...rest } = given;
  if (kind !== 'ranking')
    throw new InputError(
      `${name}: expected "ranking" where a request says what "event" it is, found ${show(kind)}; leave it out, or give it to observe`,
      'invalid-request',
    );
  const moment = rest.time === undefined && rest.timestamp === undefined ? { time: now } : {};
  const misplaced = Object.keys(rest).find((key) => OF_THE_CALL.has(key) && rest[key] !== undefined);
  if (misplaced !== undefined)
    throw new InputError(
      `${name}: expected no "${misplaced}" in a request of a program, found it; give it in the options of generate`,
      'unknown-key',
    );
  refuseUnknownKeys(rest, KEYS, name);
  const odd = createOddNames();
  try {
    const event = readEvent({ ...rest, ...moment, id, event: 'ranking' }, { odd });
    const [note] = odd.notes();
    if (note !== undefined) throw new InputError(`${note}`, 'unknown-key');
    if (event.event !== 'ranking') throw new TypeError('readRequest: expected a ranking event');
    refuseSeconds(event.time, clock);
    checkValues?.(event);
    return event;
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    throw new InputError(`${typeof id === 'string' ? requestName(id) : name}: ${error.message}`, error.code);
  }
}
