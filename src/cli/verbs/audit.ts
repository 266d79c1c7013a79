import { Command } from 'commander';
import type { AuditArguments } from '../actions/audit.ts';

export function auditCommand(): Command {
  return new Command('audit')
    .description(
      'Compute again what a server answered from: lists of its journal that serve --audit-every kept, against what the events before them give. Exit code 1 where any differs. docs/serving-journal.md describes it.',
    )
    .argument(
      '<journal>',
      'the journal of a server, which may be at work: its folder, or redis://host:port/0?journal=name',
    )
    .requiredOption('--model <folder>', 'the model that answered')
    .option(
      '--snapshots <folder>',
      'of a journal in Redis: the snapshots of the replica whose answers are checked',
      'snapshots',
    )
    .option('--json', 'print the result as JSON')
    .addHelpText(
      'after',
      '\nExamples:\n  npx slatewise audit journal --model models/a\n  npx slatewise audit redis://127.0.0.1:6379 --snapshots snapshots/1 --model models/a',
    )
    .action(async (journal: string, options: AuditArguments) => {
      const { runAudit } = await import('../actions/audit.ts');
      await runAudit(journal, options);
    });
}
