/** The model that a server of a measurement answers from. */
import { execFileSync } from 'node:child_process';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { simulate } from '../../src/simulator/simulate.ts';
import { simulationDefaults } from '../../src/simulator/simulation-options.ts';
import { writeSimulation } from '../../src/simulator/write-simulation.ts';

const PROGRAM = fileURLToPath(new URL('../../bin/slatewise.mjs', import.meta.url));

/** attention-bce of one epoch on simulated lists of ten; its memory knows a tenth of the users at most. */
export async function trainServed(
  models: string,
  { users, items, folder }: { readonly users: number; readonly items: number; readonly folder: string },
): Promise<void> {
  const log = join(folder, 'log.jsonl');
  const world = { ...simulationDefaults, impressions: 20_000, items, users: Math.ceil(users / 10), seed: 7 };
  await writeSimulation(simulate(world), { log });
  const config = join(folder, 'one-epoch.json');
  await writeFile(config, JSON.stringify({ recipes: { 'attention-bce': { epochs: 1 } } }));
  const asked = ['train', log, '--recipe', 'attention-bce', '--config', config, '--cache', join(folder, 'cache')];
  execFileSync(process.execPath, [PROGRAM, ...asked, '--out', models], { stdio: ['ignore', 'ignore', 'inherit'] });
  await rm(log);
}
