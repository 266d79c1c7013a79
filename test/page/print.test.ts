/** The pages as paper has them, and as those see them who do not want things to move. */
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { describePages, itemsOf, openPage, servePages, shownOf, usePages } from './browser.ts';
import { useDrinks } from './drinks-host.ts';

const start = { lists: [{ id: 'drinks', items: ['small', 'large'] }], candidates: [['medium']] };
const drinks = useDrinks('a');
usePages();

async function openLists(look: Parameters<typeof openPage>[1] = {}): Promise<Page> {
  const { url } = await servePages(drinks.host, { start });
  const { page } = await openPage(`${url}/lists`, look);
  await expect.poll(() => shownOf(page, 'small')).toBeGreaterThan(0);
  return page;
}

describePages('less motion', () => {
  it('moves no card and no bar; otherwise both move', async () => {
    const page = await openLists();
    const change = async (): Promise<number> => {
      // Looked at in every frame: a card is on its way for a fifth of a second.
      const seen = page.evaluate<number>(`new Promise((told) => {
        let most = 0;
        const end = performance.now() + 1500;
        const look = () => {
          most = Math.max(most, document.getAnimations().length);
          performance.now() < end ? requestAnimationFrame(look) : told(most);
        };
        look();
      })`);
      await page.locator('.slate-card .handle').first().press('Alt+ArrowDown');
      return seen;
    };
    expect(await change()).toBeGreaterThan(0);
    await page.emulateMedia({ reducedMotion: 'reduce' });
    expect(await change()).toBe(0);
    expect(await itemsOf(page)).toEqual(['small', 'large']);
  });

  it('turns no wheel while something is on its way; otherwise it turns', async () => {
    const page = await openLists();
    let go = (): void => {};
    const held = new Promise<void>((resolve) => {
      go = resolve;
    });
    drinks.host.knobs.before = () => held;
    await page.locator('.slate-card .handle').first().press('Alt+ArrowDown');
    await page.getByText('looking').waitFor();
    const wheel = (): Promise<string> =>
      page.evaluate<string>('getComputedStyle(document.querySelector(".waiting"), "::before").animationName');
    expect(await wheel()).toBe('turn');
    await page.emulateMedia({ reducedMotion: 'reduce' });
    expect(await wheel()).toBe('none');
    drinks.host.knobs.before = async () => {};
    go();
    await page.getByText('looking').waitFor({ state: 'detached' });
  });
});

describePages('a printed page', () => {
  it.each(['light', 'dark'] as const)(
    'is dark on white, has every number and nothing to press: on a %s screen',
    async (scheme) => {
      const page = await openLists({ scheme });
      const shown = await page.locator('.slate-card .value').allTextContents();
      await page.emulateMedia({ media: 'print', colorScheme: scheme });
      const look = await page.evaluate<Record<string, string>>(`(() => {
      const { backgroundColor, color } = getComputedStyle(document.body);
      return { backgroundColor, color, card: getComputedStyle(document.querySelector('.card')).backgroundColor };
    })()`);
      expect(look).toEqual({
        backgroundColor: 'rgb(255, 255, 255)',
        color: 'rgb(27, 31, 39)',
        card: 'rgb(255, 255, 255)',
      });
      const pressed = page.locator('button:not(.explained, .chip)');
      for (const button of await pressed.all()) expect(await button.isVisible()).toBe(false);
      expect(await page.getByRole('navigation').isVisible()).toBe(false);
      expect(await page.locator('.slate-card .value:visible').allTextContents()).toEqual(shown);
      expect(await page.getByTestId('totals').isVisible()).toBe(true);
      expect(await page.getByText('price 150').isVisible()).toBe(true);
      expect(await page.evaluate(`getComputedStyle(document.querySelector('.track .now')).printColorAdjust`)).toBe(
        'exact',
      );
      expect((await page.pdf()).subarray(0, 5).toString()).toBe('%PDF-');
    },
  );
});
