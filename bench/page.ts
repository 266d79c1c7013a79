/**
 * How long a change of a list takes until its answer is painted, in Chromium: from the event of the keyboard to the frame after which every number on
 * the page is that of the new list. `npm run build` first, then `npx tsx bench/page.ts`. How to read it: bench/README.md.
 */
import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { withBrowser } from '../scripts/browser.mjs';
import { startPage } from '../scripts/start-page.mjs';
import { createRng } from '../src/random/rng.ts';
import { commitNow, resultName, thisMachine } from './machine.ts';
import { changes, type TimedPage } from './page/changes.ts';
import { WATCH_PAINTS } from './page/watch-paints.ts';

const { values: options } = parseArgs({
  options: {
    items: { type: 'string', default: '30' },
    candidates: { type: 'string', default: '70' },
    changes: { type: 'string', default: '200' },
    /** Milliseconds from one answer to the next change: the best list and the best exchange are looked for meanwhile. */
    pause: { type: 'string', default: '300' },
    /** Made by an earlier run: nothing is trained then. */
    prepared: { type: 'string' },
    out: { type: 'string', default: fileURLToPath(new URL('./results', import.meta.url)) },
    'no-file': { type: 'boolean', default: false },
  },
});
const [items, candidates, wanted, pause] = [options.items, options.candidates, options.changes, options.pause].map(
  Number,
);
/** What an answer may take, in milliseconds. */
const BAR = 100;
const OPENINGS = 5;
const program = fileURLToPath(new URL('../bin/slatewise.mjs', import.meta.url));

/** A market whose lists are as long as that of the page, an attention model of it with the recipe's own widths, and one request. */
async function prepared(): Promise<{ readonly folder: string; readonly args: readonly string[] }> {
  const args = ['model', 'requests.jsonl', '--size', String(items)];
  if (options.prepared !== undefined) return { folder: options.prepared, args };
  const folder = await mkdtemp(join(tmpdir(), 'bench-page-'));
  const run = (...args: readonly string[]): void =>
    void execFileSync(process.execPath, [program, ...args], { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
  run(
    'simulate',
    '--impressions',
    '1000',
    '--items',
    String(items + candidates),
    '--size',
    String(items),
    '--seed',
    '1',
    '--out',
    'market.jsonl',
  );
  run('train', 'market.jsonl', '--recipe', 'attention-bce', '--out', 'model');
  const ids = Array.from({ length: items + candidates }, (_, n) => ({ id: `i${n + 1}` }));
  const request = { event: 'ranking', id: 'long', timestamp: '2030-01-01T00:00:00Z', user: 'u1', items: ids };
  await writeFile(join(folder, 'requests.jsonl'), `${JSON.stringify(request)}\n`);
  process.stderr.write(`prepared in ${folder}\n`);
  return { folder, args };
}

interface Spread {
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly most: number;
}

function spreadOf(milliseconds: readonly number[]): Spread {
  const sorted = [...milliseconds].sort((a, b) => a - b);
  const at = (share: number): number => Number((sorted[Math.ceil(share * sorted.length) - 1] ?? Number.NaN).toFixed(1));
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99), most: at(1) };
}

const started = new Date();
const machine = thisMachine();
const { folder, args } = await prepared();
const server = await startPage(folder, args);
const measured = await withBrowser(async (open) => {
  const openLists = async (): Promise<TimedPage> => {
    const page = await open('about:blank');
    await page.addInitScript(WATCH_PAINTS);
    await page.goto(`${server.url}/lists`);
    await page.evaluate("globalThis.paints.until('first')");
    return page;
  };
  const first: number[] = [];
  for (let n = 0; n < OPENINGS; n++) {
    const page = await openLists();
    first.push(await page.evaluate<number>('globalThis.paints.first'));
    await page.close();
  }
  const page = await openLists();
  await page.waitForTimeout(2000);
  const each = await changes(page, { rng: createRng(1), count: wanted, pause });
  return { browser: page.context().browser()?.version() ?? '', first, each };
}).finally(() => server.child.kill('SIGTERM'));

const all = measured.each.map(({ painted }) => painted);
const kinds = [...new Set(measured.each.map(({ kind }) => kind))];
const result = {
  ...{ items, candidates, pause, changes: measured.each.length, browser: measured.browser },
  paintedMs: spreadOf(all),
  answeredMs: spreadOf(measured.each.map(({ answered }) => answered)),
  withinBar: all.filter((milliseconds) => milliseconds <= BAR).length / all.length,
  byKind: Object.fromEntries(
    kinds.map((kind) => [kind, spreadOf(measured.each.flatMap((one) => (one.kind === kind ? [one.painted] : [])))]),
  ),
  firstViewMs: spreadOf(measured.first),
};
process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);

if (!options['no-file']) {
  const file = join(options.out, `page-${resultName(started, machine)}.json`);
  await mkdir(options.out, { recursive: true });
  const versions = { commit: commitNow(), node: process.version };
  await writeFile(
    file,
    `${JSON.stringify({ started: started.toISOString(), machine, versions, ...result }, null, 2)}\n`,
  );
  process.stderr.write(`written to ${file}\n`);
}
