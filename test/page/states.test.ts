/** The pages where something is odd: names that want to be markup, a server that is gone, keys, nothing to show; and what axe, the policy and the screen say of all of them. */
import { readFileSync } from 'node:fs';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { createClient } from '../../src/client.ts';
import { pageMarkup } from '../../src/print/html/page.ts';
import { html, trustedMarkup } from '../../src/print/html-template.ts';
import { newKey, parseKeys } from '../../src/serve/access/keys.ts';
import type { Host } from '../../src/serve/host.ts';
import { describePages, itemsOf, openPage, servePages, shownOf, usePages } from './browser.ts';
import { useDrinks } from './drinks-host.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const start = { lists: [{ id: 'drinks', items: ['small', 'medium', 'large'] }], candidates: [[]] };
const drinks = useDrinks('a', 'b');
usePages();

const NAMES = {
  markup: '<img src=x onerror="document.title=1"><script>document.title=2</script>',
  turned: '\u202Eegral\u202C שלום مرحبا',
  long: 'x'.repeat(5000),
} as const;

/** A host whose items have these titles. */
function hostileHost(): Host {
  const { host } = drinks;
  const fields = new Map<string, string>([
    ['small', NAMES.markup],
    ['medium', NAMES.turned],
    ['large', NAMES.long],
  ]);
  const item = (id: string): { readonly id: string; readonly fields: { readonly title: string } } | undefined => {
    const title = fields.get(id);
    return title === undefined ? undefined : { id, fields: { title } };
  };
  const known: Host['known'] = {
    item,
    items: () => [...fields.keys()].flatMap((id) => item(id) ?? []),
    users: () => [],
  };
  return {
    ...host,
    known,
    models: host.models,
    get active() {
      return host.active;
    },
    get health() {
      return host.health;
    },
    get sequence() {
      return host.sequence;
    },
    get experiments() {
      return host.experiments;
    },
  };
}

/** Nothing is wider than the screen. */
const expectFits = async (page: Page): Promise<void> => {
  const [wide, screen] = await page.evaluate<[number, number]>('[document.documentElement.scrollWidth, innerWidth]');
  expect(wide).toBeLessThanOrEqual(screen);
};

async function violationsOf(page: Page): Promise<readonly string[]> {
  // As a tool of the browser would: the policy of the page lets no text run.
  const session = await page.context().newCDPSession(page);
  await session.send('Runtime.evaluate', { expression: AXE });
  const { violations } = await page.evaluate<{ violations: { id: string; nodes: { target: string[] }[] }[] }>(
    'axe.run()',
  );
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
}

describePages('a name of an item', () => {
  it('is a text, whatever it holds, and makes nothing wider', async () => {
    const { url } = await servePages(hostileHost(), { start });
    const { page } = await openPage(`${url}/lists`, { width: 390 });
    await page.getByText('<img src=x').first().waitFor();
    expect(await page.locator('img, main script').count()).toBe(0);
    expect(await page.title()).toBe('Slatewise: Lists');
    expect(await page.locator('.slate-card[data-item="medium"] bdi').first().textContent()).toContain('שלום');
    const long = (await page.locator('.slate-card[data-item="large"] bdi').first().textContent()) ?? '';
    expect(long.length).toBeLessThan(100);
    await expectFits(page);
    expect(await violationsOf(page)).toEqual([]);
  });
});

describePages('a server', () => {
  it('that is gone is told of, and asked again', async () => {
    const first = await servePages(drinks.host, { start });
    const { page } = await openPage(`${first.url}/lists`, { expects: /ERR_CONNECTION_REFUSED|Failed to load/ });
    await expect.poll(() => shownOf(page, 'small')).toBeGreaterThan(0);
    const { port } = new URL(first.url);
    await first.stop();
    // The best list is asked for after the list itself: neither finds a server, and one alert says so.
    const failed = page.waitForEvent('requestfailed', (request) => request.url().endsWith('/v1/generate'));
    await page.getByRole('button', { name: 'Remove medium from the list' }).click();
    await failed;
    await page.getByRole('alert').getByText('check that the server runs').waitFor();
    await page.waitForTimeout(100);
    expect(await page.getByRole('alert').count()).toBe(1);
    await servePages(drinks.host, { start, port: Number(port) });
    await page.getByRole('button', { name: 'Try again' }).click();
    await expect.poll(() => page.getByRole('alert').count()).toBe(0);
    const { items } = await createClient({ url: first.url }).whatIf({ list: { items: ['small', 'large'] } });
    await expect.poll(() => shownOf(page, 'large')).toBe(Math.round(1000 * (items[1]?.probability ?? 0)) / 10);
  });

  it('with keys asks for one once, keeps it for the tab, and asks again when it is good no longer', async () => {
    const [one, other] = [newKey('one', ['rank', 'admin']), newKey('other', ['rank', 'admin'])];
    const keys = [...parseKeys(one.line, 'keys')];
    const { url } = await servePages(drinks.host, { start, keys });
    const { page } = await openPage(`${url}/lists`, { expects: /401/ });
    const dialog = page.getByRole('dialog');
    await dialog.waitFor();
    expect(await violationsOf(page)).toEqual([]);
    await page.locator('input[name=key]').fill('slatewise_wrong');
    await page.keyboard.press('Enter');
    await dialog.getByText('expected a key of this server, found another').waitFor();
    await page.locator('input[name=key]').fill(one.key);
    await page.keyboard.press('Enter');
    await expect.poll(() => dialog.isVisible()).toBe(false);
    await expect.poll(() => itemsOf(page)).toEqual(['small', 'medium', 'large']);
    await page.goto(`${url}/`);
    await page.getByText('Last lists answered').waitFor();
    expect(await dialog.isVisible()).toBe(false);
    keys.splice(0, 1, ...parseKeys(other.line, 'keys'));
    await dialog.getByText('it may have been replaced').waitFor();
    await page.locator('input[name=key]').fill(other.key);
    await page.getByRole('button', { name: 'Go on' }).click();
    await expect.poll(() => dialog.isVisible()).toBe(false);
    expect(await page.content()).not.toContain(other.key);
  });

  it('lets a key for lists see no figures, and says which it needs', async () => {
    const { key, line } = newKey('shop', ['rank']);
    const { url } = await servePages(drinks.host, { start, keys: parseKeys(line, 'keys') });
    const { page } = await openPage(`${url}/lists`, { expects: /40[13]/ });
    await page.locator('input[name=key]').fill(key);
    await page.keyboard.press('Enter');
    await expect.poll(() => itemsOf(page)).toEqual(['small', 'medium', 'large']);
    await page.goto(`${url}/`);
    await page.getByRole('alert').getByText('expected the scope admin').waitFor();
  });

  it('sends its pages with a policy under which nothing else is loaded', async () => {
    const { url } = await servePages(drinks.host, { start });
    for (const path of ['/', '/lists', '/reports']) {
      const response = await fetch(`${url}${path}`);
      const policy = response.headers.get('content-security-policy') ?? '';
      expect(policy).toMatch(/^default-src 'none'; script-src 'self'; style-src 'self'/);
      expect(policy).not.toMatch(/unsafe|https?:|\*/);
      expect(await response.text()).not.toMatch(/<script(?![^>]* src="\/)|style="|https?:\/\//);
    }
  });
});

describePages('a page', () => {
  it('without a list says how to make one', async () => {
    const { url } = await servePages(drinks.host);
    const { page } = await openPage(`${url}/lists`);
    await page.getByText('The list is empty').waitFor();
    await page.getByLabel('Search items').fill('small');
    await page.getByRole('button', { name: 'Add small to the list' }).click();
    await expect.poll(() => shownOf(page, 'small')).toBeGreaterThan(0);
  });

  it('of what is live has the numbers of the API, explains each, and leads into the editor', async () => {
    const { url } = await servePages(drinks.host, { start });
    const client = createClient({ url });
    const { page } = await openPage(`${url}/`);
    await page.getByText('No list yet').waitFor();
    const { lists } = await client.rank({
      requests: [{ id: 'page 1', user: 'u1', items: ['small', 'medium', 'large'] }],
    });
    await page.getByRole('link', { name: 'Why?' }).waitFor();
    const best = lists[0]?.items[0];
    await expect
      .poll(() => page.locator('.lists-table tbody').textContent())
      .toContain(`${best?.item} ${Math.round(100 * (best?.probability ?? 0))}`);
    const { memory } = await client.dashboard();
    expect(await page.locator('.tiles').textContent()).toContain(`${memory.items}`);
    await page.getByRole('button', { name: 'Latency', exact: true }).focus();
    await page.getByRole('tooltip').getByText('the last 1,000 answers').waitFor();
    await page.keyboard.press('Escape');
    expect(await page.getByRole('tooltip').count()).toBe(0);
    await page.getByRole('link', { name: 'Why?' }).press('Enter');
    await expect.poll(() => itemsOf(page)).toEqual(lists[0]?.items.map(({ item }) => item));
    expect(await page.getByLabel('User').inputValue()).toBe('u1');
  });

  it('of reports shows one as it was written, and runs nothing of it', async () => {
    const reports = await mkdtemp(join(tmpdir(), 'reports-'));
    const body = trustedMarkup(
      '<p style="color:rgb(1, 2, 3)">found</p><script>document.title="bad"</script><img src="x" onerror="document.title=1" alt="">',
    );
    const sections = [{ id: 'one', title: 'One', body: html`${body}`, pictures: [] }];
    await writeFile(
      join(reports, 'a.html'),
      pageMarkup({ eyebrow: 'mine', headline: 'It helps', findings: [], sections }),
    );
    await writeFile(join(reports, 'other.html'), '<title>no report</title>');
    const { url } = await servePages(drinks.host, { reports });
    const { page } = await openPage(`${url}/reports`, { expects: /404|inline event handler/ });
    await page.getByRole('link', { name: 'It helps' }).click();
    await page.getByText('found').waitFor();
    const color = 'getComputedStyle(document.querySelector(".report").shadowRoot.querySelector("[data-style]")).color';
    expect(await page.evaluate<string>(color)).toBe('rgb(1, 2, 3)');
    expect(await page.title()).toBe('Slatewise: Reports');
    expect(await page.getByText('no report', { exact: true }).count()).toBe(0);
    expect(await violationsOf(page)).toEqual([]);
    await expect(createClient({ url }).report('other.html')).rejects.toMatchObject({ code: 'no-such-report' });
    await expect(createClient({ url }).report('../a.html')).rejects.toMatchObject({ code: 'no-such-report' });
  });

  it.each([
    ['wide', { width: 1280 }],
    ['wide, dark', { width: 1280, scheme: 'dark' }],
    ['phone', { width: 390 }],
    ['phone, dark', { width: 390, scheme: 'dark' }],
  ] as const)('has nothing that axe finds, and fits the screen: %s', async (_, look) => {
    const { url } = await servePages(drinks.host, { start });
    for (const path of ['/', '/lists', '/reports']) {
      const { page } = await openPage(`${url}${path}`, look);
      await page.getByRole('main').waitFor();
      if (path === '/lists') await expect.poll(() => shownOf(page, 'small')).toBeGreaterThan(0);
      if (path === '/') await page.locator('.u-legend').first().waitFor();
      await page.waitForTimeout(400);
      expect(await violationsOf(page), path).toEqual([]);
      await expectFits(page);
    }
  });
});
