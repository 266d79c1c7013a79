import { Command } from 'commander';
import type { AuditArguments } from '../actions/audit.ts';

export function auditCommand(): Command {
  return new Command('audit')
    .description(
      'Compute again what a server answered from: lists of its journal that serve --audit-every kept, against what the events before them give. Exit code 1 where any differs. docs/serving-journal.md describes it.',
    )
    .argument('<journal>', 'the journal folder of a server; it may be at work')
    .requiredOption('--model <folder>', 'the model that answered')
    .option('--json', 'print the result as JSON')
    .addHelpText('after', '\nExample:\n  npx slatewise audit journal --model models/a')
    .action(async (journal: string, options: AuditArguments) => {
      const { runAudit } = await import('../actions/audit.ts');
      await runAudit(journal, options);
    });
}
