/** Why an event is rejected: what summaries and counters go by. */
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

/** What is wrong, in one stable word; a new one may come, none changes its meaning. `docs/errors.md` says of each what to do. */
export type ErrorCode = RejectReason | 'invalid-input';
