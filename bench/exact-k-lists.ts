/**
 * Exact-K's lists against those of `top`, greedy and beam search by the scorer that taught it, all judged by the true click probabilities of the simulated market, with intervals over
 * seeds of the training and requests: `npx tsx bench/exact-k-lists.ts`. How to read it: bench/README.md.
 */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { BEST_BY_TRUTH } from '../src/jobs/generators/market-truth.ts';
import { resultsOf } from './exact-k-lists/intervals.ts';
import { type Scene, writeMarket } from './exact-k-lists/scene.ts';
import { type Seed, worthOfSeed } from './exact-k-lists/worth-of-seed.ts';
import { commitNow, resultName, thisMachine } from './machine.ts';

const { values: options } = parseArgs({
  options: {
    lists: { type: 'string', default: '10000' },
    recipe: { type: 'string', default: 'attention-bce' },
    seeds: { type: 'string', default: '3' },
    size: { type: 'string', default: '4' },
    candidates: { type: 'string', default: '20' },
    // That the pointer learns from, and that all are judged on.
    lessons: { type: 'string', default: '1500' },
    requests: { type: 'string', default: '300' },
    objective: { type: 'string', default: 'any' },
    pointers: { type: 'string', default: 'exact-k,decoder and reward' },
    /** Of the result file. */
    name: { type: 'string', default: 'exact-k-lists' },
    out: { type: 'string', default: fileURLToPath(new URL('./results', import.meta.url)) },
    'no-file': { type: 'boolean', default: false },
  },
});
const { lists, recipe, objective } = options;
const [seeds, size, candidates, lessons, requests] = [
  options.seeds,
  options.size,
  options.candidates,
  options.lessons,
  options.requests,
].map(Number);

const started = new Date();
const machine = thisMachine();
const folder = await mkdtemp(join(tmpdir(), 'exact-k-lists-'));
try {
  const scene: Scene = {
    ...(await writeMarket(folder, Number(lists))),
    ...{ folder, recipe, objective, size, candidates, lessons, requests, pointers: options.pointers.split(',') },
  };
  const worths: Seed[] = [];
  for (let seed = 1; seed <= seeds; seed++) {
    worths.push(await worthOfSeed(scene, { seed, best: worths[0]?.worth[BEST_BY_TRUTH] }));
    process.stderr.write(`seed ${seed} of ${seeds}\n`);
  }
  const worth = worths.map((seed) => seed.worth);
  const systems = resultsOf(worth, { requests, baseline: 'greedy' });
  for (const { name, clicks, value, regret } of systems) {
    const figures = Object.entries({ clicks, value, regret }).map(([measure, { mean, low, high, toBaseline }]) => {
      const difference = toBaseline
        ? `, ${toBaseline.mean.toFixed(4)} [${toBaseline.low.toFixed(4)}, ${toBaseline.high.toFixed(4)}] to greedy`
        : '';
      return `${measure} ${mean.toFixed(4)} [${low.toFixed(4)}, ${high.toFixed(4)}]${difference}`;
    });
    process.stdout.write(`${name.padEnd(24)} ${figures.join('  ')}\n`);
  }
  const heldOutShares = worths.map((seed) => seed.heldOutShares);
  for (const shares of heldOutShares) process.stdout.write(`held-out share of the beam ${JSON.stringify(shares)}\n`);
  if (!options['no-file']) {
    const { out: _, 'no-file': __, ...scene } = options;
    const result = {
      started: started.toISOString(),
      machine,
      commit: commitNow(),
      options: scene,
      systems,
      heldOutShares,
    };
    const file = join(options.out, `${options.name}-${resultName(started, machine)}.json`);
    await mkdir(options.out, { recursive: true });
    await writeFile(file, `${JSON.stringify(result, null, 1)}\n`);
  }
} finally {
  await rm(folder, { recursive: true });
}
