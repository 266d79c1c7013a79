// Draws the picture of a report that the README shows, docs/images/report.png: `npm run build && node scripts/draw-report.mjs`. It trains for some minutes; `node scripts/draw-report.mjs <page>` takes a
// page that is there. Needs Chromium.
import { execFileSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromiumPath, withBrowser } from './browser.mjs';

if (chromiumPath() === undefined)
  throw new Error('draw-report: expected Chromium, found none; install it, or name it in CHROMIUM');
const root = resolve(import.meta.dirname, '..');
const [given] = process.argv.slice(2);
const address = pathToFileURL(resolve(given ?? madeReport())).href;
await withBrowser(async (open) => {
  const page = await open(address, { width: 1280, height: 1340 });
  await page.screenshot({ path: join(root, 'docs/images/report.png') });
});

function madeReport() {
  const folder = mkdtempSync(join(tmpdir(), 'report-'));
  const slatewise = (...args) =>
    execFileSync(process.execPath, [join(root, 'dist/cli/main.js'), ...args], {
      cwd: folder,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  const simulated = ['--impressions', '4000', '--items', '80', '--users', '300', '--seed', '5'];
  slatewise('simulate', ...simulated, '--out', 'sim.jsonl', '--truth', 'truth.jsonl');
  slatewise('compare', 'sim.jsonl', '--truth', 'truth.jsonl', '--seeds', '3', '--out', 'runs');
  slatewise('worth', 'sim.jsonl', '--seeds', '3', '--from', 'runs', '--out', 'worth');
  slatewise('report', 'runs', '--with', 'worth', '--out', 'report.html');
  return join(folder, 'report.html');
}
