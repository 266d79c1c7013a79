import { type Audit, auditJournal } from '../../serve/audit/audit-journal.ts';
import { EXIT } from '../exit-codes.ts';
import { abortOnInterrupt } from '../interrupt.ts';
import { printJson } from '../print-json.ts';
import { createReporter } from '../progress.ts';

export interface AuditArguments {
  readonly model: string;
  readonly snapshots: string;
  readonly json?: boolean;
}

export async function runAudit(journal: string, { model, snapshots, json }: AuditArguments): Promise<void> {
  const reporter = createReporter();
  const audit = await auditJournal(journal, {
    model,
    snapshots,
    signal: abortOnInterrupt(),
    onProgress: (done) => reporter.progress({ task: 'audit', done, unit: 'entries' }),
  });
  reporter.done('audit');
  if (json) printJson(audit);
  else process.stdout.write(`${auditLines(audit).join('\n')}\n`);
  if (audit.different > 0) process.exitCode = EXIT.failed;
}

function auditLines({ entries, checked, different, differences, passedOver }: Audit): readonly string[] {
  const { ofOtherModels, before, after } = passedOver;
  const passed = [
    ...(ofOtherModels > 0 ? [`${ofOtherModels} of other models`] : []),
    ...(before > 0 ? [`${before} from before the replay begins`] : []),
    ...(after > 0 ? [`${after} of entries that the journal has not`] : []),
  ];
  return [
    `${checked} lists checked over ${entries} entries, ${different} differ`,
    ...(passed.length > 0 ? [`not checked: ${passed.join(', ')}`] : []),
    ...(checked === 0 ? ['nothing was checked: a server keeps lists with --audit-every'] : []),
    ...differences.map(
      ({ request, sequence, columns }) =>
        `list ${JSON.stringify(request)} after entry ${sequence}: ${columns.join(', ')}`,
    ),
  ];
}
