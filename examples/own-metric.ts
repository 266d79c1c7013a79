/** A metric of one's own: checked, in the tables with its interval, and choosing the epoch. Run: npm run examples */
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { simulate, simulationDefaults, writeSimulation } from 'slatewise/data';
import { compareRecipes, renderText } from 'slatewise/evaluate';
import { clickShares, defineMetric } from 'slatewise/kinds';
import { prepare, resolveRecipe, settingsDefaults, silentReporter } from 'slatewise/steps';
import { metricConformance } from 'slatewise/testing';

// What a click is worth: 1 at the first place, half of it at the second, nothing below.
const topTwo = defineMetric({
  name: 'topTwo',
  title: 'value of top 2',
  meaning: 'clicks on the first place, and half of those on the second, mean over lists with a click',
  higherIsBetter: true,
  range: [0, 1.5],
  leavesOut: 'lists without a click',
  ofSlate({ ranking }) {
    if (ranking.clicks === 0) return undefined;
    const [first = 0, second = 0] = clickShares(ranking);
    return first + second / 2;
  },
});

// 1. It keeps what every metric promises. In your tests: `for (const { name, run } of metricConformance(topTwo)) test(name, run)`.
for (const { run } of metricConformance(topTwo)) await run();

// 2. It is brought by `kinds`, and chooses the epoch of a recipe.
const folder = await mkdtemp(join(tmpdir(), 'slatewise-'));
const log = join(folder, 'events.jsonl');
await writeSimulation(simulate({ ...simulationDefaults, impressions: 1200, users: 150, items: 60 }), { log });
const changes = { epochs: 2, metric: 'topTwo' };
const settings = {
  ...settingsDefaults,
  kinds: [topTwo],
  recipes: { 'pointwise-bce': changes, 'attention-bce': changes },
};
const configs = ['pointwise-bce', 'attention-bce'].map((name) => resolveRecipe(name, settings));
const reporter = silentReporter;
const prepared = await prepare(log, { settings, configs, cacheFolder: folder, reporter });
const compared = { configs, seeds: [1, 2], workers: 2, folder: join(folder, 'runs'), command: 'own-metric', reporter };
const comparison = await compareRecipes(prepared, compared);
if (!comparison) throw new Error('the comparison was interrupted');

// 3. Every report has it: text, HTML and JSON.
const { report } = comparison;
console.log(renderText(report));
const { mean, interval } = report.systems[0]?.metrics.topTwo ?? {};
if (mean == null || interval == null) throw new Error('a value with its interval was expected');
console.log(`value of top 2: ${mean.toFixed(3)}, from ${interval.low.toFixed(3)} to ${interval.high.toFixed(3)}`);
