/**
 * How long the command line takes before it works: medians of alternating runs. Build first.
 *
 *     npm run build && npx tsx bench/startup.ts
 */
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { thisMachine } from './machine.ts';

const MAIN = resolve(import.meta.dirname, '../dist/cli/main.js');
const ROUNDS = 15;
const cases: Readonly<Record<string, readonly string[]>> = {
  'node alone': ['-e', '0'],
  '--version': [MAIN, '--version'],
  '--help': [MAIN, '--help'],
  'train --help': [MAIN, 'train', '--help'],
  'an unknown verb': [MAIN, 'trian'],
  'an unknown option': [MAIN, 'train', '--sizee', '3'],
};

const times = new Map(Object.keys(cases).map((name) => [name, [] as number[]]));
for (let round = 0; round < ROUNDS; round++) {
  for (const [name, args] of Object.entries(cases)) {
    const started = performance.now();
    spawnSync(process.execPath, args, { stdio: 'ignore' });
    times.get(name)?.push(performance.now() - started);
  }
}
console.log(JSON.stringify(thisMachine()));
for (const [name, taken] of times) {
  const [median] = taken.toSorted((a, b) => a - b).slice(Math.floor(ROUNDS / 2));
  console.log(`${name}: ${median.toFixed(0)} ms`);
}
