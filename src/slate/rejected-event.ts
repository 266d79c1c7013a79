import type { RejectReason } from './error-code.ts';
import { InputError } from './input-error.ts';

/** An event that cannot be used: a stable reason to count by, and a sentence for people. */
export class RejectedEvent extends InputError {
  override readonly name: string = 'RejectedEvent';
  readonly reason: RejectReason;

  constructor(reason: RejectReason, message: string) {
    super(message, reason);
    this.reason = reason;
  }
}

/** Whatever can be awaited. */
export const isPromise = (value: unknown): value is PromiseLike<unknown> =>
  (typeof value === 'object' || typeof value === 'function') &&
  typeof (value as Partial<PromiseLike<unknown>> | null)?.then === 'function';

/** A value in a sentence about it, in at most 60 letters. */
export function show(value: unknown): string {
  const shown = textOf(value);
  return shown.length > 60 ? `${shown.slice(0, 57)}...` : shown;
}

function textOf(value: unknown): string {
  if (isPromise(value)) return 'a promise';
  if (typeof value === 'function') return 'a function';
  if (typeof value === 'symbol') return 'a symbol';
  try {
    if (typeof value === 'bigint') return `${value}n`;
    return typeof value === 'number' ? `${value}` : (JSON.stringify(value) ?? 'nothing');
  } catch {
    // A circle, or a bigint within: JSON has neither.
    return Object.prototype.toString.call(value);
  }
}
