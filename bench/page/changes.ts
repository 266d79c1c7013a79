/** Changes of a list as a person makes them by the keyboard: moved, a field taken to be otherwise, one added in the place of one that left. */
import type { Page } from 'playwright-core';
import type { Rng } from '../../src/random/rng.ts';

export type TimedPage = Page;

export interface Change {
  readonly kind: string;
  /** Milliseconds from the event to the paint of its answer. */
  readonly painted: number;
  /** Of these, what the question took over the wire; 0 where the answer was kept from before. */
  readonly answered: number;
}

interface ChangesOptions {
  readonly rng: Rng;
  readonly count: number;
  readonly pause: number;
}

export async function changes(page: Page, { rng, count, pause }: ChangesOptions): Promise<readonly Change[]> {
  const made: Change[] = [];
  const acts = { moved: move, 'field changed': changeField, removed: remove, added: add };
  const kinds = ['moved', 'field changed', 'moved', 'field changed', 'removed', 'added'] as const;
  for (let n = 0; n < count; n++) {
    const kind = kinds[n % kinds.length];
    const act = await acts[kind](page, rng, n);
    await page.evaluate('globalThis.paints.isArmed = true; performance.clearResourceTimings()');
    await act();
    await page.evaluate("globalThis.paints.until('painted')");
    made.push({ kind, ...(await page.evaluate<Omit<Change, 'kind'>>(LAST)) });
    await page.evaluate('globalThis.paints.from = undefined');
    await page.waitForTimeout(pause);
  }
  return made;
}

const LAST = `(() => {
  const { from, painted } = globalThis.paints;
  // Not that of the best exchange, which was asked before.
  const [asked] = performance.getEntriesByType('resource').filter(({ name, startTime }) => name.endsWith('/v1/what-if') && startTime >= from);
  return { painted: painted - from, answered: asked?.duration ?? 0 };
})()`;

/** What is left to do once all is ready: one key. */
type Act = () => Promise<void>;

const cardOf = async (page: Page, rng: Rng): Promise<ReturnType<Page['locator']>> => {
  const cards = page.locator('.slate-card');
  return cards.nth(rng.integer(await cards.count()));
};

async function move(page: Page, rng: Rng): Promise<Act> {
  const card = await cardOf(page, rng);
  const isFirst = (await card.locator('.rank').textContent()) === '1';
  await card.locator('.handle').focus();
  return () => page.keyboard.press(isFirst ? 'Alt+ArrowDown' : 'Alt+ArrowUp');
}

async function changeField(page: Page, rng: Rng, n: number): Promise<Act> {
  const card = await cardOf(page, rng);
  await card.locator('button.chip', { hasText: 'price' }).first().click();
  // Never a price that was asked about before.
  await page.keyboard.type(`${(5 + 20 * rng.next()).toFixed(2)}${n}`);
  return () => page.keyboard.press('Enter');
}

async function remove(page: Page, rng: Rng): Promise<Act> {
  const card = await cardOf(page, rng);
  await card.getByRole('button', { name: /^Remove/ }).focus();
  return () => page.keyboard.press('Enter');
}

async function add(page: Page, rng: Rng): Promise<Act> {
  const all = page.locator('.candidate').getByRole('button', { name: /^Add/ });
  // The first is the one that has just left.
  await all.nth(1 + rng.integer((await all.count()) - 1)).focus();
  return () => page.keyboard.press('Enter');
}
