/**
 * Does the loop earn its keep? Thirty simulated days of shops that show lists, are told the clicks, and learn every night by the code of
 * `slatewise retrain`: item rate, pointwise, list scorer, each with and without exploring, beside the best lists by the truth, in several markets.
 * docs/loop.md has the tables.
 *
 *     npx tsx bench/loop.ts [--seeds 11,12,13,14,15] [--lanes 2] [--folder runs/loop]
 *
 * Shops that are done are kept in the folder: an interrupted run goes on where it was. The result goes to results/, the picture to docs/images/.
 */
import { execFile } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual, parseArgs, promisify } from 'node:util';
import { inLanes } from '../src/jobs/recipes/in-lanes.ts';
import { drawLoop } from './loop/draw-loop.ts';
import { type LoopSetup, type PlayedShop, setupDefaults, shopKinds, TRUTH } from './loop/setup.ts';
import { earningsTable, nightsTable, refusals, shiftTable } from './loop/tables.ts';
import { commitNow, resultName, thisMachine } from './machine.ts';

const { values: options } = parseArgs({
  options: {
    seeds: { type: 'string', default: '11,12,13,14,15' },
    days: { type: 'string', default: String(setupDefaults.days) },
    visits: { type: 'string', default: String(setupDefaults.market.visits) },
    lanes: { type: 'string', default: '2' },
    folder: { type: 'string', default: 'runs/loop' },
    out: { type: 'string', default: fileURLToPath(new URL('./results', import.meta.url)) },
    picture: { type: 'string', default: fileURLToPath(new URL('../docs/images/loop.svg', import.meta.url)) },
  },
});
const setups = options.seeds.split(',').map(
  (seed): LoopSetup => ({
    ...setupDefaults,
    days: Number(options.days),
    market: { ...setupDefaults.market, seed: Number(seed), visits: Number(options.visits) },
  }),
);
const started = new Date();
const machine = thisMachine();
await mkdir(options.folder, { recursive: true });

const names = [TRUTH, ...shopKinds.map(({ name }) => name).reverse()];
const asked = setups.flatMap((setup) => names.map((name) => ({ setup, name })));
const played: PlayedShop[] = [];
await inLanes(asked, Number(options.lanes), async ({ setup, name }, at) => {
  played[at] = await playedShop(name, setup);
  return true;
});

for (const table of [earningsTable, shiftTable, nightsTable]) console.log(`${table(played)}\n`);
for (const line of refusals(played)) console.log(line);

await drawLoop(played, options.picture);
const [{ market, ...setup }] = setups;
const { seed: _, ...ofEach } = market;
const result = {
  started: started.toISOString(),
  machine,
  node: process.version,
  commit: commitNow(),
  seconds: Math.round((Date.now() - started.getTime()) / 1000),
  setup: { ...setup, market: ofEach, seeds: setups.map(({ market: { seed } }) => seed) },
  shops: played.map(
    ({
      setup: {
        market: { seed },
      },
      name,
      shifted,
      twin,
      trained,
      seconds,
    }) => ({
      ...{ seed, name, trained: Math.round(trained), seconds: Math.round(seconds) },
      shifted: { ...shifted, expected: shifted.expected.map(rounded) },
      // Until the shift the twin is the same shop.
      twin: {
        expected: twin.expected.slice(market.shiftDay - 1).map(rounded),
        nights: twin.nights.filter(({ day }) => day >= market.shiftDay),
      },
    }),
  ),
};
const file = join(options.out, `loop-${resultName(started, machine)}.json`);
await writeFile(file, `${JSON.stringify(result, null, 1)}\n`);
process.stderr.write(`written to ${file} and ${options.picture}\n`);

function rounded(value: number): number {
  return Number(value.toFixed(4));
}

/** What the folder has of it where it was played with the same setup, else played now. */
async function playedShop(name: string, setup: LoopSetup): Promise<PlayedShop> {
  const at = join(options.folder, `${setup.market.seed}-${name.replaceAll(/[^a-z]+/g, '-')}.json`);
  const kept = await readFile(at, 'utf8').then(
    (text): PlayedShop => JSON.parse(text),
    () => undefined,
  );
  if (kept && isDeepStrictEqual(kept.setup, setup)) return kept;
  const script = fileURLToPath(new URL('./loop/play-shop.ts', import.meta.url));
  const child = promisify(execFile)(process.execPath, ['--import', 'tsx', script, name, JSON.stringify(setup), at], {
    maxBuffer: 2 ** 26,
  });
  child.child.stderr?.pipe(process.stderr);
  await child;
  return JSON.parse(await readFile(at, 'utf8'));
}
