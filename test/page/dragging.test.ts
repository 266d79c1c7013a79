/** What a drag can reach: all of the article's list is on the first screen, and the page moves under what is held at its edges. */
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { describePages, dragTo, itemsOf, openPage, servePages, shownOf, usePages } from './browser.ts';
import { useDrinks } from './drinks-host.ts';

const LAPTOP = { width: 1366, height: 650 };
const PHONE = { width: 390, height: 664 };
const many = Array.from({ length: 30 }, (_, n) => `item-${n + 1}`);
const drinks = useDrinks('a');
usePages();

async function openList(items: readonly string[], look: Parameters<typeof openPage>[1]): Promise<Page> {
  const { url } = await servePages(drinks.host, {
    start: { lists: [{ id: 'list', items: [...items] }], candidates: [['medium']] },
  });
  const { page } = await openPage(`${url}/lists`, look);
  await expect.poll(() => shownOf(page, items[0] ?? ''), { timeout: 15_000 }).toBeGreaterThan(0);
  return page;
}

/** How far the page is once it stands still: the last place is reached some pixels before the last one of the list. */
async function atRest(page: Page): Promise<number> {
  let before = Number.NaN;
  await expect
    .poll(async () => {
      const now = await scrolled(page);
      const isSame = now === before;
      before = now;
      return isSame;
    })
    .toBe(true);
  return before;
}

async function edgesOf(page: Page, element: string): Promise<{ readonly top: number; readonly bottom: number }> {
  const box = await page.locator(element).boundingBox();
  if (!box) throw new Error(`expected ${element} on the page`);
  return { top: box.y, bottom: box.y + box.height };
}

async function middleOf(page: Page, element: string): Promise<{ readonly x: number; readonly y: number }> {
  const box = await page.locator(element).boundingBox();
  if (!box) throw new Error(`expected ${element} on the page`);
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

const scrolled = (page: Page): Promise<number> => page.evaluate<number>('scrollY');

describePages('the first screen', () => {
  it('of a laptop has the three drinks, and no card moves but those that make room', async () => {
    const page = await openList(['small', 'large'], LAPTOP);
    expect((await edgesOf(page, '[data-candidate="medium"]')).bottom).toBeLessThan(LAPTOP.height);
    const small = await edgesOf(page, '.slate-card[data-item="small"]');
    await dragTo(page, '[data-candidate="medium"] .handle', '.slate-card[data-item="large"]', { drop: false });
    await expect.poll(() => itemsOf(page), { timeout: 15_000 }).toEqual(['small', 'medium', 'large']);
    expect((await edgesOf(page, '.slate-card[data-item="large"]')).bottom).toBeLessThan(LAPTOP.height);
    // It ends where it was: cards glide to their places.
    await expect.poll(() => edgesOf(page, '.slate-card[data-item="small"]'), { timeout: 15_000 }).toEqual(small);
    await page.mouse.up();
    await page.locator('.slate-card[data-item="large"] .change').waitFor();
    const { bottom } = await edgesOf(page, '.slate-card[data-item="large"]');
    expect(bottom).toBeLessThan(LAPTOP.height);
    await page.locator('.slate-card[data-item="medium"]').hover();
    await page.getByText('lifts it by').or(page.getByText('takes')).first().waitFor();
    expect((await edgesOf(page, '.slate-card[data-item="large"]')).bottom).toBe(bottom);
    expect(await scrolled(page)).toBe(0);
  });

  it('of a phone has the first card', async () => {
    const page = await openList(['small', 'large'], PHONE);
    expect((await edgesOf(page, '.slate-card[data-item="small"]')).bottom).toBeLessThan(PHONE.height);
  });
});

describePages('the page under a drag', () => {
  it('moves up at the upper edge, until the first place is under the pointer', async () => {
    const page = await openList(many, LAPTOP);
    const handle = '.slate-card[data-item="item-25"] .handle';
    await page.locator(handle).scrollIntoViewIfNeeded();
    const begun = await scrolled(page);
    expect(begun).toBeGreaterThan(500);
    const { x, y } = await middleOf(page, handle);
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x, 300, { steps: 3 });
    const before = await scrolled(page);
    await page.waitForTimeout(200);
    expect(await scrolled(page)).toBe(before);
    await page.mouse.move(x, 20, { steps: 3 });
    await expect.poll(async () => (await itemsOf(page))[0], { timeout: 15_000 }).toBe('item-25');
    await page.mouse.up();
    await expect.poll(() => itemsOf(page)).toEqual(['item-25', ...many.filter((id) => id !== 'item-25')]);
    const end = await scrolled(page);
    expect(end).toBeLessThan(begun);
    await page.waitForTimeout(200);
    expect(await scrolled(page)).toBe(end);
  });

  it('moves down at the lower edge, to the last place', async () => {
    const page = await openList(many, LAPTOP);
    const { x, y } = await middleOf(page, '.slate-card[data-item="item-2"] .handle');
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x, LAPTOP.height - 8, { steps: 3 });
    await expect.poll(async () => (await itemsOf(page)).at(-1), { timeout: 15_000 }).toBe('item-2');
    const end = await atRest(page);
    expect(end).toBeGreaterThan(500);
    await page.waitForTimeout(200);
    expect(await scrolled(page)).toBe(end);
    expect((await itemsOf(page)).at(-1)).toBe('item-2');
    await page.keyboard.press('Escape');
    await expect.poll(() => itemsOf(page)).toEqual(many);
    await page.mouse.up();
  });

  it('moves under a finger: a candidate comes into the list on a phone', async () => {
    const page = await openList(['small', 'large'], PHONE);
    await page.locator('[data-candidate="medium"]').evaluate((one) => one.scrollIntoView({ block: 'end' }));
    // Until the list has left the screen, and no further: the candidate is still there.
    const { bottom } = await edgesOf(page, '.slate-card[data-item="small"]');
    await page.evaluate(`scrollBy(0, ${Math.ceil(bottom) + 8})`);
    expect((await edgesOf(page, '.slate-card[data-item="small"]')).bottom).toBeLessThan(0);
    const { x, y } = await middleOf(page, '[data-candidate="medium"] .handle');
    const session = await page.context().newCDPSession(page);
    const touch = async (type: 'touchStart' | 'touchMove' | 'touchEnd', at?: number): Promise<void> => {
      await session.send('Input.dispatchTouchEvent', { type, touchPoints: at === undefined ? [] : [{ x, y: at }] });
    };
    await touch('touchStart', y);
    for (let step = 1; step <= 6; step++) await touch('touchMove', y + ((16 - y) * step) / 6);
    await expect.poll(() => itemsOf(page), { timeout: 15_000 }).toEqual(['medium', 'small', 'large']);
    await touch('touchEnd');
    await expect.poll(() => page.locator('.ghost').count()).toBe(0);
    expect(await itemsOf(page)).toEqual(['medium', 'small', 'large']);
    await page.getByRole('button', { name: 'Undo' }).waitFor();
  });
});
