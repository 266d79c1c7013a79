// Pictures of the pages, on the drinks: `npm run build && node scripts/draw-pages.mjs [folder]`. Those of the README go to docs/images; every view in light, dark and on a phone goes to the
// folder, where one is named. Needs Chromium. The models are trained first, for half a minute.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import gifenc from 'gifenc';
import { chromiumPath, withBrowser } from './browser.mjs';
import { startPage } from './start-page.mjs';

if (chromiumPath() === undefined)
  throw new Error('draw-pages: expected Chromium, found none; install it, or name it in CHROMIUM');
const root = resolve(import.meta.dirname, '..');
const images = join(root, 'docs/images');
const [every] = process.argv.slice(2);
const LOOKS = [
  { name: 'light', width: 1280, height: 900 },
  { name: 'dark', width: 1280, height: 900, scheme: 'dark' },
  { name: 'phone', width: 390, height: 844 },
];
/** Milliseconds of a frame of the moving picture, and of its last one. */
const [FRAME_MS, LAST_MS] = [110, 2600];
const VIEWS = [
  { name: 'live', path: '/' },
  { name: 'lists', path: '/lists' },
  { name: 'reports', path: '/reports' },
];

const folder = mkdtempSync(join(tmpdir(), 'draw-pages-'));
const server = await startPage(folder);
try {
  await playVisits(server.url);
  await withBrowser(async (open) => {
    if (every !== undefined) await drawEvery(open, server.url, resolve(every));
    await drawReadme(open, server.url);
    await drawDrag(open, server.url);
  });
} finally {
  server.child.kill('SIGTERM');
  rmSync(folder, { recursive: true, force: true });
}

/** Some lists that are asked for, shown and clicked. */
async function playVisits(url) {
  const post = async (path, body) =>
    (
      await fetch(`${url}${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
    ).json();
  const menus = [
    ['small', 'medium', 'large'],
    ['small', 'large'],
    ['medium', 'large'],
  ];
  for (let n = 0; n < 8; n++) {
    const request = { id: `visit ${n}`, user: `u${n}`, items: menus[n % menus.length] };
    const { lists } = await post('/v1/rank', { requests: [request] });
    const items = lists[0].items.map(({ item }) => item);
    const click = { event: 'interaction', ranking: request.id, item: items[0], type: 'click' };
    await post('/v1/events', [{ event: 'ranking', ...request, items }, ...(n % 2 === 0 ? [click] : [])]);
  }
}

async function dragMedium(page, { each = async () => {}, steps = 12 } = {}) {
  const from = await page.locator('[data-candidate="medium"] .handle').boundingBox();
  const to = await page.locator('.slate-card[data-item="large"]').boundingBox();
  const start = { x: from.x + from.width / 2, y: from.y + from.height / 2 };
  const end = { x: to.x + 0.45 * to.width, y: to.y + 0.25 * to.height };
  await page.mouse.move(start.x, start.y);
  await page.mouse.down();
  for (let step = 1; step <= steps; step++) {
    await page.mouse.move(start.x + ((end.x - start.x) * step) / steps, start.y + ((end.y - start.y) * step) / steps);
    await each();
  }
}

function settled(page) {
  return page.waitForTimeout(900);
}

async function openLists(open, url, look) {
  const page = await open(`${url}/lists`, look);
  await page.locator('.slate-card .value').first().waitFor();
  await settled(page);
  return page;
}

async function drawEvery(open, url, folder) {
  mkdirSync(folder, { recursive: true });
  for (const look of LOOKS)
    for (const { name, path } of VIEWS) {
      const page = await open(`${url}${path}`, look);
      await settled(page);
      await settled(page);
      if (name === 'lists') await page.getByRole('button', { name: 'Add medium to the list' }).click();
      await settled(page);
      await page.screenshot({ path: join(folder, `${name}-${look.name}.png`), fullPage: true });
      await page.close();
    }
}

/** The three that the README shows. */
async function drawReadme(open, url) {
  const page = await openLists(open, url, { width: 1180, height: 860 });
  await dragMedium(page);
  await page.mouse.up();
  await settled(page);
  await page.screenshot({ path: join(images, 'page-lists.png') });
  const dark = await openLists(open, url, { width: 420, height: 840, scheme: 'dark' });
  await dark.getByRole('button', { name: 'Add medium to the list' }).click();
  await settled(dark);
  await dark.evaluate('scrollTo(0, 0)');
  await dark.screenshot({ path: join(images, 'page-phone.png') });
  const live = await open(`${url}/`, { width: 1180, height: 780 });
  await live.locator('.u-legend').first().waitFor();
  await settled(live);
  await live.screenshot({ path: join(images, 'page-live.png') });
}

/** The Medium on its way into the list, as a moving picture: the browser decodes its own screenshots. */
async function drawDrag(open, url) {
  const page = await openLists(open, url, { width: 1180, height: 640 });
  const shots = [];
  // All three drinks, where they are and where they come to.
  const clip = { x: 20, y: 104, width: 1140, height: 440 };
  const shoot = async () => void shots.push(await page.screenshot({ clip }));
  await shoot();
  await dragMedium(page, { each: shoot, steps: 10 });
  for (let n = 0; n < 6; n++) {
    await page.waitForTimeout(70);
    await shoot();
  }
  await page.mouse.up();
  await settled(page);
  await shoot();
  const blank = await open('about:blank');
  const gif = gifenc.GIFEncoder();
  for (const [at, shot] of shots.entries()) {
    const { data, width, height } = await blank.evaluate(async (text) => {
      const picture = new Image();
      picture.src = `data:image/png;base64,${text}`;
      await picture.decode();
      const canvas = document.createElement('canvas');
      [canvas.width, canvas.height] = [Math.round(picture.width * 0.7), Math.round(picture.height * 0.7)];
      const pen = canvas.getContext('2d');
      pen.imageSmoothingQuality = 'high';
      pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
      const { data: bytes } = pen.getImageData(0, 0, canvas.width, canvas.height);
      let packed = '';
      for (let from = 0; from < bytes.length; from += 32_768)
        packed += String.fromCharCode(...bytes.subarray(from, from + 32_768));
      return { data: btoa(packed), width: canvas.width, height: canvas.height };
    }, shot.toString('base64'));
    const pixels = new Uint8ClampedArray(Buffer.from(data, 'base64'));
    const palette = gifenc.quantize(pixels, 64);
    const delay = at === 0 ? 900 : at === shots.length - 1 ? LAST_MS : FRAME_MS;
    gif.writeFrame(gifenc.applyPalette(pixels, palette), width, height, { palette, delay });
  }
  gif.finish();
  writeFileSync(join(images, 'page-drag.gif'), gif.bytes());
}
