/** How long a request takes to become a slate, and how many slates are scored a second: `npx tsx bench/generate.ts`. How to read it: bench/README.md. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createRng } from '../src/random/rng.ts';
import { createCandidateScorer } from '../src/scoring/candidate-scorer.ts';
import { greedyPattern, spreadOf } from './generate/measure.ts';
import { randomRequests, trainedModel } from './generate/scene.ts';
import { commitNow, resultName, thisMachine } from './machine.ts';

const { values: options } = parseArgs({
  options: {
    recipe: { type: 'string', default: 'attention-bce' },
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
const [N, K, count, workers, batch] = [
  options.candidates,
  options.size,
  options.requests,
  options.workers,
  options.batch,
].map(Number);

const started = new Date();
const machine = thisMachine();
const stored = await trainedModel(options.recipe, Number(options.lists));
const scorer = await createCandidateScorer(stored, { workers });
const requests = randomRequests(stored, { count: count + 30, candidates: N, seed: 1 });

const opening: number[] = [];
const greedy: number[] = [];
/** What the process itself used, which other load on the machine moves less. */
const used: number[] = [];
for (const [at, request] of requests.entries()) {
  const usedBefore = process.cpuUsage();
  const before = performance.now();
  const open = scorer.open(request);
  const opened = performance.now();
  await greedyPattern(open, K);
  // The first ones warm up.
  if (at < 30) continue;
  opening.push(opened - before);
  greedy.push(performance.now() - before);
  const { user, system } = process.cpuUsage(usedBefore);
  used.push((user + system) / 1000);
}

const rng = createRng(2);
const whole = scorer.open(requests[0]);
const slates = Array.from({ length: batch }, () =>
  Int32Array.from(rng.shuffle(Array.from({ length: N }, (_, n) => n)).slice(0, K)),
);
const rates: number[] = [];
for (let round = 0; round < 60; round++) {
  const before = performance.now();
  await whole.score(slates);
  if (round >= 10) rates.push((1000 * batch) / (performance.now() - before));
}
await scorer.close();

const report = {
  started: started.toISOString(),
  machine,
  commit: commitNow(),
  node: process.version,
  settings: { recipe: options.recipe, candidates: N, size: K, workers, batch },
  openMilliseconds: spreadOf(opening),
  greedyPatternMilliseconds: spreadOf(greedy),
  greedyPatternProcessorMilliseconds: spreadOf(used),
  slatesPerSecond: spreadOf(rates),
};
if (options.json) process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
else {
  const line = (name: string, { median, p90, p99 }: typeof report.slatesPerSecond, digits: number): string =>
    `${name.padEnd(50)} median ${median.toFixed(digits)}  p90 ${p90.toFixed(digits)}  p99 ${p99.toFixed(digits)}\n`;
  process.stdout.write(
    `${machine.cpu}, load ${machine.loadAtStart.toFixed(2)}, ${report.started}, ${options.recipe}, ${workers} of ${machine.cores} cores\n${line(`open a request of ${N} candidates, ms`, report.openMilliseconds, 2)}${line(`greedy's scoring, ${K} of ${N}, opening included, ms`, report.greedyPatternMilliseconds, 2)}${line('the same, processor time, ms', report.greedyPatternProcessorMilliseconds, 2)}${line(`slates of ${K} a second, ${batch} at a time`, report.slatesPerSecond, 0)}`,
  );
}
if (options.out !== undefined) {
  await mkdir(options.out, { recursive: true });
  await writeFile(
    join(options.out, `generate-${resultName(started, machine)}.json`),
    `${JSON.stringify(report, null, 2)}\n`,
  );
}
