/**
 * What `effects` finds on simulated logs, of which we know what items do to each other.
 *
 *     npx tsx bench/effects.ts --effects none --logs 20 --impressions 3000
 *     npx tsx bench/effects.ts --effects strong --logs 5 --impressions 3000,12000
 *
 * A pair is planted where leaving the one out truly changes the other's click probability by a point or more, mean over the test lists that show both. Every log has a world of its own. Answers are kept in the folder:
 * an interrupted run goes on where it was. docs/effects.md has the tables.
 */
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { findEffects } from '../src/jobs/effects/find-effects.ts';
import { type Prepared, prepare } from '../src/jobs/prepare.ts';
import { resolveRecipe, settingsDefaults } from '../src/jobs/settings.ts';
import type { PairEffect } from '../src/measure/effects-report.ts';
import { type EffectsName, effectNames } from '../src/simulator/choice-model.ts';
import { simulate } from '../src/simulator/simulate.ts';
import { type SimulationOptions, simulationDefaults } from '../src/simulator/simulation-options.ts';
import { type TrueMarket, trueMarket } from '../src/simulator/true-market.ts';
import { writeSimulation } from '../src/simulator/write-simulation.ts';
import { inShownOrder } from '../src/slate/shown-order.ts';
import { silentReporter } from '../src/steps.ts';
import { commitNow, resultName, thisMachine } from './machine.ts';

const { values: options } = parseArgs({
  options: {
    effects: { type: 'string', default: 'none' },
    logs: { type: 'string', default: '20' },
    first: { type: 'string', default: '1' },
    impressions: { type: 'string', default: '3000' },
    items: { type: 'string', default: '120' },
    users: { type: 'string', default: '300' },
    proposals: { type: 'string', default: '200' },
    // In standard errors: 0 has pairs tested of which the model says next to nothing.
    strength: { type: 'string', default: '0.5' },
    by: { type: 'string', default: 'brand' },
    // Trainings stay in the folder: another run asks the same logs with other options.
    keep: { type: 'boolean', default: false },
    folder: { type: 'string', default: 'runs/effects-bench' },
    out: { type: 'string', default: fileURLToPath(new URL('./results', import.meta.url)) },
  },
});

/** Change of click probability from which a pair counts as planted. */
const PLANTED = 0.01;
/** Of planted pairs only those are asked for that test lists show together so often. */
const LEAST_TOGETHER = 5;

interface Found {
  readonly family: string;
  readonly proposed: number;
  readonly confirmed: number;
  /** Of the confirmed: planted, with this sign. */
  readonly right: number;
  /** Of the confirmed: truly less than a tenth of a point, or of the other sign. */
  readonly wrong: number;
  /** Of the confirmed: the interval has the true change in it. */
  readonly held: number;
  readonly planted: number;
  readonly plantedProposed: number;
  /** Planted pairs of ten points or more, and those of them that are confirmed. */
  readonly large: number;
  readonly largeRight: number;
}

interface Judged {
  readonly found: readonly Found[];
  readonly classical: readonly { readonly name: string; readonly estimate: number; readonly confirmed: boolean }[];
  readonly partners: number;
}

const started = new Date();
const machine = thisMachine();
const list = resolveRecipe('attention-bce');
const pointwise = resolveRecipe('pointwise-bce');
const by = options.by.split(',').filter((name) => name !== '');

const rows: { effects: EffectsName; impressions: number; logs: Judged[] }[] = [];
for (const effects of effectNames.filter((name) => options.effects.split(',').includes(name)))
  for (const impressions of options.impressions.split(',').map(Number)) {
    const logs: Judged[] = [];
    const first = Number(options.first);
    for (let log = first; log < first + Number(options.logs); log++) {
      logs.push(await judgedLog({ effects, impressions, log }));
      process.stderr.write(`${effects}, ${impressions} lists, log ${log}: ${JSON.stringify(logs[logs.length - 1])}\n`);
    }
    rows.push({ effects, impressions, logs });
  }

console.log(
  '| effects | lists | logs | logs told anything | pairs of | confirmed | precision | not there | intervals hold | planted | recall | of 10 points | recall |',
);
console.log('|---|---|---|---|---|---|---|---|---|---|---|---|---|');
for (const { effects, impressions, logs } of rows) {
  const told = logs.filter(
    ({ found, classical, partners }) =>
      found.some(({ confirmed }) => confirmed > 0) || classical.some(({ confirmed }) => confirmed) || partners > 0,
  ).length;
  for (const family of ['items', ...by]) {
    const sum = (of: keyof Omit<Found, 'family'>): number =>
      logs
        .flatMap(({ found }) => found.filter((each) => each.family === family))
        .reduce((all, each) => all + each[of], 0);
    const share = (part: number, whole: number): string =>
      whole === 0 ? '-' : `${Math.round((100 * part) / whole)} %`;
    const cells = [
      ...[effects, impressions, logs.length, told, family, sum('confirmed'), share(sum('right'), sum('confirmed'))],
      ...[
        share(sum('wrong'), sum('confirmed')),
        share(sum('held'), sum('confirmed')),
        sum('planted'),
        share(sum('right'), sum('planted')),
      ],
      ...[sum('large'), share(sum('largeRight'), sum('large'))],
    ];
    console.log(`| ${cells.join(' | ')} |`);
  }
  const named = ['attraction', 'dominated', 'compromise', 'similarity'].map((name) => {
    const of = logs.flatMap(({ classical }) => classical.filter((each) => each.name === name && each.confirmed));
    return `${name} ${of.length}`;
  });
  console.log(`\nclassical effects confirmed, logs: ${named.join(', ')}\n`);
}

const asked = `${options.effects}-${options.impressions}${options.strength === '0' ? '-all-proposed' : ''}`;
const file = join(options.out, `effects-${asked.replaceAll(',', '-')}-${resultName(started, machine)}.json`);
await mkdir(options.out, { recursive: true });
const { folder: _, out: __, ...told } = options;
const result = { started: started.toISOString(), machine, commit: commitNow(), options: told, rows };
await writeFile(file, `${JSON.stringify(result, null, 1)}\n`);
process.stderr.write(`written to ${file}\n`);

async function judgedLog(log: { effects: EffectsName; impressions: number; log: number }): Promise<Judged> {
  const { effects, impressions } = log;
  const at = join(options.folder, `${effects}-${impressions}-${options.items}-${log.log}`);
  const name = join(at, `judged-${options.proposals}-${options.strength}-${by.join('-')}.json`);
  const kept = await readFile(name, 'utf8').catch(() => undefined);
  if (kept !== undefined) return JSON.parse(kept);
  const sizes = { items: Number(options.items), users: Number(options.users) };
  const world = { ...simulationDefaults, impressions, effects, ...sizes, seed: 900 + log.log };
  const path = join(at, 'log.jsonl');
  await writeSimulation(simulate(world), { log: path });
  const prepared = await prepare(path, {
    ...{ settings: settingsDefaults, cacheFolder: join(at, 'cache'), reporter: silentReporter },
    configs: [list, pointwise],
  });
  const found = await findEffects(prepared, {
    ...{ list, pointwise, by, seeds: [1], workers: 1, folder: at, reporter: silentReporter, classical: {} },
    ...{ proposals: Number(options.proposals), leastStrength: Number(options.strength) },
  });
  if (!found) throw new Error('interrupted; the same command goes on');
  const judged: Judged = {
    found: await Promise.all(
      found.families.map(async ({ by: family, pairs }) =>
        judgedFamily(family, pairs, await truthOf(prepared, world, family)),
      ),
    ),
    classical: (found.classical?.effects ?? []).map(({ name, estimate, confirmed }) => ({ name, estimate, confirmed })),
    partners: found.families.flatMap(({ partners }) => partners?.partners.filter((one) => one.onOthers.confirmed) ?? [])
      .length,
  };
  const made = options.keep ? [] : ['cache', 'runs', 'log.jsonl'];
  await Promise.all(made.map((each) => rm(join(at, each), { recursive: true, force: true })));
  await writeFile(name, JSON.stringify(judged));
  return judged;
}

type Truth = ReadonlyMap<string, { readonly mean: number; readonly count: number }>;

function judgedFamily(family: string, pairs: readonly PairEffect[], truth: Truth): Found {
  const from = (least: number): ReadonlySet<string> =>
    new Set(
      [...truth].flatMap(([key, { mean, count }]) => (count >= LEAST_TOGETHER && Math.abs(mean) >= least ? [key] : [])),
    );
  const planted = from(PLANTED);
  const large = from(10 * PLANTED);
  const keyOf = ({ from, to }: PairEffect): string => JSON.stringify([from, to]);
  const confirmed = pairs.filter((pair) => pair.confirmed);
  const signed = (pair: PairEffect): number => Math.sign(pair.estimate) * (truth.get(keyOf(pair))?.mean ?? 0);
  return {
    ...{ family, proposed: pairs.length, confirmed: confirmed.length, planted: planted.size },
    right: confirmed.filter((pair) => planted.has(keyOf(pair)) && signed(pair) > 0).length,
    wrong: confirmed.filter((pair) => signed(pair) < 0.001).length,
    large: large.size,
    largeRight: confirmed.filter((pair) => large.has(keyOf(pair)) && signed(pair) > 0).length,
    held: confirmed.filter((pair) => {
      const mean = truth.get(keyOf(pair))?.mean ?? 0;
      return pair.low <= mean && mean <= pair.high;
    }).length,
    plantedProposed: pairs.filter((pair) => planted.has(keyOf(pair))).length,
  };
}

/** Of each pair of groups: what leaving all others of the one out truly changes, mean over the showings of the other beside it on test lists. */
async function truthOf({ dataset, encoded }: Prepared, world: SimulationOptions, family: string): Promise<Truth> {
  const market = trueMarket(world);
  const groupOf = new Map(market.items.map(({ id, fields }) => [id, family === 'items' ? id : String(fields[family])]));
  const tested = new Set(encoded.test.map((index) => encoded.listB[index]));
  const sums = new Map<string, { mean: number; count: number }>();
  for await (const row of dataset.rows()) {
    if (row.kind !== 'impression' || !tested.has(row.index)) continue;
    const { user, items } = inShownOrder(row.impression.ranking);
    const ids = items.map(({ id }) => id);
    const groups = ids.map((id) => groupOf.get(id) ?? '');
    const whole = market.probabilities(user ?? '', ids);
    for (const group of new Set(groups))
      for (const [i, id] of ids.entries()) {
        const kept = [...ids.keys()].filter((k) => k === i || groups[k] !== group);
        if (kept.length === ids.length) continue;
        const change = whole[i] - without(market, { user: user ?? '', ids, kept })[kept.indexOf(i)];
        const key = JSON.stringify([group, groupOf.get(id)]);
        const before = sums.get(key) ?? { mean: 0, count: 0 };
        const count = before.count + 1;
        sums.set(key, { mean: before.mean + (change - before.mean) / count, count });
      }
  }
  return sums;
}

function without(
  market: TrueMarket,
  { user, ids, kept }: { user: string; ids: readonly string[]; kept: readonly number[] },
): Float64Array {
  return market.probabilities(
    user,
    kept.map((k) => ids[k]),
    kept,
  );
}
