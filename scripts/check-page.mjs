// Opens a report as people do, in Chromium: wide, on a phone, in the dark and on paper. axe-core must find nothing, nothing may be loaded, and nothing may be wider than the screen.
// `npm run check:page` makes a small comparison first; `node scripts/check-page.mjs <page>` takes a page that is there. Needs Chromium: where there is none, it says so and passes.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromiumPath, withBrowser } from './browser.mjs';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const LOOKS = [
  { name: 'wide', width: 1280 },
  { name: 'wide, dark', width: 1280, scheme: 'dark' },
  { name: 'phone', width: 390 },
  { name: 'phone, dark', width: 390, scheme: 'dark' },
];

if (chromiumPath() === undefined) {
  console.log(
    'check:page skipped: expected Chromium, found none; install it (Debian: apt-get install chromium), or name it in CHROMIUM',
  );
} else {
  const [given] = process.argv.slice(2);
  const folder = given === undefined ? mkdtempSync(join(tmpdir(), 'page-')) : undefined;
  try {
    for (const page of given === undefined ? smallReports(folder) : [given]) await checkPage(page);
  } finally {
    if (folder !== undefined) rmSync(folder, { recursive: true });
  }
}

/** Three recipes on a small simulated log, the answers of worth and effects beside them; and one model. */
function smallReports(folder) {
  const root = resolve(import.meta.dirname, '..');
  const slatewise = (...args) =>
    execFileSync(process.execPath, [join(root, 'dist/cli/main.js'), ...args], {
      cwd: folder,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  const model = { width: 16, feedForward: 32, heads: 2 };
  const recipes = Object.fromEntries(
    ['pointwise-bce', 'attention-bce', 'attention-listnet'].map((name) => [name, { epochs: 3, model }]),
  );
  writeFileSync(join(folder, 'config.json'), JSON.stringify({ recipes }));
  const study = ['log.jsonl', '--config', 'config.json', '--seeds', '2', '--workers', '1'];
  slatewise(
    'simulate',
    '--impressions',
    '1500',
    '--items',
    '40',
    '--users',
    '100',
    '--seed',
    '1',
    '--out',
    'log.jsonl',
  );
  slatewise('compare', ...study, '--recipes', Object.keys(recipes).join(','), '--out', 'runs');
  slatewise('worth', ...study, '--from', 'runs', '--out', 'worth');
  slatewise('effects', ...study, '--from', 'runs', '--by', 'category', '--out', 'effects');
  slatewise('report', 'runs', '--with', 'worth', '--with', 'effects', '--out', 'page.html');
  slatewise('train', 'log.jsonl', '--config', 'config.json', '--recipe', 'attention-bce', '--out', 'model');
  slatewise('report', 'model', '--out', 'model.html');
  return ['page.html', 'model.html'].map((page) => join(folder, page));
}

async function checkPage(path) {
  const address = pathToFileURL(resolve(path)).href;
  const faults = [];
  await withBrowser(async (open) => {
    for (const look of LOOKS) {
      const page = await open('about:blank', look);
      const loaded = [];
      page.on('request', (request) => loaded.push(request.url()));
      await page.goto(address);
      // Whatever can be opened is looked at too.
      await page.evaluate(() => {
        for (const each of document.querySelectorAll('details')) each.open = true;
      });
      await page.evaluate(AXE);
      const { violations } = await page.evaluate(() => globalThis.axe.run());
      for (const { id, impact, help, nodes } of violations)
        faults.push(
          `${look.name}: ${id} (${impact}): ${help}, ${nodes.length} times, first ${nodes[0].target.join(' ')}`,
        );
      const [width, screen] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
      if (width > screen) faults.push(`${look.name}: expected a page of ${screen} pixels, found one of ${width}`);
      for (const url of loaded)
        if (url !== address) faults.push(`${look.name}: expected nothing to be loaded, found ${url}`);
      console.log(
        `${look.name}: axe finds ${violations.length === 0 ? 'nothing' : violations.map(({ id }) => id).join(', ')}`,
      );
      await page.close();
    }
    faults.push(...(await keyboardFaults(await open(address))), ...(await paperFaults(await open(address))));
  });
  if (faults.length > 0) throw new Error(`${path}:\n${faults.join('\n')}`);
  console.log(`${path}: nothing found`);
}

/** The first key leads to the content, and every table is reached and opened. */
async function keyboardFaults(page) {
  await page.keyboard.press('Tab');
  const first = await page.evaluate(() => document.activeElement?.textContent);
  await page.locator('figure summary').first().focus();
  await page.keyboard.press('Enter');
  const isOpen = await page.evaluate(() => document.querySelector('figure details')?.open === true);
  return [
    ...(first === 'To the content' ? [] : [`keyboard: expected the link to the content first, found ${first}`]),
    ...(isOpen ? [] : ['keyboard: expected the numbers behind a picture to open with Enter, they stay closed']),
  ];
}

/** In light, whatever the screen has. */
async function paperFaults(page) {
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  const [ink, ground] = await page.evaluate(() => {
    const { color, backgroundColor } = getComputedStyle(document.body);
    return [color, backgroundColor];
  });
  const pdf = await page.pdf({ format: 'A4' });
  return [
    ...(ground === 'rgb(255, 255, 255)' && ink !== ground
      ? []
      : [`paper: expected dark on white, found ${ink} on ${ground}`]),
    ...(pdf.length > 10_000 ? [] : [`paper: expected pages, found ${pdf.length} bytes`]),
  ];
}
