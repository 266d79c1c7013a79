/**
 * The playground's training in Chromium and in Node: 10,000 menus of drinks, until the log loss is within 2 % of the truth's, and to the end. `npm run build` first, then
 * `npx tsx bench/playground.ts`. How to read it: bench/README.md.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { withBrowser } from '../scripts/browser.mjs';
import { serveFolder } from '../scripts/serve-folder.mjs';
import { makeLists } from '../src/playground/lists.ts';
import type { FromPlayground } from '../src/playground/messages.ts';
import { createPlayground } from '../src/playground/playground.ts';
import { type PlaygroundRecipe, playgroundRecipes } from '../src/playground/recipes.ts';
import { truthDefaults } from '../src/playground/truth-settings.ts';
import { commitNow, resultName, thisMachine } from './machine.ts';

const { values: options } = parseArgs({
  options: {
    recipe: { type: 'string', default: 'attention-bce' },
    workers: { type: 'string', default: '1,2' },
    out: { type: 'string', default: fileURLToPath(new URL('./results', import.meta.url)) },
    'no-file': { type: 'boolean', default: false },
  },
});

/** How far above the truth's log loss is near enough. */
const NEAR = 0.02;

interface Measured {
  /** Of training, until an epoch ended within 2 % of the truth. */
  readonly secondsUntilNear: number | null;
  readonly seconds: number;
  readonly listsPerSecond: number;
  readonly epochs: number;
  /** Of the log loss, over that of the truth, at the end. */
  readonly aboveTruth: number;
}

/** From what a playground tells of one training. */
function measuredOf(news: readonly FromPlayground[]): Measured {
  const epochs = news.flatMap((each) => (each.kind === 'epoch' ? [each] : []));
  const above = epochs.map(({ judgement: { logLoss, truthLogLoss = Number.NaN } }) => logLoss / truthLogLoss - 1);
  const near = above.findIndex((share) => share <= NEAR);
  const progress = news.findLast((each) => each.kind === 'progress');
  const ended = news.findLast((each) => each.kind === 'ended');
  if (progress?.kind !== 'progress' || ended?.kind !== 'ended') throw new Error('expected a training that has ended');
  return {
    secondsUntilNear: near < 0 ? null : epochs[near].seconds,
    seconds: ended.seconds,
    listsPerSecond: progress.lists / ended.seconds,
    epochs: epochs.length,
    aboveTruth: above[above.length - 1],
  };
}

function recipeNamed(name: string): PlaygroundRecipe {
  const recipe = playgroundRecipes.find((each) => each === name);
  if (recipe) return recipe;
  throw new Error(`--recipe: expected one of ${playgroundRecipes.join(', ')}, found "${name}"`);
}
const recipe = recipeNamed(options.recipe);
const settings = truthDefaults;

async function inNode(workers: number): Promise<Measured> {
  const news: FromPlayground[] = [];
  const playground = createPlayground({ workers, tell: (each) => news.push(each) });
  await playground.take({ kind: 'make', settings });
  await playground.take({ kind: 'train', recipe, seed: 1 });
  return measuredOf(news);
}

/** In a worker of a real page: the same messages, as the worker sends them. */
async function inChromium(): Promise<Measured & { readonly browser: string; readonly secondsUntilReady: number }> {
  const server = await serveFolder(fileURLToPath(new URL('../dist/playground', import.meta.url)));
  try {
    return await withBrowser(async (open) => {
      const page = await open('about:blank');
      const news: FromPlayground[] = [];
      await page.exposeFunction('told', (each: FromPlayground) => news.push(each));
      await page.addInitScript(`
        const Own = Worker;
        globalThis.Worker = class extends Own {
          constructor(...given) {
            super(...given);
            this.addEventListener('message', ({ data }) => globalThis.told(data));
          }
        };`);
      const begun = performance.now();
      await page.goto(server.url);
      const button = page.getByRole('button', { name: `Train ${recipe}`, exact: true });
      await page.getByText(`${settings.lists.toLocaleString('en-US')} lists of 3 items`).waitFor({ timeout: 120_000 });
      const secondsUntilReady = (performance.now() - begun) / 1000;
      await button.click();
      await page.getByText(`${recipe} has ended`).waitFor({ timeout: 600_000 });
      return { browser: page.context().browser()?.version() ?? '', secondsUntilReady, ...measuredOf(news) };
    });
  } finally {
    await server.close();
  }
}

const say = (where: string, { secondsUntilNear, seconds, listsPerSecond, epochs, aboveTruth }: Measured): void => {
  process.stdout.write(
    `${where}: within 2 % of the truth after ${secondsUntilNear?.toFixed(1) ?? 'no'} s; ${epochs} epochs in ${seconds.toFixed(1)} s, ${Math.round(listsPerSecond)} lists/s, ${(100 * aboveTruth).toFixed(2)} % above the truth\n`,
  );
};

const started = new Date();
const machine = thisMachine();
// So that no engine pays for what is compiled at the first call.
await makeLists({ ...settings, lists: 500 });
const chromium = await inChromium();
say('Chromium', chromium);
const node: Record<string, Measured> = {};
for (const workers of options.workers.split(',').map(Number)) {
  node[`${workers} workers`] = await inNode(workers);
  say(`Node, ${workers} workers`, node[`${workers} workers`]);
}

if (!options['no-file']) {
  const require = createRequire(import.meta.url);
  const versionOf = (name: string): string => (require(`${name}/package.json`) as { version: string }).version;
  const versions = { commit: commitNow(), node: process.version, 'onnxruntime-node': versionOf('onnxruntime-node') };
  const file = join(options.out, `playground-${resultName(started, machine)}.json`);
  await mkdir(options.out, { recursive: true });
  await writeFile(
    file,
    `${JSON.stringify({ started: started.toISOString(), machine, versions, recipe, settings, chromium, node }, null, 2)}\n`,
  );
  process.stderr.write(`written to ${file}\n`);
}
