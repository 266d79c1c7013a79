/** An experiment from its file to what it has shown, over HTTP, with a change of its shares and a kill on the way. */
import { mkdtemp, readFile, rename, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { createClient } from '../src/client.ts';
import { judgeExperiment } from '../src/measure/experiment/judge-experiment.ts';
import { createRng } from '../src/random/rng.ts';
import { collectExperiments } from '../src/serve/experiments/collect-experiments.ts';
import type { JournalEntry } from '../src/serve/journal/entry.ts';
import { readableJournal, readJournal } from '../src/serve/journal/read-journal.ts';
import { ended } from './command-ending.ts';
import { serve } from './serve-process.ts';
import { modelsFolder } from './served-models.ts';

const ITEMS = ['small', 'medium', 'large'];
const fileOf = (coverage: number, ...shares: readonly number[]): string => {
  const [old, fresh] = shares;
  const variants = [
    { name: 'old', share: old },
    { name: 'new', share: fresh, model: 'b' },
  ];
  return JSON.stringify({ experiments: [{ name: 'order', coverage, variants, shadows: ['b'] }] });
};

async function entriesOf(journal: string): Promise<readonly JournalEntry[]> {
  const entries: JournalEntry[] = [];
  for await (const piece of readJournal(journal)) entries.push(...piece);
  return entries;
}

it('is answered by variants, changed while it runs, survives kill -9, and is judged', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'experiments-'));
  const [journal, file] = [join(folder, 'journal'), join(folder, 'experiments.json')];
  const models = await modelsFolder('a', 'b');
  const rng = createRng(5);
  let lists = 0;

  async function show(url: string, user: string, isClicked: (variant: string | undefined) => boolean): Promise<string> {
    const client = createClient({ url });
    const id = `l${lists++}`;
    const answer = await client.generate({ size: 2, requests: [{ id, user, items: ITEMS }] });
    const [{ slates, experiments }] = answer.lists;
    const items = slates[0].items.map(({ item }) => item);
    await client.events([
      { event: 'ranking', id, user, items },
      ...(isClicked(experiments?.order)
        ? [{ event: 'interaction' as const, id: `${id} click`, ranking: id, user, item: items[0], type: 'click' }]
        : []),
    ]);
    return experiments?.order ?? 'none';
  }

  // Without an experiment, for a past.
  const before = await serve(models, '--journal', journal, '--active', 'a', '--durability', 'process');
  for (let at = 0; at < 12; at++) await show(before.url, `u${at}`, () => rng.next() < 0.5);
  await before.end('SIGTERM');
  expect((await ended(`experiment ${journal}`)).said).toMatch(/expected answers of an experiment, found none/);

  await writeFile(file, fileOf(1, 0.5, 0.5));
  const options = ['--journal', journal, '--active', 'a', '--experiments', file, '--durability', 'process'];
  const first = await serve(models, ...options);
  const variants: Record<string, string> = {};
  for (let at = 0; at < 40; at++) variants[`u${at}`] = await show(first.url, `u${at}`, (name) => name === 'new');
  expect(new Set(Object.values(variants))).toEqual(new Set(['old', 'new']));

  // Everyone to the new one: without a restart, and there after a kill.
  await writeFile(`${file}.next`, fileOf(1, 0, 1));
  await rename(`${file}.next`, file);
  const changes = (entries: readonly JournalEntry[]): number =>
    entries.filter(({ kind }) => kind === 'experiments').length;
  await vi.waitFor(async () => expect(changes(await entriesOf(journal))).toBe(2), { timeout: 30_000, interval: 200 });
  await first.end('SIGKILL');
  await writeFile(file, '{ broken');
  const second = await serve(models, ...options);
  expect(second.log()).toContain('the experiments before stay in force');
  for (let at = 40; at < 50; at++) expect(await show(second.url, `u${at}`, () => true)).toBe('new');
  const [moved] = Object.keys(variants).filter((user) => variants[user] === 'old');
  expect(await show(second.url, moved, () => false)).toBe('new');
  await vi.waitFor(
    async () => expect((await entriesOf(journal)).filter(({ kind }) => kind === 'shadow').length).toBeGreaterThan(0),
    { timeout: 30_000, interval: 200 },
  );
  expect(await second.end('SIGTERM')).toBe(0);

  const [data] = await collectExperiments(readableJournal(journal), {});
  const fresh = Object.values(variants).filter((name) => name === 'new').length;
  expect(data.users).toHaveLength(50);
  // By the shares in force when each user came: 40 by halves, then 10 to the new one.
  expect(data.expected).toEqual([20, 30]);
  const report = judgeExperiment(data);
  expect(report.sampleRatio?.found).toEqual([40 - fresh, fresh + 10]);
  expect(report.variants).toMatchObject([
    { name: 'old', users: 0, moved: 40 - fresh, lists: 0, metrics: { clicks: { perList: null } } },
    { name: 'new', users: fresh + 10, moved: 0, lists: fresh + 10, metrics: { clicks: { perList: 1 } } },
  ]);
  expect(data.users.reduce((sum, { past }) => sum + past.lists, 0)).toBe(12);
  expect(report.shadows[0]).toMatchObject({ model: 'b' });
  expect(report.shadows[0].lists).toBeGreaterThan(0);

  const page = join(folder, 'page', 'experiment.html');
  const told = await ended(`experiment ${journal} --html ${page}`);
  expect(told.printed).toMatch(/^order: new has too few users to be compared with old/);
  expect(told.printed).toContain(`${40 - fresh} users were moved to another variant`);
  expect(await readFile(page, 'utf8')).toContain('<h2 id="experiment-1">order</h2>');
  expect(JSON.parse((await ended(`experiment ${journal} --json --name order`)).printed)).toMatchObject([
    { name: 'order' },
  ]);
  expect((await ended(`experiment ${journal} --name other`)).said).toMatch(
    /--name: expected order, found "other"|"other"/,
  );
}, 300_000);

it('is read again by who asks at the very moment at which it serves', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'experiments-'));
  const file = join(folder, 'experiments.json');
  const models = await modelsFolder('a', 'b');
  await writeFile(file, fileOf(1, 0.5, 0.5));
  const served = await serve(models, '--journal', join(folder, 'journal'), '--active', 'a', '--experiments', file);
  await writeFile(file, fileOf(1, 0, 1));
  served.send('SIGHUP');
  const client = createClient({ url: served.url });
  const variants = async (): Promise<readonly unknown[]> => {
    const requests = ['u1', 'u2', 'u3', 'u4', 'u5', 'u6'].map((user) => ({ id: user, user, items: ITEMS }));
    const { lists } = await client.generate({ size: 2, requests });
    return lists.map(({ experiments }) => experiments?.order);
  };
  await vi.waitFor(async () => expect(new Set(await variants())).toEqual(new Set(['new'])), { timeout: 30_000 });
  expect(await served.end('SIGTERM')).toBe(0);
});
