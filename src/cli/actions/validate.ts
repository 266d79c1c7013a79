import type { ImportSummary } from '../../datasets/folder/import-summary.ts';
import { withoutLists } from '../../datasets/import/import-facts.ts';
import { validateLog } from '../../datasets/import/import-log.ts';
import { REJECTED_LINES } from '../../files/file-kinds.ts';
import { checkOutputs } from '../../files/outputs.ts';
import { isPostgresAddress } from '../../sources/postgres/postgres-table.ts';
import type { ColumnMap } from '../../sources/tables/column-map.ts';
import { settingsOf } from '../asked-settings.ts';
import { EXIT } from '../exit-codes.ts';
import { abortOnInterrupt } from '../interrupt.ts';
import { logSource } from '../log-source.ts';
import { printJson } from '../print-json.ts';
import { createReporter } from '../progress.ts';
import { summaryLines } from '../summary-text.ts';
import { judgeRejects } from '../told-rejects.ts';

export interface ValidateArguments {
  readonly map?: ColumnMap;
  /** False: `--no-config`. */
  readonly config?: string | false;
  readonly firstPosition?: number;
  readonly rejected: string;
  readonly allowRejects: number;
  readonly json?: boolean;
}

export async function runValidate(log: string, options: ValidateArguments): Promise<void> {
  const reporter = createReporter();
  const signal = abortOnInterrupt();
  const settings = await settingsOf(options);
  const { joinWindow, labelTypes, firstPosition } = settings;
  const outputs = [{ path: options.rejected, file: REJECTED_LINES }];
  await checkOutputs(outputs, {
    inputs: [isPostgresAddress(log) ? undefined : log, options.config || undefined],
    note: reporter.note,
  });
  const summary = await validateLog(await logSource(log, options.map, settings), {
    joinWindow,
    labelTypes,
    firstPosition,
    rejectedPath: options.rejected,
    signal,
    onProgress: (done) => reporter.progress({ task: 'validate', done, unit: 'lines' }),
  });
  reporter.done('validate');
  if (options.json) printJson(summary);
  else process.stdout.write(`${summaryLines(summary)}\n${verdict(summary, options.allowRejects)}\n`);
  judgeRejects(summary, options.allowRejects, options.rejected);
  if (summary.lists > 0) return;
  process.stderr.write(`error: ${withoutLists(log, summary)}\n`);
  process.exitCode = EXIT.failed;
}

/** In agreement with the exit code. */
function verdict({ lists, rejected, warnings }: ImportSummary, allowed: number): string {
  if (lists === 0) return 'NOT USABLE';
  if (rejected > allowed) return 'NOT CLEAN';
  const told = warnings.length > 0 ? ', but see the warnings above' : '';
  return rejected === 0 ? `OK${told}` : `OK, with the rejected lines that --allow-rejects ${allowed} allows${told}`;
}
