/** From a log to scores, with the library. Run: npx tsx examples/score-a-list.ts */
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { importLog, simulate, simulationDefaults, writeSimulation } from 'slatewise/data';
import {
  createSlateScorer,
  loadModel,
  prepare,
  resolveRecipe,
  settingsDefaults,
  silentReporter,
  trainModel,
} from 'slatewise/steps';

const folder = await mkdtemp(join(tmpdir(), 'slatewise-'));
const log = join(folder, 'events.jsonl.gz');
await writeSimulation(simulate({ ...simulationDefaults, impressions: 1500, users: 200, items: 100 }), { log });

// 1. The log becomes a data set; nothing is lost silently.
const summary = await importLog(log, join(folder, 'data'));
console.log(`${summary.lists} lists, ${summary.clicks} clicks, ${summary.rejected} lines rejected`);

// 2. One walk in time order gives every list the features that were known before it; then a recipe is trained.
const settings = { ...settingsDefaults, recipes: { 'attention-listnet': { epochs: 4 } } };
const config = resolveRecipe('attention-listnet', settings);
const reporter = silentReporter;
const prepared = await prepare(join(folder, 'data'), { settings, configs: [config], cacheFolder: folder, reporter });
await trainModel(prepared, { config, seed: 1, workers: 2, folder: join(folder, 'model'), reporter });

// 3. The model folder is complete: it scores here or on another machine.
const scorer = await createSlateScorer(await loadModel(join(folder, 'model')), { workers: 1 });
const [slate] = await scorer.score([
  {
    event: 'ranking',
    id: 'tonight',
    time: Date.now(),
    user: 'u1',
    fields: {},
    items: ['i1', 'i2', 'i3', 'i4'].map((id) => ({ id, fields: {} })),
  },
]);
await scorer.close();
if (!slate) throw new Error('an answer to the request was expected');
console.table(slate.items);
console.log(`expected clicks ${slate.expectedClicks.toFixed(2)}, at least one: ${slate.anyClick.toFixed(2)}`);
if (slate.items.some(({ probability }) => !(probability > 0 && probability < 1)))
  throw new Error('a probability lies between 0 and 1');
