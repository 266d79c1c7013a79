/** Events cannot be written now, and none of the call counts: the same events can be sent again later. Answers go on. */
export class JournalUnavailable extends Error {
  override readonly name: string = 'JournalUnavailable';
  readonly code = 'journal-unavailable';

  constructor(fault: string, options?: ErrorOptions) {
    super(`the journal: expected to write events, found that it cannot (${fault}); send them again later`, options);
  }
}
