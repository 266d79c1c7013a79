/** What leaves the page and is asked elsewhere: the command that it shows, run on the request that it saves, has its numbers. */
import { execFile } from 'node:child_process';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import type { Page } from 'playwright-core';
import { afterEach, expect, it } from 'vitest';
import type { InfluenceJson } from '../../src/scoring/influence.ts';
import { createHost } from '../../src/serve/host/create-host.ts';
import type { Host } from '../../src/serve/host.ts';
import { modelsFolder } from '../served-models.ts';
import { describePages, itemsOf, openPage, servePages, shownOf, usePages } from './browser.ts';

const ROOT = resolve(import.meta.dirname, '../..');
usePages();

const hosts: Host[] = [];
afterEach(async () => {
  for (const host of hosts.splice(0)) await host.close();
});

/** The editor on models that lie in a folder, as the command line finds them. */
async function openLists(models: string): Promise<Page> {
  const journal = await mkdtemp(join(tmpdir(), 'exported-'));
  const host = await createHost({ models, journal, loadAll: true, durability: 'process' });
  hosts.push(host);
  const start = { lists: [{ id: 'drinks', items: ['small', 'large'] }], candidates: [['medium']], models };
  const { url } = await servePages(host, { start });
  const { page } = await openPage(`${url}/lists`);
  await expect.poll(() => shownOf(page, 'small')).toBeGreaterThan(0);
  return page;
}

/** Saves the request, and runs what the page shows, from source. */
async function answerOfCommand(page: Page): Promise<InfluenceJson> {
  const folder = await mkdtemp(join(tmpdir(), 'exported-'));
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Request', exact: true }).click(),
  ]);
  await download.saveAs(join(folder, download.suggestedFilename()));
  const [npx, name, ...args] = ((await page.locator('.command').textContent()) ?? '').trim().split(' ');
  expect([npx, name]).toEqual(['npx', 'slatewise']);
  const source = ['--import', import.meta.resolve('tsx'), '-C', 'slatewise-source', join(ROOT, 'src/cli/main.ts')];
  const { stdout } = await promisify(execFile)(process.execPath, [...source, ...args], { cwd: folder });
  return JSON.parse(stdout) as InfluenceJson;
}

const percentOf = (share: number | undefined): number => Math.round(1000 * (share ?? Number.NaN)) / 10;

/** Every number that the command tells stands on the page. */
async function expectShown(page: Page, answer: InfluenceJson): Promise<void> {
  expect(await itemsOf(page)).toEqual(answer.items.map((item) => item?.item));
  for (const item of answer.items) expect(await shownOf(page, item?.item ?? '')).toBe(percentOf(item?.probability));
  const totals = await page.getByTestId('totals').textContent();
  expect(totals).toContain(answer.expectedClicks.toFixed(3));
  expect(totals).toContain(`${percentOf(answer.anyClick).toFixed(1)}\u00a0%`);
  const cells = await page.locator('.influence td .number').allTextContents();
  const effects = answer.influence.flatMap((row) => row.flatMap((value) => (value === null ? [] : [100 * value])));
  expect(cells.map((text) => Number(text.replace('−', '-')))).toEqual(
    effects.map((effect) => expect.closeTo(effect, 0.051)),
  );
}

describePages('the exported request and command', () => {
  it('give the numbers of the page: with a changed field, a user, another order and another model', async () => {
    const page = await openLists(await modelsFolder('a', 'b'));
    await expectShown(page, await answerOfCommand(page));
    await page.getByRole('button', { name: 'Add medium to the list' }).click();
    await page.getByRole('button', { name: 'Move medium, at place 3' }).press('Alt+ArrowUp');
    await page.getByRole('button', { name: /^price \d+ of large; edit$/ }).click();
    await page.keyboard.type('90');
    await page.keyboard.press('Enter');
    await page.getByLabel('User').fill('u7');
    await page.getByLabel('User').press('Enter');
    await page.getByRole('combobox', { name: /^Model/ }).selectOption('b');
    await page.locator('.older').first().waitFor({ state: 'detached' });
    const answer = await answerOfCommand(page);
    expect(answer.items.map((item) => item?.item)).toEqual(['small', 'medium', 'large']);
    await expectShown(page, answer);
  });
});
