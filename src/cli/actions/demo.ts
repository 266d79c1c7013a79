import { join } from 'node:path';
import { simulate, simulationDefaults } from '../../simulator/simulate.ts';
import { SIMULATED_LOG, TRUTH_FILE, writeSimulation } from '../../simulator/write-simulation.ts';
import { mainRecipes } from '../../train/recipes/recipes.ts';
import { settingsOf } from '../asked-settings.ts';
import { createReporter } from '../progress.ts';
import { checkComparisonOutputs, compareData } from './compare.ts';

export interface DemoArguments {
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

export async function runDemo(log: string | undefined, options: DemoArguments): Promise<void> {
  const settings = await settingsOf(options);
  const { data, truth } = log === undefined ? await simulatedLog(options) : { data: log, truth: undefined };
  await compareData(data, {
    ...options,
    ...(truth === undefined ? {} : { truth }),
    recipes: mainRecipes,
    settings,
  });
}

async function simulatedLog(options: DemoArguments): Promise<{ readonly data: string; readonly truth: string }> {
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
