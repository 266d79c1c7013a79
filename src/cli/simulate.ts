import { Command, Option } from 'commander';
import { simulateDrinks } from '../data/simulator/drinks.ts';
import { simulate, simulationDefaults } from '../data/simulator/simulate.ts';
import { writeSimulation } from '../data/simulator/write-simulation.ts';
import { printJson, wholeNumber } from './options.ts';
import { createReporter } from './progress.ts';

interface SimulateOptions {
  readonly impressions: number;
  readonly seed: number;
  readonly items: number;
  readonly users: number;
  readonly size: number;
  readonly scene: 'market' | 'drinks';
  readonly out: string;
  readonly truth?: string;
  readonly json?: boolean;
}

export function simulateCommand(): Command {
  const { impressions, seed, items, users, slateSize } = simulationDefaults;
  return new Command('simulate')
    .description('Write the event log of a small marketplace whose true click probabilities are known.')
    .option('--impressions <n>', 'lists shown', wholeNumber(1), impressions)
    .option('--seed <n>', 'everything follows from it', wholeNumber(0), seed)
    .option('--items <n>', 'items on sale', wholeNumber(20), items)
    .option('--users <n>', 'users', wholeNumber(1), users)
    .option('--size <n>', 'items per list', wholeNumber(1), slateSize)
    .addOption(
      new Option('--scene <name>', 'the marketplace, or the S/M/L drinks of the article')
        .choices(['market', 'drinks'])
        .default('market'),
    )
    .requiredOption('--out <file>', 'the log; gzipped when it ends in .gz')
    .option('--truth <file>', 'the true click probabilities, one list per line')
    .option('--json', 'print the counts as JSON')
    .addHelpText(
      'after',
      '\nExample:\n  slatewise simulate --impressions 50000 --seed 7 --out sim.jsonl.gz --truth truth.jsonl.gz',
    )
    .action(async (options: SimulateOptions) => {
      const reporter = createReporter();
      const rows =
        options.scene === 'drinks'
          ? simulateDrinks(options)
          : simulate({ ...simulationDefaults, ...options, slateSize: options.size });
      const counts = await writeSimulation(rows, {
        log: options.out,
        ...(options.truth === undefined ? {} : { truth: options.truth }),
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
