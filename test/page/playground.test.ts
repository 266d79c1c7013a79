/** The playground in a real Chromium, from a file server that sends no header but the type. */
import { mkdtemp, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Page } from 'playwright-core';
import { build } from 'vite';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { chromiumPath } from '../../scripts/browser.mjs';
import { serveFolder } from '../../scripts/serve-folder.mjs';
import { makeLists } from '../../src/playground/lists.ts';
import { createTraining } from '../../src/playground/training.ts';
import { truthDefaults } from '../../src/playground/truth-settings.ts';
import { setWebPlace } from '../../src/runtime/web/place.ts';
import { simulateDrinks } from '../../src/simulator/drinks.ts';
import { eventToJson } from '../../src/slate/event-to-json.ts';
import { describePages, openPage, usePages } from './browser.ts';

// What trains here is the engine that Chromium runs.
vi.mock('../../src/runtime/node/open-model.ts', () => import('../../src/runtime/web/open-model.ts'));

const SLOW = { timeout: 300_000 };
const PATIENT = { timeout: 240_000 };

usePages();
let server: Awaited<ReturnType<typeof serveFolder>> | undefined;
beforeAll(async () => {
  if (chromiumPath() === undefined) return;
  const folder = await mkdtemp(join(tmpdir(), 'playground-'));
  const configFile = resolve(import.meta.dirname, '../../page/playground/vite.config.ts');
  await build({ configFile, build: { outDir: folder } });
  server = await serveFolder(folder);
});
afterAll(() => server?.close());

/** Opened, and with the fewest lists: the slider is moved by the keyboard. */
async function openSmall(look: Parameters<typeof openPage>[1] = {}): Promise<Page> {
  const { page } = await openPage(server?.url ?? '', look);
  await page.getByText('10,000 lists of 3 items').waitFor(PATIENT);
  await page.getByLabel('Lists shown').press('Home');
  await page.getByText('500 lists of 3 items').waitFor(PATIENT);
  return page;
}

const act = (page: Page, word: string, recipe: string): ReturnType<Page['getByRole']> =>
  page.getByRole('button', { name: `${word} ${recipe}`, exact: true });

/** What a row of the table of trainings says, from left to right. */
const rowOf = (page: Page, recipe: string): Promise<readonly string[]> =>
  page.locator('.trainings tbody tr', { hasText: recipe }).locator('td').allInnerTexts();

describePages('the playground', () => {
  it('trains, stops, goes on, and ends with the weights that Node gives, bit for bit', SLOW, async () => {
    const page = await openSmall();
    await act(page, 'Train', 'attention-bce').click();
    await page.locator('.curve circle').nth(1).waitFor(PATIENT);
    await act(page, 'Stop', 'attention-bce').click();
    await act(page, 'Go on', 'attention-bce').waitFor(PATIENT);
    const points = await page.locator('.curve circle').count();
    await act(page, 'Go on', 'attention-bce').click();
    await page.getByText('attention-bce has ended').waitFor(PATIENT);
    expect(await page.locator('.curve circle').count()).toBeGreaterThan(points);
    const [, above, epoch, train] = await rowOf(page, 'attention-bce');
    expect([above, epoch, train].join(' ')).toMatch(/^\d+\.\d\d\s% \d+ of 14 0\.\d{4}$/);

    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Save its weights' }).click(),
    ]);
    const saved = JSON.parse(await readFile(await download.path(), 'utf8')) as {
      readonly weights: Readonly<Record<string, readonly number[]>>;
    };
    const wasm = createRequire(import.meta.url).resolve('onnxruntime-web/ort-wasm-simd-threaded.wasm');
    setWebPlace({ wasm: await readFile(wasm) });
    const training = createTraining(await makeLists({ ...truthDefaults, lists: 500 }), {
      ...{ recipe: 'attention-bce', seed: 1, workers: 1 },
    });
    await training.run(new AbortController().signal, {});
    const weights = Object.entries(training.weights()).map(([name, values]) => [name, [...values]]);
    expect(saved.weights).toEqual(Object.fromEntries(weights));
  });

  it('is another truth after a slider is moved by the keyboard, and what was learned is gone', SLOW, async () => {
    const page = await openSmall();
    await act(page, 'Train', 'pointwise-bce').press('Enter');
    await page.locator('.curve circle').first().waitFor(PATIENT);
    const company = page.getByLabel('Strength of company');
    await company.press('ArrowRight');
    expect(await company.getAttribute('aria-valuetext')).toBe('1.1 ×');
    await act(page, 'Train', 'pointwise-bce').waitFor(PATIENT);
    expect(await page.locator('.curve circle').count()).toBe(0);
    await page.getByLabel('A small marketplace').check();
    await page.getByText('5,000 lists of').waitFor(PATIENT);
    await page.getByLabel('Items of a list').press('Home');
    expect(await page.getByLabel('Items of a list').inputValue()).toBe('2');
  });

  it('learns from a log of ones own, tells what of it cannot be used, and refuses what is none', SLOW, async () => {
    const page = await openSmall();
    const events = [...simulateDrinks({ impressions: 400, seed: 9 })].flatMap((row) =>
      'event' in row ? [JSON.stringify(eventToJson(row.event))] : [],
    );
    const log = page.getByLabel('Event log');
    const give = (name: string, text: string): Promise<void> =>
      log.setInputFiles({ name, mimeType: 'application/json', buffer: Buffer.from(text) });
    await give('mine.jsonl', [...events, 'not JSON'].join('\n'));
    await page.getByText('400 lists of 3 items').waitFor(PATIENT);
    await page.getByText('1 lines could not be used').waitFor();
    await act(page, 'Train', 'attention-bce').click();
    await page.getByRole('heading', { name: 'Probabilities against what was clicked' }).waitFor();
    await page.getByRole('rowheader', { name: 'large beside medium and small' }).waitFor(PATIENT);
    await give('none.jsonl', '{"event":"item"}');
    await page.getByRole('alert').getByText('none.jsonl: expected at least one ranking event').waitFor(PATIENT);
    await page.getByLabel('Three drinks').focus();
    await page.getByLabel('Lists shown').press('ArrowRight');
    await page.getByText('1,000 lists of 3 items').waitFor(PATIENT);
    expect(await page.getByRole('alert').count()).toBe(0);
  });

  it.each([
    { name: 'wide', width: 1280, scheme: 'light' },
    { name: 'on a phone in the dark', width: 390, scheme: 'dark' },
  ] as const)('$name: axe finds nothing, and nothing is wider than the screen', SLOW, async ({ width, scheme }) => {
    const page = await openSmall({ width, scheme });
    await act(page, 'Train', 'attention-listnet').click();
    await page.locator('.curve circle').nth(1).waitFor(PATIENT);
    await page.getByText('As numbers').click();
    await page.evaluate(await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8'));
    const violations = await page.evaluate(() =>
      (
        globalThis as unknown as {
          axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
        }
      ).axe
        .run()
        .then(({ violations: found }) => found.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)),
    );
    expect(violations).toEqual([]);
    const [found, screen] = await page.evaluate<readonly number[]>(
      '[document.documentElement.scrollWidth, innerWidth]',
    );
    expect(found).toBeLessThanOrEqual(screen);
  });
});
