import { checkOutputs } from '../../files/outputs.ts';
import type { EffectsName } from '../../simulator/choice-model.ts';
import { simulateDrinks } from '../../simulator/drinks.ts';
import { type SimulatedRow, simulate, type TruthHeader } from '../../simulator/simulate.ts';
import { type SimulationOptions, simulationDefaults } from '../../simulator/simulation-options.ts';
import { SIMULATED_LOG, TRUTH_FILE, writeSimulation } from '../../simulator/write-simulation.ts';
import { printJson } from '../print-json.ts';
import { createReporter } from '../progress.ts';

export interface SimulateArguments {
  readonly impressions: number;
  readonly seed: number;
  readonly items: number;
  readonly users: number;
  readonly size: SimulationOptions['slateSize'];
  readonly propensities?: boolean;
  readonly effects: EffectsName;
  readonly base: number;
  readonly policy: number;
  readonly scene: 'market' | 'drinks';
  readonly out: string;
  readonly truth?: string;
  readonly json?: boolean;
}

function simulationOf(options: SimulateArguments): { rows: Iterable<SimulatedRow>; header?: TruthHeader } {
  const { impressions, seed, items, users, size: slateSize, propensities, effects, base, policy } = options;
  // The drinks need no world: who asks about them names the menu.
  if (options.scene === 'drinks') return { rows: simulateDrinks({ impressions, seed, propensities }) };
  const simulation = {
    ...{ ...simulationDefaults, impressions, seed, items, users, slateSize },
    ...{ propensities, effects, base, policy },
  };
  return { rows: simulate(simulation), header: { simulation } };
}

export async function runSimulate(options: SimulateArguments): Promise<void> {
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
}
