/** What a server answered in place of an answer. */
export class ClientError extends Error {
  override readonly name = 'ClientError';
  /** What is wrong in one stable word; `no-answer` where none came. */
  readonly code: string;
  /** Of HTTP; 0 where no answer came. */
  readonly status: number;
  /** By which the server's log knows the request. */
  readonly requestId: string | undefined;

  constructor(
    message: string,
    facts: { readonly code: string; readonly status: number; readonly requestId?: string | undefined },
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.code = facts.code;
    this.status = facts.status;
    this.requestId = facts.requestId;
  }
}
