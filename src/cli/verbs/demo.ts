import { join } from 'node:path';
import { Command } from 'commander';
import { simulate, simulationDefaults } from '../../simulator/simulate.ts';
import { SIMULATED_LOG, TRUTH_FILE, writeSimulation } from '../../simulator/write-simulation.ts';
import { mainRecipes } from '../../train/recipes/recipes.ts';
import {
  allowRejectsOption,
  cacheOption,
  configOption,
  settingsOf,
  splitOption,
  wholeNumber,
  workersOption,
} from '../options/options.ts';
import { createReporter } from '../progress.ts';
import { checkComparisonOutputs, compareData } from './compare.ts';

interface DemoOptions {
  readonly impressions: number;
  readonly seeds: number;
  readonly out: string;
  readonly workers: number;
  readonly cache: string;
  readonly allowRejects: number;
  readonly config?: string;
  readonly split?: 'time' | 'user';
  readonly json?: boolean;
}

export function demoCommand(): Command {
  return new Command('demo')
    .description('Train four models on a log and print how they compare. Without a log of yours, on a simulated one.')
    .argument('[log]', 'your own event log or data set folder')
    .option('--impressions <n>', 'lists to simulate', wholeNumber(200), 5000)
    .option('--seeds <n>', 'trainings per recipe', wholeNumber(1), 3)
    .option('--out <folder>', 'report and runs', 'runs/demo')
    .addOption(splitOption())
    .addOption(configOption())
    .addOption(workersOption())
    .addOption(cacheOption())
    .addOption(allowRejectsOption())
    .option('--json', 'print the report as JSON')
    .addHelpText('after', '\nExamples:\n  slatewise demo\n  slatewise demo events.jsonl.gz --split user')
    .action(async (log: string | undefined, options: DemoOptions) => {
      const settings = await settingsOf(options);
      const { data, truth } = log === undefined ? await simulatedLog(options) : { data: log, truth: undefined };
      await compareData(data, {
        ...options,
        ...(truth === undefined ? {} : { truth }),
        recipes: mainRecipes,
        settings,
      });
    });
}

async function simulatedLog(options: DemoOptions): Promise<{ readonly data: string; readonly truth: string }> {
  const { out, impressions } = options;
  const reporter = createReporter();
  const log = join(out, 'simulated.jsonl.gz');
  const truth = join(out, 'truth.jsonl.gz');
  const more = [
    { path: log, file: SIMULATED_LOG },
    { path: truth, file: TRUTH_FILE },
  ];
  await checkComparisonOutputs(undefined, { ...options, more, note: reporter.note });
  reporter.note(`simulating ${impressions} lists into ${log}`);
  const simulation = { ...simulationDefaults, impressions, seed: 7 };
  await writeSimulation(simulate(simulation), { log, truth, header: { simulation } });
  return { data: log, truth };
}
