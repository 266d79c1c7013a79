/**
 * How long the command line takes before it works: medians of alternating runs. Build first.
 *
 *     npm run build && npx tsx bench/startup.ts --keep
 *
 * `--keep` writes the result file.
 */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { commitNow, resultName, thisMachine } from './machine.ts';

const MAIN = resolve(import.meta.dirname, '../bin/slatewise.mjs');
const ROUNDS = 15;
const cases: Readonly<Record<string, readonly string[]>> = {
  'node alone': ['-e', '0'],
  '--version': [MAIN, '--version'],
  '--help': [MAIN, '--help'],
  'train --help': [MAIN, 'train', '--help'],
  'an unknown verb': [MAIN, 'trian'],
  'a missing argument': [MAIN, 'train'],
  'an unknown option': [MAIN, 'train', '--sizee', '3'],
};

const started = new Date();
const machine = thisMachine();
const times = new Map(Object.keys(cases).map((name) => [name, [] as number[]]));
for (let round = 0; round < ROUNDS; round++) {
  for (const [name, args] of Object.entries(cases)) {
    const started = performance.now();
    spawnSync(process.execPath, args, { stdio: 'ignore' });
    times.get(name)?.push(performance.now() - started);
  }
}
const milliseconds = Object.fromEntries(
  [...times].map(([name, taken]) => [name, Math.round(taken.toSorted((a, b) => a - b)[Math.floor(ROUNDS / 2)])]),
);
const result = { started: started.toISOString(), machine, commit: commitNow(), node: process.version, milliseconds };
console.log(JSON.stringify(result, null, 2));
if (process.argv.includes('--keep')) {
  const file = resolve(import.meta.dirname, `results/startup-${resultName(started, machine)}.json`);
  writeFileSync(file, `${JSON.stringify(result, null, 2)}\n`);
}
