/** How long a request takes to become a slate, and how many slates are scored a second: `npx tsx bench/generate.ts`. How to read it: bench/README.md. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { generatorNamed } from '../src/generate/generators.ts';
import { createRng } from '../src/random/rng.ts';
import { type Spread, slatesPerSecond, timeGenerator } from './generate/measure.ts';
import { freshPointer, randomRequests, trainedModel } from './generate/scene.ts';
import { commitNow, resultName, thisMachine } from './machine.ts';

const { values: options } = parseArgs({
  options: {
    recipe: { type: 'string', default: 'attention-partial' },
    generators: { type: 'string', default: 'top,greedy,pointer,beam' },
    lists: { type: 'string', default: '2000' },
    candidates: { type: 'string', default: '100' },
    size: { type: 'string', default: '10' },
    requests: { type: 'string', default: '300' },
    workers: { type: 'string', default: '1' },
    batch: { type: 'string', default: '128' },
    json: { type: 'boolean', default: false },
    /** Folder for a result file. */
    out: { type: 'string' },
  },
});
const [candidates, size, count, workers, batch] = [
  options.candidates,
  options.size,
  options.requests,
  options.workers,
  options.batch,
].map(Number);

const started = new Date();
const machine = thisMachine();
const stored = await trainedModel(options.recipe, Number(options.lists));
const requests = randomRequests(stored, { count: count + 30, candidates, seed: 1 });
const pointer = await freshPointer(stored);
const milliseconds: Record<string, { readonly wall: Spread; readonly processor: Spread }> = {};
for (const name of options.generators.split(',')) {
  const generator = generatorNamed(name, { pointer });
  milliseconds[name] = await timeGenerator(stored, { generator, requests, size, workers, warmUp: 30 });
}
await pointer.close();
const rate = await slatesPerSecond(stored, { request: requests[0], size, batch, workers, rng: createRng(2) });

const settings = { recipe: options.recipe, candidates, size, workers, batch, requests: count };
const report = {
  started: started.toISOString(),
  machine,
  commit: commitNow(),
  node: process.version,
  settings,
  milliseconds,
  slatesPerSecond: rate,
};
if (options.json) process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
else {
  const line = (name: string, { median, p90, p99 }: Spread, digits: number): string =>
    `${name.padEnd(50)} median ${median.toFixed(digits)}  p90 ${p90.toFixed(digits)}  p99 ${p99.toFixed(digits)}\n`;
  process.stdout.write(
    `${machine.cpu}, load ${machine.loadAtStart.toFixed(2)}, ${report.started}, ${options.recipe}, ${workers} of ${machine.cores} cores, ${count} requests\n`,
  );
  for (const [name, { wall, processor }] of Object.entries(milliseconds)) {
    process.stdout.write(line(`${name}, ${size} of ${candidates}, ms`, wall, 2));
    process.stdout.write(line('  processor time, ms', processor, 2));
  }
  process.stdout.write(line(`slates of ${size} a second, ${batch} at a time`, rate, 0));
}
if (options.out !== undefined) {
  await mkdir(options.out, { recursive: true });
  const file = join(options.out, `generate-${resultName(started, machine)}.json`);
  await writeFile(file, `${JSON.stringify(report, null, 2)}\n`);
}
