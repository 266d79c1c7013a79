import { Command, Option } from 'commander';
import type { ExperimentArguments } from '../actions/experiment.ts';
import { nameList } from '../options/options.ts';

export function experimentCommand(): Command {
  return new Command('experiment')
    .description(
      'Say what the experiments of a server have shown: clicks and value per list of each variant, with intervals that may be looked at every day. docs/experiments.md describes it.',
    )
    .argument(
      '<journal>',
      'the journal of a server, which may be at work: its folder, or redis://host:port/0?journal=name',
    )
    .option('--name <experiment>', 'one experiment only (default: all that the journal has)')
    .option('--value <field>', 'numeric field of items that says what a click is worth, such as price')
    .addOption(
      new Option('--label-types <types>', 'interaction types that count as a click, comma-separated')
        .argParser(nameList)
        .default(['click'], 'click'),
    )
    .option('--html <file>', 'also write a page')
    .option('--json', 'print the result as JSON')
    .addHelpText('after', '\nExample:\n  npx slatewise experiment journal --value price --html experiment.html')
    .action(async (journal: string, options: ExperimentArguments) => {
      const { runExperiment } = await import('../actions/experiment.ts');
      await runExperiment(journal, options);
    });
}
