/** The editor of lists in Chromium: by mouse and by keyboard, with the numbers of the API. */
import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createClient } from '../../src/client.ts';
import type { ListModel } from '../../src/live/list-model.ts';
import { drinksModel, type MemoryHost, memoryHost } from '../memory-host.ts';
import { describePages, dragTo, itemsOf, openPage, servePages, shownOf, usePages } from './browser.ts';

const start = { lists: [{ id: 'drinks', items: ['small', 'large'] }], candidates: [['medium']] };
let models: readonly ListModel[] = [];
let host: MemoryHost;
beforeAll(async () => {
  models = [await drinksModel(2), await drinksModel(3)];
  host = memoryHost({ a: models[0], b: models[1] });
});
afterAll(async () => {
  for (const model of models) await model.close();
});
usePages();

async function openLists(
  options: Parameters<typeof openPage>[1] = {},
  hash = '',
): Promise<{ page: Page; url: string }> {
  const { url } = await servePages(host, { start });
  const { page } = await openPage(`${url}/lists${hash}`, options);
  await page.locator('.slate-card').first().waitFor();
  await expect.poll(() => shownOf(page, 'small')).toBeGreaterThan(0);
  return { page, url };
}

const rounded = (share: number | undefined): number => Math.round(1000 * (share ?? Number.NaN)) / 10;

describePages('the list', () => {
  it('shows the numbers of the API while a candidate is dragged in, before it is dropped', async () => {
    const { page, url } = await openLists();
    const client = createClient({ url });
    const before = await client.whatIf({ list: { items: ['small', 'large'] } });
    expect(await shownOf(page, 'large')).toBe(rounded(before.items[1]?.probability));
    await dragTo(page, '[data-candidate="medium"] .handle', '.slate-card[data-item="large"]', { drop: false });
    await expect.poll(() => itemsOf(page)).toEqual(['small', 'medium', 'large']);
    const now = await client.whatIf({ list: { items: ['small', 'medium', 'large'] } });
    await expect.poll(() => shownOf(page, 'large')).toBe(rounded(now.items[2]?.probability));
    const large = page.locator('.slate-card[data-item="large"] .beside');
    expect(await large.textContent()).toContain(`before ${rounded(before.items[1]?.probability).toFixed(1)}`);
    expect(await large.textContent()).toContain(`alone ${rounded(now.items[2]?.alone).toFixed(1)}`);
    expect(await page.getByTestId('totals').textContent()).toContain(now.expectedClicks.toFixed(3));
    await page.keyboard.press('Escape');
    await expect.poll(() => itemsOf(page)).toEqual(['small', 'large']);
    await page.mouse.up();
    expect(await itemsOf(page)).toEqual(['small', 'large']);
  });

  it('is put in another order, emptied and undone by the mouse', async () => {
    const { page } = await openLists();
    await dragTo(page, '.slate-card[data-item="large"] .name', '.slate-card[data-item="small"]', { down: 0.1 });
    await expect.poll(() => itemsOf(page)).toEqual(['large', 'small']);
    await dragTo(page, '.slate-card[data-item="large"] .handle', '#candidate-list');
    await expect.poll(() => itemsOf(page)).toEqual(['small']);
    await page.getByRole('button', { name: 'Remove small from the list' }).click();
    await page.getByText('The list is empty').waitFor();
    for (let n = 0; n < 3; n++) await page.getByRole('button', { name: 'Undo' }).click();
    expect(await itemsOf(page)).toEqual(['small', 'large']);
    await page.getByRole('button', { name: 'Redo' }).click();
    expect(await itemsOf(page)).toEqual(['large', 'small']);
  });

  it('is changed by the keyboard alone', async () => {
    const { page } = await openLists();
    await page.getByRole('button', { name: 'Move large, at place 2' }).focus();
    await page.keyboard.press('Space');
    await page.keyboard.press('ArrowUp');
    await expect.poll(() => itemsOf(page)).toEqual(['large', 'small']);
    await page.keyboard.press('Escape');
    await expect.poll(() => itemsOf(page)).toEqual(['small', 'large']);
    await page.keyboard.press('Space');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Space');
    expect(await itemsOf(page)).toEqual(['large', 'small']);
    await page.keyboard.press('Alt+ArrowDown');
    expect(await itemsOf(page)).toEqual(['small', 'large']);
    await page.getByRole('button', { name: 'Move medium into the list' }).focus();
    await page.keyboard.press('Space');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Space');
    expect(await itemsOf(page)).toEqual(['small', 'large', 'medium']);
    await page.keyboard.press('Control+z');
    expect(await itemsOf(page)).toEqual(['small', 'large']);
    await page.keyboard.press('Control+Shift+Z');
    expect(await itemsOf(page)).toEqual(['small', 'large', 'medium']);
    expect(await page.locator('[aria-live="assertive"]').textContent()).toContain('medium');
  });

  it('asks with a field that is otherwise, and takes it back', async () => {
    const { page, url } = await openLists();
    const before = await shownOf(page, 'large');
    await page.getByRole('button', { name: 'price 150 of large; edit' }).click();
    await page.keyboard.type('1');
    await page.keyboard.press('Enter');
    const asked = { list: { items: ['small', 'large'] }, asIf: { large: { price: 1 } } };
    const { items } = await createClient({ url }).whatIf(asked);
    await expect.poll(() => shownOf(page, 'large')).toBe(rounded(items[1]?.probability));
    expect(await shownOf(page, 'large')).not.toBe(before);
    await page.getByRole('button', { name: 'price 1 in truth 150 of large; edit' }).press('Enter');
    await page.getByLabel('price of large').fill('');
    await page.keyboard.press('Enter');
    const unknown = await createClient({ url }).whatIf({ ...asked, asIf: { large: { price: null } } });
    await expect.poll(() => shownOf(page, 'large')).toBe(rounded(unknown.items[1]?.probability));
    await page.getByRole('button', { name: 'price none in truth 150 of large; edit' }).press('Enter');
    await page.keyboard.type('150');
    await page.keyboard.press('Enter');
    await expect.poll(() => shownOf(page, 'large')).toBe(before);
    expect(await page.locator('.chip.changed').count()).toBe(0);
  });

  it('refuses at once what the model reads nothing of, in one sentence, and asks nobody', async () => {
    const { page } = await openLists();
    const refused = page.getByText('price: expected numbers, found "cheap"');
    const price = page.getByRole('button', { name: 'price 150 of large; edit' });
    await price.click();
    await page.keyboard.type('cheap');
    await page.keyboard.press('Enter');
    await refused.waitFor();
    expect(await page.getByLabel('price of large').getAttribute('aria-invalid')).toBe('true');
    await page.getByLabel('price of large').fill('cheap ');
    await refused.waitFor({ state: 'detached' });
    // Who leaves the field leaves it as it was.
    await page.getByRole('heading', { name: 'Best list' }).click();
    await price.waitFor();
    await refused.waitFor();
    expect(await page.getByRole('button', { name: 'Undo' }).isDisabled()).toBe(true);
    expect(await page.getByText('No answer').count()).toBe(0);
    await price.click();
    await refused.waitFor({ state: 'detached' });
    await page.keyboard.type('1');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'price 1 in truth 150 of large; edit' }).waitFor();
  });

  it('leaves nothing of what it asks with the server, the best list neither', async () => {
    const { page } = await openLists();
    const [answered] = await Promise.all([
      page.waitForResponse((response) => response.url().endsWith('/v1/generate')),
      page.getByRole('button', { name: 'Add medium to the list' }).click(),
    ]);
    expect([answered.status(), answered.request().postDataJSON().note]).toEqual([200, false]);
    expect([host.noted, host.live.recent(50)]).toEqual([[], []]);
  });

  it('counts a changed field as one change, which can be undone, and an escaped one as none', async () => {
    const { page } = await openLists();
    const before = await shownOf(page, 'large');
    const undo = page.getByRole('button', { name: 'Undo' });
    const price = page.getByRole('button', { name: 'price 150 of large; edit' });
    await price.click();
    await page.keyboard.type('2');
    await page.keyboard.press('Escape');
    await price.waitFor();
    expect(await undo.isDisabled()).toBe(true);
    await price.click();
    await page.keyboard.type('1');
    await page.keyboard.press('Enter');
    await expect.poll(() => shownOf(page, 'large')).not.toBe(before);
    const large = page.locator('.slate-card[data-item="large"] .beside');
    await expect.poll(() => large.textContent()).toContain(`before ${before.toFixed(1)}`);
    await undo.click();
    await price.waitFor();
    expect(await undo.isDisabled()).toBe(true);
    await expect.poll(() => shownOf(page, 'large')).toBe(before);
  });

  it('makes the best list by rules, tells their prices, and offers the best exchange', async () => {
    const { page, url } = await openLists();
    const client = createClient({ url });
    const best = page.locator('section[aria-labelledby="best-title"]');
    const made = async (rules: object): Promise<string> => {
      const request = { items: ['small', 'large', 'medium'] };
      const { lists } = await client.generate({ requests: [request], size: 2, rules, objective: 'clicks' });
      return lists[0]?.slates[0]?.expectedClicks?.toFixed(3) ?? '';
    };
    await expect.poll(() => best.textContent()).toContain(await made({}));
    await page.getByRole('button', { name: 'Pin large to its place' }).click();
    await expect.poll(() => best.textContent()).toContain(await made({ pin: [{ item: 'large', position: 1 }] }));
    await expect.poll(() => best.locator('.prices').textContent()).toContain('large');
    await page.getByRole('button', { name: 'Exclude small' }).press('Enter');
    expect(await itemsOf(page)).toEqual(['large']);
    await page.getByRole('button', { name: 'Allow small again' }).click();
    await page.getByRole('button', { name: 'Add small to the list' }).click();
    const { swap, expectedClicks } = await client.whatIf({ list: { items: ['large', 'small'] }, swaps: ['medium'] });
    const told =
      swap && swap.expectedClicks > expectedClicks + 0.0005
        ? `Best exchange: ${swap.in} for ${swap.out}`
        : 'No exchange';
    await expect.poll(() => page.locator('.swap').textContent()).toContain(told);
  });

  it('exchanges no item that is pinned', async () => {
    const { page, url } = await openLists();
    const client = createClient({ url });
    const list = { items: ['small', 'large'] };
    const { swap } = await client.whatIf({ list, swaps: ['medium'] });
    const [out = '', stays = ''] = swap?.out === 'small' ? ['small', 'large'] : ['large', 'small'];
    await page.getByRole('button', { name: `Pin ${out} to its place` }).click();
    const pinned = await client.whatIf({ list, swaps: ['medium'], pinned: [out] });
    expect(pinned.swap?.out).toBe(stays);
    const gains = (pinned.swap?.expectedClicks ?? 0) > pinned.expectedClicks + 0.0005;
    const told = page.locator('.swap');
    await expect
      .poll(() => told.textContent())
      .toContain(gains ? `Best exchange: medium for ${stays}` : '1 of 1 tried');
    await page.getByRole('button', { name: `Pin ${stays} to its place` }).click();
    await expect.poll(() => told.count()).toBe(0);
  });

  it('stays on the screen on the way to the comparison and back, and is in the address', async () => {
    const { page, url } = await openLists();
    await page.getByRole('button', { name: 'Add medium to the list' }).click();
    const current = page.getByRole('navigation').locator('[aria-current]');
    expect(await current.textContent()).toBe('Lists');
    await page.getByRole('link', { name: 'Compare' }).press('Enter');
    await expect.poll(() => current.textContent()).toBe('Compare');
    await expect.poll(() => page.title()).toBe('Slatewise: Compare');
    await expect.poll(() => page.url()).toContain('#compare&list=');
    const other = await openPage(page.url());
    await expect.poll(() => itemsOf(other.page)).toEqual(['small', 'large', 'medium']);
    await expect.poll(() => other.page.evaluate<number>('scrollY')).toBeGreaterThan(100);
    await page.getByRole('link', { name: 'Lists' }).click();
    await expect.poll(() => current.textContent()).toBe('Lists');
    await expect.poll(() => page.url()).toContain('/lists#list=');
    expect(await itemsOf(page)).toEqual(['small', 'large', 'medium']);
    const direct = await openPage(`${url}/lists#compare`);
    await expect.poll(() => itemsOf(direct.page)).toEqual(['small', 'large']);
    await expect
      .poll(() => direct.page.getByRole('navigation').locator('[aria-current]').textContent())
      .toBe('Compare');
  });

  it('is found again by its address, and leaves as table, picture, request and command', async () => {
    const { page, url } = await openLists();
    await page.getByRole('button', { name: 'Add medium to the list' }).click();
    await expect.poll(() => page.url()).toContain('#list=');
    await page.getByRole('button', { name: 'Copy link' }).click();
    const link = await page.evaluate<string>('navigator.clipboard.readText()');
    expect(link).toContain(`${url}/lists#list=`);
    const other = await openPage(link);
    await expect.poll(() => itemsOf(other.page)).toEqual(['small', 'large', 'medium']);
    const saved = async (name: string): Promise<Buffer> => {
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name, exact: true }).click(),
      ]);
      return readFile(await download.path());
    };
    expect(String(await saved('CSV'))).toMatch(/^place,item,probability,before,alone\n1,small,0\.\d+/);
    expect((await saved('PNG')).subarray(1, 4).toString()).toBe('PNG');
    expect(JSON.parse(String(await saved('Request')))).toMatchObject({
      event: 'ranking',
      items: [{ id: 'small' }, { id: 'large' }, { id: 'medium' }],
    });
    expect(await page.locator('.command').textContent()).toBe('npx slatewise explain models/a what-if.jsonl --json');
  });

  it('is answered by another model beside it, differences marked', async () => {
    const { page, url } = await openLists();
    const [a, b] = await Promise.all(
      ['a', 'b'].map((model) => createClient({ url }).whatIf({ model, list: { items: ['small', 'large'] } })),
    );
    const row = page.locator('.compare tbody tr').first();
    await expect.poll(() => row.textContent()).toContain(`${rounded(b?.items[0]?.probability).toFixed(1)}`);
    expect(await row.textContent()).toContain(`${rounded(a?.items[0]?.probability).toFixed(1)}`);
    await page.getByRole('button', { name: 'Keep this list, then change it' }).click();
    await page.getByRole('button', { name: 'Add medium to the list' }).click();
    await expect
      .poll(() => page.locator('section[aria-labelledby="two-lists-title"]').textContent())
      .toContain('only here');
  });

  it('searches for items, and for users', async () => {
    const { page } = await openLists();
    await page.getByLabel('Search items').fill('med');
    await page.getByText('1 item', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Add medium to the list' }).click();
    await expect.poll(() => itemsOf(page)).toEqual(['small', 'large', 'medium']);
    await page.getByLabel('Search items').fill('nothing like it');
    await page.getByText('No item has this').waitFor();
    await page.getByLabel('User').fill('u7');
    await page.getByLabel('User').press('Enter');
    await expect.poll(() => page.url()).toContain('#list=');
  });
});
