import type { RejectReason } from './error-code.ts';
import { InputError } from './input-error.ts';
import { isPlainRecord } from './plain-record.ts';
import { isPromise } from './promise.ts';

/** An event that cannot be used: a stable reason to count by, and a sentence for people. */
export class RejectedEvent extends InputError {
  override readonly name: string = 'RejectedEvent';
  readonly reason: RejectReason;

  constructor(reason: RejectReason, message: string) {
    super(message, reason);
    this.reason = reason;
  }
}

/** A value in a sentence about it, in at most 60 letters; of whatever a caller gives, it throws for none. */
export function show(value: unknown): string {
  const shown = textOf(value);
  return shown.length > 60 ? `${shown.slice(0, 57)}...` : shown;
}

/** The end of a sentence about what is not as expected: a promise is one that somebody forgot to await. */
export function foundInstead(value: unknown, remedy?: string): string {
  const told = isPromise(value) ? 'await it' : remedy;
  return `found ${show(value)}${told === undefined ? '' : `; ${told}`}`;
}

/** The same where an object is expected: one of a class whose values are not its own is none. */
export const foundNoObject = (value: unknown): string =>
  foundInstead(value, isOfClass(value) ? 'give a plain object' : undefined);

const isOfClass = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !isPlainRecord(value);

function textOf(value: unknown): string {
  try {
    const name = nameOf(value);
    if (name !== undefined) return name;
    // JSON has no word for these, and would leave them out, or throw.
    return JSON.stringify(value, (_, part: unknown) => nameOf(part) ?? part) ?? 'nothing';
  } catch {
    // What holds itself, or throws when it is asked.
    return 'an object that cannot be shown';
  }
}

/** What is shown by what it is, not by what is in it; undefined for what JSON writes as it is. */
function nameOf(value: unknown): string | undefined {
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value === 'number') return Number.isFinite(value) ? undefined : `${value}`;
  if (typeof value === 'symbol') return 'a symbol';
  if (isPromise(value)) return 'a promise';
  if (typeof value === 'function') return 'a function';
  if (typeof value !== 'object' || value === null || Array.isArray(value) || isPlainRecord(value)) return undefined;
  if (typeof (value as { readonly toJSON?: unknown }).toJSON === 'function') return undefined;
  const name: unknown = value.constructor?.name;
  if (typeof name !== 'string' || name === '' || name === 'Object') return 'an object with inherited keys';
  return `${/^[AEIOU]/.test(name) ? 'an' : 'a'} ${name}`;
}
