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
import { resultsOf, type SystemFigures } from './exact-k-lists/intervals.ts';
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
    /** Greedy is what all are compared with. */
    searches: { type: 'string', default: 'top,greedy,beam' },
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
const worths: Seed[] = [];
try {
  const scene: Scene = {
    ...(await writeMarket(folder, Number(lists))),
    ...{ folder, recipe, objective, size, candidates, lessons, requests },
    ...{ searches: options.searches.split(','), pointers: options.pointers.split(',') },
  };
  for (let seed = 1; seed <= seeds; seed++) {
    worths.push(await worthOfSeed(scene, { seed, best: worths[0]?.worth[BEST_BY_TRUTH] }));
    process.stderr.write(`seed ${seed} of ${seeds}\n`);
    // After every seed: what is known by then stays if the rest is stopped.
    if (!options['no-file']) await store();
  }
  print();
} finally {
  await rm(folder, { recursive: true });
}

async function store(): Promise<void> {
  const { out, 'no-file': _, ...scene } = options;
  const file = join(out, `${options.name}-${resultName(started, machine)}.json`);
  await mkdir(out, { recursive: true });
  const result = { started: started.toISOString(), machine, commit: commitNow(), options: scene, ...told() };
  await writeFile(file, `${JSON.stringify(result, null, 1)}\n`);
}

function print(): void {
  const { systems, heldOutShares } = told();
  for (const { name, clicks, value, regret } of systems) {
    const figures = Object.entries({ clicks, value, regret }).map(([measure, { mean, low, high, toBaseline }]) => {
      const difference = toBaseline
        ? `, ${toBaseline.mean.toFixed(4)} [${toBaseline.low.toFixed(4)}, ${toBaseline.high.toFixed(4)}] to greedy`
        : '';
      return `${measure} ${mean.toFixed(4)} [${low.toFixed(4)}, ${high.toFixed(4)}]${difference}`;
    });
    process.stdout.write(`${name.padEnd(24)} ${figures.join('  ')}\n`);
  }
  for (const shares of heldOutShares) process.stdout.write(`held-out share of the beam ${JSON.stringify(shares)}\n`);
}

function told(): {
  readonly systems: readonly SystemFigures[];
  readonly heldOutShares: readonly Seed['heldOutShares'][];
} {
  const worth = worths.map((seed) => seed.worth);
  return {
    systems: resultsOf(worth, { requests, baseline: 'greedy' }),
    heldOutShares: worths.map((seed) => seed.heldOutShares),
  };
}
