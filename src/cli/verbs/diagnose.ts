import { Command } from 'commander';
import type { DiagnoseArguments } from '../actions/diagnose.ts';
import { addDataOptions } from '../options/data-options.ts';
import { fromOption, wholeNumber } from '../options/options.ts';
import { addTrackingOptions } from '../options/tracking-options.ts';

export function diagnoseCommand(): Command {
  const command = new Command('diagnose')
    .description(
      'Why does it overfit? Too little data, biased data or the wrong task: each tested on this log, and what to do next.',
    )
    .argument('<data>', 'data set folder or event log')
    .option('--recipe <name>', 'the recipe that is asked about', 'attention-bce')
    .option('--seeds <n>', 'trainings of each kind, with seeds 1 to n', wholeNumber(2), 3)
    .option(
      '--out <folder>',
      'where finished trainings and diagnosis.json are kept; the same command goes on from here',
      'runs/diagnose',
    );
  return addTrackingOptions(addDataOptions(command))
    .addOption(fromOption())
    .option('--json', 'print the result as JSON')
    .addHelpText('after', '\nExample:\n  npx slatewise diagnose events.jsonl.gz --split user --out runs/diagnose')
    .action(async (data: string, options: DiagnoseArguments) => {
      const { runDiagnose } = await import('../actions/diagnose.ts');
      await runDiagnose(data, options);
    });
}
