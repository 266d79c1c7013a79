import { Command } from 'commander';
import type { EffectsArguments } from '../actions/effects.ts';
import { UsageError } from '../exit-codes.ts';
import { addDataOptions } from '../options/data-options.ts';
import { fromOption, listRecipeOption, nameList, wholeNumber } from '../options/options.ts';
import { addTrackingOptions } from '../options/tracking-options.ts';

export function effectsCommand(): Command {
  const command = new Command('effects')
    .description(
      'Who lifts and who eats whom? Pairs of items, or of values of a field, that a list model proposes and test lists confirm.',
    )
    .argument('<data>', 'data set folder or event log')
    .option(
      '--by <fields>',
      'fields of the items, comma-separated: their values are paired too, such as brand or shop; a number by its quarters',
      nameList,
    )
    .option('--price <field>', 'for attraction, compromise and similarity: a number, what an item costs')
    .option('--quality <field>', 'a number, how good an item is')
    .option('--within <field>', 'items are compared with those of the same value of this field')
    .addOption(listRecipeOption('the list model that proposes'))
    .option('--proposals <n>', 'pairs of each kind and sign that are tested, at most', wholeNumber(1), 200)
    .option(
      '--seeds <n>',
      'trainings of pointwise-bce, with seeds 1 to n: what is clicked without company',
      wholeNumber(1),
      1,
    )
    .option('--out <folder>', 'where finished trainings are kept; the same command goes on from here', 'runs/effects')
    .option('--csv <file>', 'write every pair with its figures into this file')
    .option('--svg <file>', 'with --by: draw what each value of the first field does to each other one');
  return addTrackingOptions(addDataOptions(command))
    .addOption(fromOption())
    .option('--json', 'print the result as JSON')
    .addHelpText(
      'after',
      '\nExample:\n  npx slatewise effects events.jsonl.gz --by brand --csv effects.csv --svg brands.svg --out runs/effects',
    )
    .action(async (data: string, options: EffectsArguments) => {
      if (options.svg !== undefined && (options.by ?? []).length === 0)
        throw new UsageError('--svg: expected with --by, found none; name a field, or leave it out');
      const { runEffects } = await import('../actions/effects.ts');
      await runEffects(data, options);
    });
}
