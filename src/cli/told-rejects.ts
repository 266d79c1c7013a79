import type { ImportSummary } from '../datasets/folder/import-summary.ts';
import { KEPT_PER_REASON } from '../sources/rejects.ts';
import { EXIT } from './exit-codes.ts';

/** Says on standard error what was rejected, and sets exit code 3 where it is more than allowed. */
export function judgeRejects(
  summary: ImportSummary & { readonly firstRejected?: string },
  allowed: number,
  where: string,
): void {
  if (summary.rejected === 0) return;
  const reasons = Object.entries(summary.rejectedByReason).map(([reason, count]) => `${count} ${reason}`);
  const first = summary.firstRejected === undefined ? '' : `; the first: ${summary.firstRejected}`;
  process.stderr.write(
    `${summary.rejected} of ${summary.lines} lines rejected (${reasons.join(', ')}${first}); ${keptIn(summary, where)}\n`,
  );
  if (summary.rejected > allowed) process.exitCode = EXIT.rejects;
}

/** All of the rejected lines, or the first of every reason. */
function keptIn({ rejected, rejectedKept }: ImportSummary, where: string): string {
  if (rejectedKept === rejected) return `each is kept in ${where}`;
  return `the first ${KEPT_PER_REASON} of every reason are kept in ${where}`;
}
