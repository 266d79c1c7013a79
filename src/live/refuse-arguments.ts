import type { ErrorCode } from '../slate/error-code.ts';
import { InputError } from '../slate/input-error.ts';
import { isPromise } from '../slate/promise.ts';

interface CallForm {
  /** Its arguments in words, in order. */
  readonly takes: readonly string[];
  /** Of an error about the first. */
  readonly code: ErrorCode;
}

type Call = 'train' | 'open' | 'score' | 'generate' | 'explain' | 'whatIf' | 'observe' | 'restore' | 'save';

const CALLS: Readonly<Record<Call, CallForm>> = {
  train: { takes: ['events', 'options'], code: 'invalid-option' },
  open: { takes: ['the path of a model folder', 'options'], code: 'model-missing' },
  score: { takes: ['a list of requests', 'options'], code: 'invalid-request' },
  generate: { takes: ['a request', 'options'], code: 'invalid-request' },
  explain: { takes: ['a request', 'options'], code: 'invalid-request' },
  whatIf: { takes: ['a request', 'options'], code: 'invalid-request' },
  observe: { takes: ['an event'], code: 'unknown-event' },
  restore: { takes: ['a snapshot'], code: 'invalid-snapshot' },
  save: { takes: ['the path of a folder', 'options'], code: 'output-refused' },
};

/**
 * Throws `InputError` where a call is given more than it takes, which nothing would read, or a promise of what it takes: whoever forgets `await` is told so, not that a key is
 * missing. What is `undefined` counts as left out.
 */
export function refuseArguments(call: Call, ...given: readonly unknown[]): void {
  const { takes, code } = CALLS[call];
  const promised = takes.findIndex((_, at) => isForgotten(given[at]));
  if (promised >= 0)
    throw new InputError(
      `${call}: expected ${takes[promised]}, found a promise; await it`,
      promised === 0 ? code : 'invalid-option',
    );
  const last = given.findLastIndex((value) => value !== undefined);
  if (last >= takes.length)
    throw new InputError(
      `${call}: expected ${takes.join(' and ')}, found ${last + 1} arguments; leave the others out`,
      'invalid-option',
    );
}

/** A query that can be iterated over, and has a `then` besides, is a source of events. */
const isForgotten = (value: unknown): boolean =>
  isPromise(value) && !(Symbol.iterator in value) && !(Symbol.asyncIterator in value);
