import { Command, InvalidArgumentError } from 'commander';
import { foldNamed, type UserFold } from '../../jobs/user-fold.ts';
import { POINTER_RECIPE } from '../../train/pointer/pointer-name.ts';
import type { TrainArguments, WithOut } from '../actions/train.ts';
import { UsageError } from '../exit-codes.ts';
import { addDataOptions } from '../options/data-options.ts';
import { objectiveName, recipeOption, wholeNumber } from '../options/options.ts';
import { addTrackingOptions } from '../options/tracking-options.ts';

export function trainCommand(): Command {
  const command = new Command('train')
    .description('Train one recipe and write a complete model folder.')
    .argument('[data]', 'data set folder or event log')
    .addOption(recipeOption([POINTER_RECIPE]))
    .option('--seed <n>', 'seed of every random draw: the same seed gives the same result', wholeNumber(0), 1)
    .option('--out <folder>', 'the model folder; an interrupted training goes on from <folder>.training');
  return addTrackingOptions(addDataOptions(command))
    .option('--refit-all', 'then train again on every list, for as many epochs: the model for production')
    .option(
      '--fold <i/n>',
      'learn from one of n equal shares of the training users, such as 1/2; so that one model makes slates and another, of other users, judges them',
      userFold,
    )
    .option(
      '--out-of-core <folder>',
      'keep the encoded lists in files there while it trains, for logs beyond memory; lists are shuffled within windows (docs/large-logs.md)',
    )
    .option('--scorer <folder>', `${POINTER_RECIPE}: the model that judges its slates`)
    .option('--size <n>', `${POINTER_RECIPE}: places of a slate (default: 6)`, wholeNumber(1))
    .option('--candidates <n>', `${POINTER_RECIPE}: candidates of a training request (default: 50)`, wholeNumber(1))
    .option('--objective <name>', `${POINTER_RECIPE}: clicks, any or value:<field> (default: clicks)`, objectiveName)
    .option('--show-config', 'print the resolved training config and stop; needs neither data nor --out')
    .option('--json', 'print the result as JSON')
    .addHelpText(
      'after',
      `
Examples:
  npx slatewise train events.jsonl.gz --recipe attention-listnet --out models/a
  npx slatewise train events.jsonl.gz --recipe attention-partial --fold 1/2 --out models/maker
  npx slatewise train events.jsonl.gz --recipe attention-partial --fold 2/2 --out models/judge
  npx slatewise train events.jsonl.gz --recipe ${POINTER_RECIPE} --scorer models/a --size 6 --out models/pointer
  npx slatewise train --recipe attention-listnet --show-config`,
    )
    .action(async (data: string | undefined, options: TrainArguments) => {
      checkOptions(options);
      if (options.showConfig) return (await import('../actions/train.ts')).showConfig(options);
      if (data === undefined || !hasOut(options))
        throw new UsageError(
          `train: expected ${data === undefined ? 'a data set folder or an event log' : '--out <folder> for the model'}, found none; name one`,
        );
      const { runTrain } = await import('../actions/train.ts');
      await runTrain(data, options);
    });
}

function userFold(text: string): UserFold {
  const fold = foldNamed(text);
  if (fold) return fold;
  throw new InvalidArgumentError(`Expected i/n with i from 1 to n, such as 1/2, found "${text}".`);
}

const hasOut = (options: TrainArguments): options is WithOut => options.out !== undefined;

/** Some options are of scorers, some of the pointer. */
function checkOptions({ recipe, ...options }: TrainArguments): void {
  if (options.fold && options.refitAll) {
    throw new UsageError(
      '--fold: expected no --refit-all beside it, which learns from every user; leave one of the two out',
    );
  }
  const isPointer = recipe === POINTER_RECIPE;
  const foreign = isPointer ? SCORER_OPTIONS : POINTER_OPTIONS;
  for (const [name, flag] of Object.entries(foreign) as [keyof typeof options, string][]) {
    if (options[name] === undefined) continue;
    const expected = isPointer
      ? 'another recipe: the pointer takes its lists from those of its scorer'
      : POINTER_RECIPE;
    throw new UsageError(
      `${flag}: expected with ${isPointer ? '' : '--recipe '}${expected}, found with --recipe ${recipe}; leave it out`,
    );
  }
}

const POINTER_OPTIONS = {
  scorer: '--scorer',
  size: '--size',
  candidates: '--candidates',
  objective: '--objective',
} as const;

const SCORER_OPTIONS = {
  fold: '--fold',
  refitAll: '--refit-all',
  split: '--split',
  outOfCore: '--out-of-core',
} as const;
