import { join } from 'node:path';
import { simulate } from '../../simulator/simulate.ts';
import { simulationDefaults } from '../../simulator/simulation-options.ts';
import { SIMULATED_LOG, TRUTH_FILE, writeSimulation } from '../../simulator/write-simulation.ts';
import { mainRecipes } from '../../train/recipes/recipes.ts';
import { settingsOf } from '../asked-settings.ts';
import type { DataArguments } from '../options/data-options.ts';
import { createReporter } from '../progress.ts';
import { checkComparisonOutputs, compareData } from './compare.ts';

export interface DemoArguments extends DataArguments {
  readonly impressions: number;
  readonly seeds: number;
  readonly out: string;
  readonly from?: readonly string[];
}

export async function runDemo(log: string | undefined, options: DemoArguments): Promise<void> {
  const settings = await settingsOf(options);
  if (log !== undefined) createReporter().note(plan(log, options));
  const { data, truth } = log === undefined ? await simulatedLog(options) : { data: log, truth: undefined };
  await compareData(data, {
    ...options,
    ...(truth === undefined ? {} : { truth }),
    recipes: mainRecipes,
    settings,
  });
}

/** What will happen, and how long the simulated one takes on two cores. */
function plan(log: string | undefined, { impressions, seeds, out }: DemoArguments): string {
  const trainings = `train ${mainRecipes.length} models, ${seeds} ${seeds === 1 ? 'time' : 'times'} each, and compare them`;
  if (log !== undefined) return `demo: read ${log}, ${trainings}; the report goes to ${out}`;
  const minutes = Math.max(1, Math.round(((impressions / 5000) * seeds * 105) / 180));
  return `demo: simulate ${impressions} lists, ${trainings}; about ${minutes} min on two cores; the report goes to ${out}`;
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
  reporter.note(plan(undefined, options));
  reporter.note(`simulating ${impressions} lists into ${log}`);
  const simulation = { ...simulationDefaults, impressions, seed: 7 };
  await writeSimulation(simulate(simulation), { log, truth, header: { simulation } });
  return { data: log, truth };
}
