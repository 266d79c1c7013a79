/**
 * The user's input is at fault, not the program: a bad file, option or config. The message is one sentence that says what was expected, what was found,
 * where, and what to do; the command line prints it without a stack trace.
 */
export class InputError extends Error {
  override readonly name = 'InputError';
}
