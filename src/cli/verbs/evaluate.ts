import { Command, Option } from 'commander';
import { generatorNames } from '../../generate/generators.ts';
import { assumptionNames } from '../../measure/off-policy-assumptions.ts';
import { checkEvaluate, type EvaluateArguments } from '../options/evaluate-options.ts';
import {
  againstGeneratorOption,
  allowRejectsOption,
  byOption,
  cacheOption,
  configOption,
  generatorNameList,
  objectiveOption,
  pointerOption,
  valueOption,
  wholeNumber,
  workersOption,
} from '../options/options.ts';

export function evaluateCommand(): Command {
  return new Command('evaluate')
    .description(
      'Judge a stored model on a later log, list by list in time order: each list sees what came before it, then its clicks become known. With --generator, judge the slates that generators make with it.',
    )
    .argument('<model>', 'model folder')
    .argument(
      '[data]',
      'data set folder or event log, later than the one the model was trained on; or, with --generator, the journal of a server that explored',
    )
    .option('--allow-overlap', 'evaluate even on lists that the model learned from (the figures are then too good)')
    .addOption(valueOption())
    .addOption(byOption())
    .option(
      '--generator <names>',
      `generators that choose --size of the items of each list, comma-separated, of ${generatorNames.join(', ')}`,
      generatorNameList,
    )
    .option('--size <k>', 'items of a slate', wholeNumber(1), 4)
    .option('--held-out', 'judge on the test part of the log that the model was trained on')
    .option(
      '--judge <model>',
      'a model that was trained on other users (train --fold); it says what the slates are worth',
    )
    .option(
      '--truth <file>',
      'truth file of slatewise simulate: judge on the simulated market, by its true click probabilities and --objective; takes no data',
    )
    .option(
      '--against <model>',
      'with --truth: the model that makes the baseline, with the generator of --against-generator',
    )
    .addOption(againstGeneratorOption())
    .option('--candidates <n>', 'with --truth: items to choose from, drawn for each request', wholeNumber(2), 50)
    .option('--requests <n>', 'with --truth: requests of users drawn from the market', wholeNumber(2), 200)
    .option('--gap', 'with --truth: also how close each slate comes to the best one that the model itself knows')
    .option('--seed <n>', 'seed of every random draw: the same seed gives the same result', wholeNumber(0), 1)
    .option(
      '--rules <file>',
      'on a journal: rules in the place of those that its lists were asked for with; slatewise generate --help shows them',
    )
    .addOption(
      new Option(
        '--assume <what>',
        'on what was explored: that a click depends on nothing below its item (cascade), or on its item and place alone (independent); estimates that assume it get an interval',
      ).choices(assumptionNames),
    )
    .addOption(pointerOption())
    .addOption(objectiveOption())
    .addOption(configOption())
    .addOption(workersOption())
    .addOption(cacheOption())
    .addOption(allowRejectsOption())
    .option('--json', 'print the report as JSON')
    .addHelpText(
      'after',
      `
Examples:
  npx slatewise evaluate models/a later.jsonl.gz --json
  npx slatewise evaluate models/a events.jsonl.gz --held-out --generator top,greedy,beam+swap --size 4
  npx slatewise evaluate models/maker events.jsonl.gz --held-out --generator beam+swap --judge models/judge
  npx slatewise evaluate models/b journal --generator beam+swap,top
  npx slatewise evaluate models/b journal --generator top --assume cascade
  npx slatewise evaluate models/a --truth truth.jsonl.gz --against models/pointwise --generator greedy,beam+swap --size 6`,
    )
    .action(async (model: string, data: string | undefined, options: EvaluateArguments, self: Command) => {
      checkEvaluate(data, options, self);
      const { runEvaluate } = await import('../actions/evaluate.ts');
      await runEvaluate(model, data, options);
    });
}
