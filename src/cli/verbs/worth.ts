import { Command, InvalidArgumentError, Option } from 'commander';
import type { WorthArguments } from '../actions/worth.ts';
import { addDataOptions } from '../options/data-options.ts';
import { fromOption, listRecipeOption, wholeNumber } from '../options/options.ts';
import { addTrackingOptions } from '../options/tracking-options.ts';

export function worthCommand(): Command {
  const command = new Command('worth')
    .description(
      'Is company worth modelling? Compare a list model with pointwise-bce on this log, and say it in one sentence.',
    )
    .argument('<data>', 'data set folder or event log')
    .addOption(listRecipeOption('the list model'))
    .option('--seeds <n>', 'trainings of each model, with seeds 1 to n', wholeNumber(2), 5)
    .addOption(
      new Option('--least <percent>', 'the smallest gain of clicks that is worth having, in per cent')
        .argParser(percentAboveZero)
        .default(1),
    )
    .option('--out <folder>', 'where finished trainings are kept; the same command goes on from here', 'runs/worth');
  return addTrackingOptions(addDataOptions(command))
    .addOption(fromOption())
    .option('--json', 'print the result as JSON')
    .addHelpText('after', '\nExample:\n  npx slatewise worth events.jsonl.gz --split user --seeds 5 --out runs/worth')
    .action(async (data: string, options: WorthArguments) => {
      const { runWorth } = await import('../actions/worth.ts');
      await runWorth(data, options);
    });
}

function percentAboveZero(text: string): number {
  const value = Number(text);
  if (value > 0 && value < 100) return value;
  throw new InvalidArgumentError(`Expected a number above 0 and below 100, found "${text}".`);
}
