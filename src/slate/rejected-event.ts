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
  const shown = typeof value === 'bigint' ? `${value}` : (JSON.stringify(value) ?? 'nothing');
  return shown.length > 60 ? `${shown.slice(0, 57)}...` : shown;
}
