import { Command } from 'commander';
import type { TuneArguments } from '../actions/tune.ts';
import { addDataOptions } from '../options/data-options.ts';
import { recipeOption, wholeNumber } from '../options/options.ts';
import { addTrackingOptions } from '../options/tracking-options.ts';

export function tuneCommand(): Command {
  const command = new Command('tune')
    .description(
      'Search learning rate, width, dropout, weight decay and loss weights of a recipe on validation; writes a config for train.',
    )
    .argument('<data>', 'data set folder or event log')
    .addOption(recipeOption())
    .option(
      '--trials <n>',
      'settings to try, the recipe as it is among them; after each round the best third trains on',
      wholeNumber(1),
      18,
    )
    .option('--seed <n>', 'seed of every random draw: the same seed gives the same result', wholeNumber(0), 1)
    .requiredOption('--out <folder>', 'config.json and the trials; an interrupted search goes on from here');
  return addTrackingOptions(addDataOptions(command))
    .option('--json', 'print the trials as JSON')
    .addHelpText(
      'after',
      '\nExample:\n  npx slatewise tune events.jsonl.gz --recipe attention-listnet --out tuned\n  npx slatewise train events.jsonl.gz --recipe attention-listnet --config tuned/config.json --refit-all --out models/a',
    )
    .action(async (data: string, options: TuneArguments) => {
      const { runTune } = await import('../actions/tune.ts');
      await runTune(data, options);
    });
}
