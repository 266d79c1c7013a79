import { join } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import {
  type FolderKind,
  MODEL_FOLDER,
  POINTER_FOLDER,
  TRAINING_FOLDER,
  trainingBeside,
} from '../../files/folder-kinds.ts';
import { checkOutputs } from '../../files/outputs.ts';
import { trainPointer } from '../../jobs/pointer/train-pointer.ts';
import { prepare } from '../../jobs/prepare.ts';
import { trainModel } from '../../jobs/recipes/train-model.ts';
import { resolvePointer, resolveRecipe, type Settings } from '../../jobs/settings.ts';
import { foldNamed, type UserFold } from '../../jobs/user-fold.ts';
import { POINTER_RECIPE, type PointerConfig } from '../../train/pointer/pointer-config.ts';
import type { TrainingConfig } from '../../train/recipes/training-config.ts';
import { Interrupted, UsageError } from '../exit-codes.ts';
import { abortOnInterrupt } from '../interrupt.ts';
import {
  allowRejectsOption,
  cacheOption,
  checkRecipes,
  configOption,
  judgeRejects,
  objectiveName,
  printJson,
  recipeOption,
  settingsOf,
  splitOption,
  wholeNumber,
  workersOption,
} from '../options/options.ts';
import { createReporter } from '../progress.ts';

/** `--show-config` needs no place to write to. */
interface GivenOptions {
  readonly recipe: string;
  readonly seed: number;
  readonly out?: string;
  readonly workers: number;
  readonly cache: string;
  readonly allowRejects: number;
  /** False: `--no-config`. */
  readonly config?: string | false;
  readonly split?: 'time' | 'user';
  readonly refitAll?: boolean;
  readonly fold?: UserFold;
  readonly scorer?: string;
  readonly size?: number;
  readonly candidates?: number;
  readonly objective?: string;
  readonly showConfig?: boolean;
  readonly json?: boolean;
}

type TrainOptions = GivenOptions & { readonly out: string };

const hasOut = (options: GivenOptions): options is TrainOptions => options.out !== undefined;

export function trainCommand(): Command {
  return new Command('train')
    .description('Train one recipe and write a complete model folder.')
    .argument('[data]', 'data set folder or event log')
    .addOption(recipeOption([POINTER_RECIPE]))
    .option('--seed <n>', 'seed of every random draw: the same seed gives the same result', wholeNumber(0), 1)
    .option('--out <folder>', 'the model folder; an interrupted training goes on from <folder>.training')
    .addOption(splitOption())
    .addOption(configOption())
    .option('--no-config', 'read no settings, not even those of a slatewise.config file in this folder')
    .addOption(workersOption())
    .addOption(cacheOption())
    .addOption(allowRejectsOption())
    .option('--refit-all', 'then train again on every list, for as many epochs: the model for production')
    .option(
      '--fold <i/n>',
      'learn from one of n equal shares of the training users, such as 1/2; so that one model makes slates and another, of other users, judges them',
      userFold,
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
  slatewise train events.jsonl.gz --recipe attention-listnet --out models/a
  slatewise train events.jsonl.gz --recipe attention-partial --fold 1/2 --out models/maker
  slatewise train events.jsonl.gz --recipe attention-partial --fold 2/2 --out models/judge
  slatewise train events.jsonl.gz --recipe ${POINTER_RECIPE} --scorer models/a --size 6 --out models/pointer
  slatewise train --recipe attention-listnet --show-config`,
    )
    .action(async (data: string | undefined, options: GivenOptions) => {
      checkOptions(options);
      const settings = await settingsOf(options);
      checkRecipes('--recipe', [options.recipe], { settings, more: [POINTER_RECIPE] });
      if (options.showConfig) return printJson(configOf(settings, options));
      if (data === undefined || !hasOut(options))
        throw new UsageError(
          `train: expected ${data === undefined ? 'a data set folder or an event log' : '--out <folder> for the model'}, found none; name one`,
        );
      if (options.recipe === POINTER_RECIPE) return trainPointerFrom(data, settings, options);
      const config = resolveRecipe(options.recipe, settings);
      const reporter = createReporter();
      await checkTrainOutputs(data, MODEL_FOLDER, { ...options, note: reporter.note });
      const signal = abortOnInterrupt();
      const prepared = await prepare(data, {
        settings,
        configs: [config],
        cacheFolder: options.cache,
        reporter,
        signal,
      });
      const card = await trainModel(prepared, { ...options, config, folder: options.out, reporter, signal });
      if (!card) throw new Interrupted(`interrupted; the same command goes on from ${trainingBeside(options.out)}`);
      if (options.json) printJson({ folder: options.out, ...card });
      else {
        const { keptEpoch, metrics } = card.protocol;
        process.stdout.write(
          `${options.out}: ${card.recipe}, epoch ${keptEpoch}; validation log loss ${metrics.logLoss.toFixed(4)}, ROC AUC ${metrics.rocAuc.toFixed(4)}, NDCG@10 ${metrics.ndcgAt10.toFixed(4)}\n`,
        );
      }
      judgeRejects(prepared.dataset.summary, options.allowRejects, join(prepared.dataset.folder, 'rejected.jsonl'));
    });
}

function userFold(text: string): UserFold {
  const fold = foldNamed(text);
  if (fold) return fold;
  throw new InvalidArgumentError(`Expected i/n with i from 1 to n, such as 1/2, found "${text}".`);
}

function configOf(settings: Settings, options: GivenOptions): TrainingConfig | PointerConfig {
  return options.recipe === POINTER_RECIPE
    ? pointerConfigOf(settings, options)
    : resolveRecipe(options.recipe, settings);
}

function pointerConfigOf(settings: Settings, { size, candidates, objective }: GivenOptions): PointerConfig {
  return resolvePointer(settings, {
    ...(size === undefined ? {} : { size }),
    ...(candidates === undefined ? {} : { candidates }),
    ...(objective === undefined ? {} : { objective }),
  });
}

async function trainPointerFrom(data: string, settings: Settings, options: TrainOptions): Promise<void> {
  const { scorer, out } = options;
  const config = pointerConfigOf(settings, options);
  if (scorer === undefined) {
    throw new UsageError(
      `--recipe ${POINTER_RECIPE}: expected a model that judges slates, found no --scorer; train one first and name its folder`,
    );
  }
  const reporter = createReporter();
  await checkTrainOutputs(data, POINTER_FOLDER, { ...options, note: reporter.note });
  const trained = await trainPointer(data, {
    config,
    scorer,
    folder: out,
    seed: options.seed,
    workers: options.workers,
    settings,
    cacheFolder: options.cache,
    reporter,
    signal: abortOnInterrupt(),
  });
  if (!trained) throw new Interrupted(`interrupted; the same command goes on from ${trainingBeside(out)}`);
  const { card, dataset } = trained;
  if (options.json) printJson({ folder: out, ...card });
  else {
    const { keptEpoch, records, heldOut } = card.protocol;
    const { greedyValue, share } = records[keptEpoch - 1];
    process.stdout.write(
      `${out}: ${card.recipe}, epoch ${keptEpoch}; ${card.objective} of its slates on ${heldOut} held-out requests ${greedyValue.toFixed(4)}, ${(100 * share).toFixed(1)} % of a beam search's\n`,
    );
  }
  judgeRejects(dataset.summary, options.allowRejects, join(dataset.folder, 'rejected.jsonl'));
}

function checkTrainOutputs(
  data: string,
  folder: FolderKind,
  { out, cache, config, scorer, note }: TrainOptions & { readonly note: (message: string) => void },
): Promise<void> {
  return checkOutputs(
    [
      { path: out, folder },
      { path: trainingBeside(out), growing: TRAINING_FOLDER },
      { path: cache, cache: true },
    ],
    { inputs: [data, config || undefined, scorer], note },
  );
}

/** Some options are of scorers, some of the pointer. */
function checkOptions({ recipe, ...options }: GivenOptions): void {
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
const SCORER_OPTIONS = { fold: '--fold', refitAll: '--refit-all', split: '--split' } as const;
