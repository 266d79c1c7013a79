/**
 * A server's events in small worlds whose disk fails and whose process ends at any step, each from its seed, as in `test/simulated-server.test.ts`. Prints every seed that fails;
 * the same seed fails again, at the same step.
 *
 *     npx tsx bench/serve/simulation.ts [worlds: 2000] [first seed: 1000] [steps: 40] [folder for the result]
 */

import { type SimulationFacts, simulateServer } from '../../test/simulated-server.ts';
import { thisMachine } from '../machine.ts';
import { tellResult } from './tell-result.ts';

const [worlds = 2000, first = 1000, steps = 40] = process.argv.slice(2, 5).map(Number);
const run = { started: new Date(), machine: thisMachine(), out: process.argv[5] };
const sums: Partial<Record<keyof SimulationFacts, number>> = {};
const failures: string[] = [];
for (let seed = first; seed < first + worlds; seed++) {
  try {
    const facts = await simulateServer(seed, { steps });
    for (const [name, count] of Object.entries(facts) as [keyof SimulationFacts, number][])
      sums[name] = (sums[name] ?? 0) + count;
  } catch (error) {
    failures.push((error as Error).message);
    process.stderr.write(`${(error as Error).message}\n`);
  }
}
await tellResult('serve-simulation', { worlds, first, steps, sums, failures }, run);
process.exitCode = failures.length > 0 ? 1 : 0;
