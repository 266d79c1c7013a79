/**
 * How often `worth` errs, and what it takes to see company: simulated logs of which we know whether items change what is clicked beside them.
 *
 *     npx tsx bench/worth.ts --effects none --logs 40 --impressions 1500
 *     npx tsx bench/worth.ts --effects mild,strong --logs 10 --impressions 1500,6000
 *
 * Every log has a world of its own. Finished trainings and verdicts are kept in the folder: an interrupted run goes on where it was. The result goes to results/.
 */
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { prepare } from '../src/jobs/prepare.ts';
import { resolveRecipe, settingsDefaults } from '../src/jobs/settings.ts';
import { judgeWorth } from '../src/jobs/worth/judge-worth.ts';
import type { CompanyWorth } from '../src/measure/company-worth.ts';
import { type EffectsName, effectNames } from '../src/simulator/choice-model.ts';
import { simulate } from '../src/simulator/simulate.ts';
import { simulationDefaults } from '../src/simulator/simulation-options.ts';
import { writeSimulation } from '../src/simulator/write-simulation.ts';
import { silentReporter } from '../src/steps.ts';
import { commitNow, resultName, thisMachine } from './machine.ts';

const { values: options } = parseArgs({
  options: {
    effects: { type: 'string', default: 'none' },
    logs: { type: 'string', default: '40' },
    impressions: { type: 'string', default: '1500' },
    seeds: { type: 'string', default: '3' },
    workers: { type: 'string', default: '1' },
    folder: { type: 'string', default: 'runs/worth-bench' },
    out: { type: 'string', default: fileURLToPath(new URL('./results', import.meta.url)) },
  },
});

const started = new Date();
const machine = thisMachine();
const seeds = Array.from({ length: Number(options.seeds) }, (_, index) => index + 1);
const list = resolveRecipe('attention-bce');
const pointwise = resolveRecipe('pointwise-bce');

const rows: { effects: EffectsName; impressions: number; worths: CompanyWorth[] }[] = [];
for (const effects of effectNames.filter((name) => options.effects.split(',').includes(name)))
  for (const impressions of options.impressions.split(',').map(Number)) {
    const worths: CompanyWorth[] = [];
    for (let log = 1; log <= Number(options.logs); log++) {
      worths.push(await worthOf({ effects, impressions, log }));
      const { verdict, clicks } = worths[worths.length - 1];
      process.stderr.write(`${effects}, ${impressions} lists, log ${log}: ${verdict}, ${clicks.estimate.toFixed(4)}\n`);
    }
    rows.push({ effects, impressions, worths });
  }

console.log('| effects | lists | logs | yes | of these by clicks | no | open | mean gain of clicks |');
console.log('|---|---|---|---|---|---|---|---|');
for (const { effects, impressions, worths } of rows) {
  const count = (wanted: (worth: CompanyWorth) => boolean): number => worths.filter(wanted).length;
  const counts = [
    count(({ verdict }) => verdict === 'yes'),
    count(({ clicks }) => clicks.low > 0),
    count(({ verdict }) => verdict === 'no'),
    count(({ verdict }) => verdict === 'open'),
  ];
  const gain = worths.reduce((sum, { clicks }) => sum + clicks.estimate, 0) / worths.length;
  console.log(
    `| ${effects} | ${impressions} | ${worths.length} | ${counts.join(' | ')} | ${(100 * gain).toFixed(1)} % |`,
  );
}

const file = join(options.out, `worth-${resultName(started, machine)}.json`);
await mkdir(options.out, { recursive: true });
const result = { started: started.toISOString(), machine, commit: commitNow(), seeds, rows };
await writeFile(file, `${JSON.stringify(result, null, 1)}\n`);
process.stderr.write(`written to ${file}\n`);

async function worthOf(log: { effects: EffectsName; impressions: number; log: number }): Promise<CompanyWorth> {
  const { effects, impressions } = log;
  const at = join(options.folder, `${effects}-${impressions}-${log.log}`);
  const kept = await readFile(join(at, 'worth.json'), 'utf8').catch(() => undefined);
  if (kept !== undefined) return JSON.parse(kept);
  const world = { ...simulationDefaults, impressions, effects, items: 200, users: 400, seed: 500 + log.log };
  const path = join(at, 'log.jsonl');
  await writeSimulation(simulate(world), { log: path });
  const prepared = await prepare(path, {
    ...{ settings: settingsDefaults, cacheFolder: join(at, 'cache'), reporter: silentReporter },
    configs: [list, pointwise],
  });
  const workers = Number(options.workers);
  const worth = await judgeWorth(prepared, {
    ...{ list, pointwise, seeds, workers, folder: at, reporter: silentReporter, least: 0.01 },
  });
  if (!worth) throw new Error('interrupted; the same command goes on');
  await Promise.all(['cache', 'runs', 'log.jsonl'].map((name) => rm(join(at, name), { recursive: true, force: true })));
  await writeFile(join(at, 'worth.json'), JSON.stringify(worth));
  return worth;
}
