/** A list too long for a table of numbers: its effects are one picture, told by pointing at it and by the keyboard. */
import { expect, it } from 'vitest';
import { createClient } from '../../src/client.ts';
import { describePages, openPage, servePages, shownOf, usePages } from './browser.ts';
import { useDrinks } from './drinks-host.ts';

const items = Array.from({ length: 30 }, (_, n) => (n === 0 ? 'small' : n === 1 ? 'large' : `item-${n}`));
const drinks = useDrinks('a');
usePages();

const signed = (points: number): string =>
  Math.abs(points) < 0.05 ? '0' : `${points > 0 ? '+' : '−'}${Math.abs(points).toFixed(1)}`;

describePages('the effects of 30 items on each other', () => {
  it('are told one by one, by the pointer and by the arrow keys, with the numbers of the API', async () => {
    const { url } = await servePages(drinks.host, { start: { lists: [{ id: 'long', items }], candidates: [[]] } });
    const { page } = await openPage(`${url}/lists`);
    await expect.poll(() => shownOf(page, 'small')).toBeGreaterThan(0);
    const { influence } = await createClient({ url }).whatIf({ list: { items } });
    const map = page.getByRole('img', { name: 'Effects of items on each other' });
    const told = page.locator('.told');
    await map.scrollIntoViewIfNeeded();
    const { width, height } = (await map.boundingBox()) ?? { width: 0, height: 0 };
    await map.hover({ position: { x: (3.5 / 30) * width, y: (0.5 / 30) * height } });
    await expect
      .poll(() => told.textContent())
      .toBe(`small to item-3: ${signed(100 * (influence[0]?.[3] ?? 0))} points`);
    await page.mouse.move(0, 0);
    await map.focus();
    await page.keyboard.press('ArrowRight');
    await expect
      .poll(() => told.textContent())
      .toBe(`small to large: ${signed(100 * (influence[0]?.[1] ?? 0))} points`);
    await page.keyboard.press('ArrowDown');
    await expect.poll(() => told.textContent()).toBe('large');
  });

  it('fit a wide screen', async () => {
    const { url } = await servePages(drinks.host, { start: { lists: [{ id: 'long', items }], candidates: [[]] } });
    const { page } = await openPage(`${url}/lists`);
    await page.getByRole('img', { name: 'Effects of items on each other' }).waitFor();
    const box = '(({ scrollWidth, clientWidth }) => [scrollWidth, clientWidth])(document.querySelector(".scroll"))';
    const [content, room] = await page.evaluate<[number, number]>(box);
    expect(content).toBeLessThanOrEqual(room);
  });
});
