/**
 * A server's events in small worlds whose disk fails and whose process ends at any step, each from its seed, as in `test/simulated-server.test.ts`. Prints every seed that fails;
 * the same seed fails again, at the same step.
 *
 *     npx tsx bench/serve/simulation.ts [worlds: 2000] [first seed: 1000] [steps: 40]
 */

import { type SimulationFacts, simulateServer } from '../../test/simulated-server.ts';
import { thisMachine } from '../machine.ts';

const [worlds = 2000, first = 1000, steps = 40] = process.argv.slice(2).map(Number);
const started = performance.now();
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
const seconds = (performance.now() - started) / 1000;
console.log(JSON.stringify({ machine: thisMachine(), worlds, first, steps, seconds, sums, failures }, null, 2));
process.exitCode = failures.length > 0 ? 1 : 0;
