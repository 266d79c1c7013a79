// Pictures of the playground: `npm run build && node scripts/draw-playground.mjs`. It trains two recipes in Chromium and writes docs/images/playground.png, which the README shows;
// `node scripts/draw-playground.mjs <folder>` writes it there, and how it looks in the dark, with the marketplace, and on a phone. Needs Chromium.
import { join, resolve } from 'node:path';
import { chromiumPath, withBrowser } from './browser.mjs';
import { serveFolder } from './serve-folder.mjs';

if (chromiumPath() === undefined)
  throw new Error('draw-playground: expected Chromium, found none; install it, or name it in CHROMIUM');
const root = resolve(import.meta.dirname, '..');
const [given] = process.argv.slice(2);
const folder = given ?? join(root, 'docs/images');
const PATIENT = { timeout: 300_000 };

const server = await serveFolder(join(root, 'dist/playground'));
await withBrowser(async (open) => {
  const page = await open(server.url, { width: 1280, height: 1000 });
  const train = async (recipe) => {
    await page.locator('.acts button:enabled').first().waitFor(PATIENT);
    await page.getByRole('button', { name: `Train ${recipe}`, exact: true }).click();
    await page.getByText(`${recipe} has ended`).waitFor(PATIENT);
  };
  const draw = (name) => page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
  await train('pointwise-bce');
  await train('attention-bce');
  await draw('playground');
  if (given === undefined) return;
  await page.emulateMedia({ colorScheme: 'dark' });
  await draw('playground-dark');
  await page.setViewportSize({ width: 390, height: 844 });
  await draw('playground-phone-dark');
  await page.emulateMedia({ colorScheme: 'light' });
  await draw('playground-phone');
  await page.setViewportSize({ width: 1280, height: 1000 });
  await page.getByLabel('A small marketplace').check();
  await page.getByText('5,000 lists of').waitFor(PATIENT);
  await page.getByRole('button', { name: 'Train attention-bce', exact: true }).click();
  await page.locator('.points circle').first().waitFor(PATIENT);
  await draw('playground-market');
});
await server.close();
