import type { ErrorCode } from './error-code.ts';

/**
 * The user's input is at fault, not the program: a bad file, option or config. The message is one sentence that says what was expected, what was found,
 * where, and what to do; the command line prints it without a stack trace.
 */
export class InputError extends Error {
  override readonly name: string = 'InputError';
  /** Says what is wrong in one stable word, for programs: `docs/errors.md` lists them all. */
  readonly code: ErrorCode;

  /** The cause is what a function of the caller's threw. As options an error may stand whose cause goes over. */
  constructor(message: string, code: ErrorCode, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
