/**
 * Does the loop earn its keep? Thirty simulated days of shops that show lists, are told the clicks, and learn every night: item rate, pointwise, list scorer, each with and without
 * exploring, beside the best lists by the truth. docs/loop.md has the table.
 *
 *     npx tsx bench/loop.ts [--days 30] [--visits 100] [--shift-day 16] [--broken-day 24] [--lanes 2] [--folder runs/loop]
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
import { type Recovery, recoveryOf } from './loop/recovery.ts';
import { type LoopSetup, type PlayedShop, setupDefaults, shopKinds, TRUTH } from './loop/setup.ts';
import { commitNow, resultName, thisMachine } from './machine.ts';

const { market: usual } = setupDefaults;
const { values: options } = parseArgs({
  options: {
    days: { type: 'string', default: String(setupDefaults.days) },
    visits: { type: 'string', default: String(usual.visits) },
    'shift-day': { type: 'string', default: String(usual.shiftDay) },
    'broken-day': { type: 'string', default: String(setupDefaults.brokenDay) },
    window: { type: 'string', default: String(setupDefaults.window) },
    seed: { type: 'string', default: String(usual.seed) },
    lanes: { type: 'string', default: '2' },
    folder: { type: 'string', default: 'runs/loop' },
    out: { type: 'string', default: fileURLToPath(new URL('./results', import.meta.url)) },
    picture: { type: 'string', default: fileURLToPath(new URL('../docs/images/loop.svg', import.meta.url)) },
  },
});
const shiftDay = Number(options['shift-day']);
const setup: LoopSetup = {
  ...setupDefaults,
  days: Number(options.days),
  window: Number(options.window),
  brokenDay: Number(options['broken-day']),
  market: { ...usual, seed: Number(options.seed), visits: Number(options.visits), shiftDay },
};
const started = new Date();
const machine = thisMachine();
await mkdir(options.folder, { recursive: true });

const names = [TRUTH, ...shopKinds.map(({ name }) => name).reverse()];
const played = new Map<string, PlayedShop>();
await inLanes(names, Number(options.lanes), async (name) => {
  played.set(name, await playedShop(name));
  return true;
});

const best = shopOf(TRUTH).days;
const seconds = Math.round((Date.now() - started.getTime()) / 1000);
const rows = shopKinds.map(({ name }) => {
  const { days } = shopOf(name);
  const recovery = shiftDay > 1 && shiftDay <= setup.days ? recoveryOf(days, best, shiftDay) : null;
  return { name, week: meanOf(days.slice(1, 8)), last: meanOf(days.slice(-7)), recovery };
});
console.log('| shop | day 1 | days 2 to 8 | last 7 days | share of the best | on the day of the shift | back after |');
console.log('|---|---|---|---|---|---|---|');
for (const { name, week, last, recovery } of rows) {
  const [{ expected: first }] = shopOf(name).days;
  const share = percent(last / meanOf(best.slice(-7)));
  console.log(
    `| ${[name, ...[first, week, last].map((each) => each.toFixed(3)), share, ...told(recovery)].join(' | ')} |`,
  );
}
console.log(
  `| ${[TRUTH, ...[best[0].expected, meanOf(best.slice(1, 8)), meanOf(best.slice(-7))].map((each) => each.toFixed(3))].join(' | ')} | 100.0 % | | |`,
);

for (const { name, refused } of played.values())
  for (const { day, reasons } of refused)
    console.log(`${name}: day ${day} was not learned from: ${reasons.join('; ')}`);

await drawLoop([...played.values()], options.picture);
const shops = names.map(shopOf).map(({ setup: _, ...shop }) => shop);
const result = {
  started: started.toISOString(),
  machine,
  node: process.version,
  commit: commitNow(),
  seconds,
  setup,
  rows,
  shops,
};
const file = join(options.out, `loop-${resultName(started, machine)}.json`);
await writeFile(file, `${JSON.stringify(result, null, 1)}\n`);
process.stderr.write(`written to ${file} and ${options.picture}\n`);

function shopOf(name: string): PlayedShop {
  const found = played.get(name);
  if (found) return found;
  throw new Error(`loop: expected "${name}" to have been played`);
}

/** What the folder has of it where it was played with the same setup, else played now. */
async function playedShop(name: string): Promise<PlayedShop> {
  const at = join(options.folder, `${name.replaceAll(/[^a-z]+/g, '-')}.json`);
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

function meanOf(days: readonly { readonly expected: number }[]): number {
  return days.reduce((sum, { expected }) => sum + expected, 0) / days.length;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

function told(recovery: Recovery | null): readonly string[] {
  if (recovery === null) return ['', ''];
  const { before, fallen, days } = recovery;
  return [`${percent(before)} to ${percent(fallen)}`, days === null ? 'not' : `${days} days`];
}
