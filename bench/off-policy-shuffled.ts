/**
 * Do the intervals of `slatewise evaluate <model> <log>` hold the truth where a log was shuffled? Lists of K places are shown in any order with the same chance, two to each user, and
 * the generator always shows them in one. Clicks depend on the item, its place and the user: what every estimate assumes. Logs are drawn, and judged.
 *
 *     npx tsx bench/off-policy-shuffled.ts
 *
 * Legend: L lists, K places.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { LEVEL, RESAMPLES } from '../src/jobs/generators/generator-trial.ts';
import { type LoggedChoice, offPolicyNames } from '../src/measure/off-policy.ts';
import { offPolicyRow } from '../src/measure/off-policy-row.ts';
import { createRng } from '../src/random/rng.ts';
import { commitNow, resultName, thisMachine } from './machine.ts';

const { values } = parseArgs({ options: { logs: { type: 'string', default: '400' } } });
const LOGS = Number(values.logs);
const EACH = 2;
const CASES = [
  { places: 2, lists: 120 },
  { places: 3, lists: 120 },
  { places: 4, lists: 240 },
  { places: 5, lists: 480 },
  { places: 4, lists: 960 },
];

const rateOf = (item: number, place: number): number => 0.5 / (1 + 0.3 * item) / (1 + 0.3 * place);

function drawLog(K: number, lists: number, seed: string): { lists: readonly LoggedChoice[]; userL: Int32Array } {
  const rng = createRng(seed);
  const userL = Int32Array.from({ length: lists }, (_, l) => Math.floor(l / EACH));
  const leaningU = Array.from({ length: lists / EACH }, () => 0.2 * (rng.next() - 0.5));
  const items = Array.from({ length: K }, (_, item) => item);
  // A model that expects half of what is clicked.
  const belowK = items.map((k) => items.slice(k).reduce((sum, item) => sum + rateOf(item, item), 0) / 2);
  const drawn = Array.from(userL, (user): LoggedChoice => {
    const shownK = rng.shuffle(items);
    return {
      clicksK: shownK.map((item, k) => Number(rng.next() < rateOf(item, k) * (1 + leaningU[user]))),
      agreesK: shownK.map((item, k) => Number(item === k)),
      propensityK: items.map((k) => 1 / (K - k)),
      placePropensityK: items.map(() => 1 / K),
      expected: { withLoggedK: belowK, fromAboveK: belowK, asLogged: belowK[0] },
    };
  });
  return { lists: drawn, userL };
}

const started = new Date();
const machine = thisMachine();
const rows = [];
console.log(`| places | lists | effective |${offPolicyNames.map((name) => ` ${name} |`).join('')}`);
console.log(`|---|---|---|${'---|'.repeat(offPolicyNames.length)}`);
for (const { places, lists } of CASES) {
  const truth = Array.from({ length: places }, (_, k) => rateOf(k, k)).reduce((a, b) => a + b, 0);
  const [told, held] = [0, 0].map(() => Object.fromEntries(offPolicyNames.map((name) => [name, 0])));
  let effective = 0;
  for (let n = 0; n < LOGS; n++) {
    const log = drawLog(places, lists, `${places} of ${lists}, log ${n}`);
    const { userL } = log;
    const options = { userL, resamples: RESAMPLES, level: LEVEL, seed: n, assume: 'independent' } as const;
    const row = offPolicyRow('fixed', log.lists, options);
    effective += row.effective.SIPS / LOGS;
    for (const name of offPolicyNames) {
      const found = row.intervals[name];
      if (!found) continue;
      told[name]++;
      if (found.low <= truth && truth <= found.high) held[name]++;
    }
  }
  rows.push({ places, lists, truth, effective, told, held });
  const cells = offPolicyNames.map((name) =>
    told[name] === 0 ? ' – |' : ` ${((100 * held[name]) / told[name]).toFixed(1)} % of ${told[name]} |`,
  );
  console.log(`| ${places} | ${lists} | ${effective.toFixed(0)} |${cells.join('')}`);
}
await mkdir('bench/results', { recursive: true });
const path = `bench/results/off-policy-shuffled-${resultName(started, machine)}.json`;
const figures = { started, machine, node: process.version, commit: commitNow(), LOGS, RESAMPLES, LEVEL, EACH, rows };
await writeFile(path, `${JSON.stringify(figures, undefined, 2)}\n`);
console.log(path);
