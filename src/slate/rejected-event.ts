export type RejectReason =
  | 'not-json'
  | 'broken-utf8'
  | 'line-too-long'
  | 'unknown-event'
  | 'missing-field'
  | 'bad-timestamp'
  | 'bad-value'
  | 'empty-slate'
  | 'item-twice-in-slate'
  | 'duplicate-list'
  | 'unknown-list'
  | 'item-not-in-list'
  | 'other-user'
  | 'ambiguous-list'
  | 'no-list-of-user'
  | 'late-interaction'
  | 'out-of-order'
  | 'interaction-before-list';

/** An event that cannot be used: a stable reason to count by, and a sentence for people. */
export class RejectedEvent extends Error {
  override readonly name = 'RejectedEvent';
  readonly reason: RejectReason;

  constructor(reason: RejectReason, message: string) {
    super(message);
    this.reason = reason;
  }
}

/** A value in a sentence about it, in at most 60 letters. */
export function show(value: unknown): string {
  const shown = textOf(value);
  return shown.length > 60 ? `${shown.slice(0, 57)}...` : shown;
}

function textOf(value: unknown): string {
  try {
    return typeof value === 'bigint' ? `${value}` : (JSON.stringify(value) ?? 'nothing');
  } catch {
    // A circle, or a bigint within: JSON has neither.
    return Object.prototype.toString.call(value);
  }
}
