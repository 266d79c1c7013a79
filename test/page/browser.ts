/** Pages in a real Chromium, from a server in this process: Debian's, unless CHROMIUM names another. Where there is none, tests of pages are skipped, and say so. */
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { build } from 'vite';
import { afterAll, afterEach, beforeAll, describe, expect } from 'vitest';
import { chromiumPath } from '../../scripts/browser.mjs';
import type { Host } from '../../src/serve/host.ts';
import { type ListenOptions, startServer } from '../../src/serve/http/start-server.ts';

const ROOT = resolve(import.meta.dirname, '../..');

if (chromiumPath() === undefined)
  process.stderr.write(
    'tests of the pages are skipped: expected Chromium, found none; install it (Debian: apt-get install chromium), or name it in CHROMIUM\n',
  );

/** Like `describe`, where there is a browser. */
export const describePages: (name: string, tests: () => void) => void = (name, tests) =>
  describe.skipIf(chromiumPath() === undefined)(name, tests);

export interface OpenOptions {
  readonly width?: number;
  readonly height?: number;
  readonly scheme?: 'light' | 'dark';
  /** Faults of the console that the test brings about. */
  readonly expects?: RegExp;
}

export interface OpenedPage {
  readonly page: Page;
  /** What the console and the page itself complained of. */
  readonly complaints: string[];
  /** Addresses that were asked. */
  readonly asked: string[];
}

let browser: Browser | undefined;
let pages = '';
const servers: { stop(): Promise<void> }[] = [];
const opened: (OpenedPage & { readonly expects: RegExp | undefined })[] = [];

/** To be called once in a file: builds the pages, starts the browser, and sees after each test that nothing was complained of and no other host asked. */
export function usePages(): void {
  beforeAll(async () => {
    if (chromiumPath() === undefined) return;
    pages = await mkdtemp(join(tmpdir(), 'pages-'));
    await build({ configFile: join(ROOT, 'page/vite.config.ts'), build: { outDir: pages } });
    browser = await chromium.launch({ executablePath: chromiumPath() ?? '', args: ['--no-sandbox'] });
  });
  afterEach(async () => {
    for (const { page, complaints, asked, expects } of opened.splice(0)) {
      const { origin } = new URL(page.url());
      await page.close();
      expect(complaints.filter((complaint) => !expects?.test(complaint))).toEqual([]);
      expect(asked.filter((url) => !url.startsWith(origin) && !/^(?:blob|data):/.test(url))).toEqual([]);
    }
    for (const server of servers.splice(0)) await server.stop();
  });
  afterAll(() => browser?.close());
}

/** A server with the pages, which ends with the test. */
export async function servePages(
  host: Host,
  options: Partial<ListenOptions> = {},
): Promise<{ readonly url: string; stop(): Promise<void> }> {
  const server = await startServer(host, { port: 0, pages, drainMs: 100, ...options });
  servers.push(server);
  return server;
}

export async function openPage(
  url: string,
  { width = 1280, height = 900, scheme = 'light', expects }: OpenOptions = {},
): Promise<OpenedPage> {
  if (!browser) throw new TypeError('openPage: expected usePages in the file, found none');
  const context = await browser.newContext({ viewport: { width, height }, colorScheme: scheme, acceptDownloads: true });
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  const complaints: string[] = [];
  const asked: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', ({ message }) => complaints.push(message));
  page.on('request', (request) => asked.push(request.url()));
  const one = { page, complaints, asked, expects };
  opened.push(one);
  await page.goto(url);
  return one;
}

/** Ids of the items on the list, from the top. */
export const itemsOf = (page: Page): Promise<readonly string[]> =>
  page.locator('.slate-card').evaluateAll((cards) => cards.map((card) => card.getAttribute('data-item') ?? ''));

/** The probability that a card shows, in percent. */
export const shownOf = async (page: Page, id: string): Promise<number> =>
  Number.parseFloat((await page.locator(`.slate-card[data-item="${id}"] .value`).textContent()) ?? '');

/** Drags by the mouse from the middle of one element to a point of another. */
export async function dragTo(
  page: Page,
  from: string,
  to: string,
  { drop = true, down = 0.2 }: { readonly drop?: boolean; readonly down?: number } = {},
): Promise<void> {
  const [start, end] = await Promise.all([page.locator(from).boundingBox(), page.locator(to).boundingBox()]);
  if (!start || !end) throw new Error(`expected ${from} and ${to} on the screen`);
  await page.mouse.move(start.x + start.width / 2, start.y + start.height / 2);
  await page.mouse.down();
  await page.mouse.move(end.x + end.width / 2, end.y + down * end.height, { steps: 8 });
  if (drop) await page.mouse.up();
}
