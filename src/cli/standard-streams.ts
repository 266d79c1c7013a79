import { EXIT } from './exit-codes.ts';
import { fileErrorSentence } from './file-error.ts';

/** What happens when standard output or standard error cannot be written, whatever verb writes and wherever it is: nobody awaits these streams. */
export function guardStandardStreams(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    // Whoever reads the output may have seen enough (head, less): that is no failure.
    if (error.code === 'EPIPE') process.exit(process.exitCode ?? EXIT.clean);
    error.path ??= 'standard output';
    process.stderr.write(`error: ${fileErrorSentence(error) ?? `standard output: ${error.message}`}\n`);
    process.exit(EXIT.failed);
  });
  // Notes that nobody can read any more stop no work.
  process.stderr.on('error', () => undefined);
}
