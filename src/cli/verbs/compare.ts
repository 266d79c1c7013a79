import { Command, Option } from 'commander';
import { mainRecipes, recipes } from '../../train/recipes/recipes.ts';
import type { CompareArguments } from '../actions/compare.ts';
import { addDataOptions } from '../options/data-options.ts';
import { byOption, fromOption, nameList, valueOption, wholeNumber } from '../options/options.ts';
import { addTrackingOptions } from '../options/tracking-options.ts';

export function compareCommand(): Command {
  const command = new Command('compare')
    .description(
      'Train recipes on one log and print how they compare: metrics, intervals, differences to attention-bce, overfitting.',
    )
    .argument('<data>', 'data set folder or event log')
    .addOption(
      new Option(
        '--recipes <names>',
        `comma-separated, of ${recipes.names.join(', ')}, or of your own in kinds; or all`,
      )
        .argParser(nameList)
        .default(mainRecipes, mainRecipes.join(',')),
    )
    .option(
      '--seeds <n>',
      'trainings per recipe, with seeds 1 to n; one training cannot show which recipe is better',
      wholeNumber(1),
      3,
    )
    .option('--out <folder>', 'report and runs; an interrupted comparison goes on from here', 'runs/compare')
    .option(
      '--truth <file>',
      'truth file of a simulated log: adds the true probabilities as a row, and how near each recipe comes to them',
    )
    .addOption(valueOption())
    .option('--baseline <recipe>', 'the recipe that the others are held against (default: attention-bce, or the first)')
    .addOption(byOption());
  return addTrackingOptions(addDataOptions(command))
    .addOption(fromOption())
    .option('--json', 'print the report as JSON')
    .addHelpText(
      'after',
      '\nExample:\n  npx slatewise compare events.jsonl.gz --split user --recipes attention-bce,attention-listnet --seeds 3 --out runs/mine',
    )
    .action(async (data: string, options: CompareArguments) => {
      const { runCompare } = await import('../actions/compare.ts');
      await runCompare(data, options);
    });
}
