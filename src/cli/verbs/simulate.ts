import { resolve } from 'node:path';
import { Command, Option } from 'commander';
import { checkOutputs } from '../../files/outputs.ts';
import { simulateDrinks } from '../../simulator/drinks.ts';
import {
  type SimulatedRow,
  type SimulationOptions,
  simulate,
  simulationDefaults,
  type TruthHeader,
} from '../../simulator/simulate.ts';
import { SIMULATED_LOG, TRUTH_FILE, writeSimulation } from '../../simulator/write-simulation.ts';
import { UsageError } from '../exit-codes.ts';
import { printJson, wholeNumber, wholeNumberOrRange } from '../options/options.ts';
import { createReporter } from '../progress.ts';

interface SimulateOptions {
  readonly impressions: number;
  readonly seed: number;
  readonly items: number;
  readonly users: number;
  readonly size: SimulationOptions['slateSize'];
  readonly propensities?: boolean;
  readonly scene: 'market' | 'drinks';
  readonly out: string;
  readonly truth?: string;
  readonly json?: boolean;
}

const ofMarket = ['items', 'users', 'size'] as const;

/** Throws `UsageError` for what would be passed over in silence, or lost. */
function checkOptions({ scene, items, size, out, truth }: SimulateOptions, command: Command): void {
  const name = ofMarket.find((each) => scene === 'drinks' && command.getOptionValueSource(each) === 'cli');
  if (name !== undefined)
    throw new UsageError(
      `--${name}: expected with the scene market, found --scene drinks, which has three items and lists of one to three; leave it out`,
    );
  const longest = typeof size === 'number' ? size : size.to;
  if (scene === 'market' && longest > items)
    throw new UsageError(
      `--size: expected at most the ${items} items on sale, found ${longest}; raise --items or lower --size`,
    );
  if (truth !== undefined && resolve(truth) === resolve(out))
    throw new UsageError(`--truth: expected another file than --out, found ${truth} for both; name two files`);
}

function simulationOf(options: SimulateOptions): { rows: Iterable<SimulatedRow>; header?: TruthHeader } {
  const { impressions, seed, items, users, size: slateSize, propensities } = options;
  // The drinks need no world: who asks about them names the menu.
  if (options.scene === 'drinks') return { rows: simulateDrinks({ impressions, seed, propensities }) };
  const simulation = { ...simulationDefaults, impressions, seed, items, users, slateSize, propensities };
  return { rows: simulate(simulation), header: { simulation } };
}

export function simulateCommand(): Command {
  const { impressions, seed, items, users, slateSize } = simulationDefaults;
  return new Command('simulate')
    .description('Write the event log of a small marketplace whose true click probabilities are known.')
    .option('--impressions <n>', 'lists shown', wholeNumber(1), impressions)
    .option('--seed <n>', 'seed of every random draw: the same seed gives the same result', wholeNumber(0), seed)
    .option('--items <n>', 'items on sale', wholeNumber(20), items)
    .option('--users <n>', 'users', wholeNumber(1), users)
    .option(
      '--size <n>',
      'items per list; a range such as 3-10 draws lists of every such length',
      wholeNumberOrRange(1),
      slateSize,
    )
    .option('--propensities', 'write with every shown item how probable it was at its position')
    .addOption(
      new Option('--scene <name>', 'the marketplace, or the S/M/L drinks of the article')
        .choices(['market', 'drinks'])
        .default('market'),
    )
    .requiredOption('--out <file>', 'the log; gzipped when it ends in .gz')
    .option('--truth <file>', 'where the true click probabilities are written, one list per line')
    .option('--json', 'print the counts as JSON')
    .addHelpText(
      'after',
      `
Examples:
  slatewise simulate --impressions 50000 --seed 7 --out sim.jsonl.gz --truth truth.jsonl.gz
  slatewise simulate --impressions 50000 --size 3-10 --propensities --out sim.jsonl.gz --truth truth.jsonl.gz`,
    )
    .action(async (options: SimulateOptions, self: Command) => {
      checkOptions(options, self);
      const reporter = createReporter();
      await checkOutputs(
        [
          { path: options.out, file: SIMULATED_LOG },
          ...(options.truth === undefined ? [] : [{ path: options.truth, file: TRUTH_FILE }]),
        ],
        { inputs: [], note: reporter.note },
      );
      const { rows, header } = simulationOf(options);
      const counts = await writeSimulation(rows, {
        log: options.out,
        ...(options.truth === undefined ? {} : { truth: options.truth, ...(header ? { header } : {}) }),
        onProgress: (done) => reporter.progress({ task: 'simulate', done, total: options.impressions, unit: 'lists' }),
      });
      reporter.done('simulate');
      if (options.json) printJson({ out: options.out, truth: options.truth ?? null, ...counts });
      else
        process.stdout.write(
          `${options.out}: ${counts.lists} lists, ${counts.shownItems} shown items, ${counts.clicks} clicks\n`,
        );
    });
}
