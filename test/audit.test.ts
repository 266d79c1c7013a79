/** What a server answered from is computed again from its journal, bit for bit; what is not as it was is found. */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createRng } from '../src/random/rng.ts';
import { auditJournal } from '../src/serve/audit/audit-journal.ts';
import { createHost } from '../src/serve/host/create-host.ts';
import type { ArrivingEvent, Host } from '../src/serve/host.ts';
import type { JournalEntry } from '../src/serve/journal/entry.ts';
import { openFileStore } from '../src/serve/journal/file-store.ts';
import { openJournal } from '../src/serve/journal/journal.ts';
import { readJournal } from '../src/serve/journal/read-journal.ts';
import { ended } from './command-ending.ts';
import { modelsFolder } from './served-models.ts';

const MINUTE = 60_000;
const START = 1_800_000_000_000;
const ITEMS = ['small', 'medium', 'large', 'new'];

interface Served {
  readonly models: string;
  readonly journal: string;
  /** Lists that were asked for, those of warming left out. */
  readonly asked: number;
}

/** Random events (late, early, double, from the future), questions between them, and a server that starts again now and then. */
async function served(seed: string, steps: number, { erase = false } = {}): Promise<Served> {
  const models = await modelsFolder('a', 'b');
  const journal = join(await mkdtemp(join(tmpdir(), 'audit-')), 'journal');
  const rng = createRng(seed);
  const some = <T>(values: readonly T[]): T => values[rng.integer(values.length)];
  const someItems = (): readonly string[] => [...new Set(Array.from({ length: 4 }, () => some(ITEMS)))];
  let now = START;
  const open = (): Promise<Host> =>
    createHost({
      ...{ models, active: 'a', journal, durability: 'process', now: () => now, warn: () => undefined },
      ...{ auditEvery: 1, segmentBytes: 5000 },
    });
  let host = await open();
  let [lists, asked] = [0, 0];
  let before: ArrivingEvent = item('small', START);
  for (let step = 0; step < steps; step++) {
    now += some([0, 1, 1000, MINUTE, 5 * MINUTE, 100 * MINUTE]);
    const time = now + some([0, 0, 0, -1, -1000, -MINUTE, 2 * MINUTE, 500 * MINUTE]);
    const chance = rng.next();
    if (chance < 0.1) before = item(some(ITEMS), time);
    else if (chance < 0.4 || lists === 0)
      before = { event: { event: 'ranking', id: `l${lists++}`, user: some(['u', 'v', '']), time, items: someItems() } };
    else if (chance < 0.9) {
      const ranking = `l${Math.max(0, lists - 1 - rng.integer(3))}`;
      before = { event: { event: 'interaction', ranking, item: some(ITEMS), type: some(['click', 'view']), time } };
    }
    await host.observe([before]);
    const question = { id: `q${step}`, user: some(['u', 'v', 'nobody', '']), items: someItems() };
    if (rng.next() < 0.4) {
      await host.model().score([question, { ...question, id: `q${step} too`, items: ITEMS }]);
      asked += 2;
    }
    if (rng.next() < 0.1) {
      await host.model().generate(question, { generator: 'greedy', size: 1 });
      asked++;
    }
    if (erase && step === steps >> 1) {
      await host.erase('u');
      asked = 0;
    }
    if (rng.next() < 0.05) {
      await host.close();
      host = await open();
    }
  }
  await host.close();
  return { models, journal, asked };
}

const item = (id: string, time: number): ArrivingEvent => ({
  event: { event: 'item', item: id, time, fields: { price: time % 7 } },
});

describe('an audit', () => {
  it('finds no difference, whatever order events came in, and over restarts', async () => {
    const { models, journal, asked } = await served('audit', 300);
    const audit = await auditJournal(journal, { model: join(models, 'a') });
    expect(audit).toMatchObject({
      different: 0,
      differences: [],
      passedOver: { ofOtherModels: 0, before: 0, after: 0 },
    });
    expect(audit.checked).toBeGreaterThanOrEqual(asked);
    expect(asked).toBeGreaterThan(200);
  });

  it('finds an event that was changed afterwards, and tells which columns differ', async () => {
    const { models, journal } = await served('planted', 80);
    await changeOneList(journal);
    const audit = await auditJournal(journal, { model: join(models, 'a') });
    expect(audit.different).toBeGreaterThan(0);
    expect(audit.different).toBeLessThan(audit.checked);
    expect(audit.differences[0].columns).toContain('slotDenseBKF');

    const { code, printed } = await ended(`audit ${journal} --model ${models}/a`);
    expect(code).toBe(1);
    expect(printed).toMatch(/\d+ lists checked over \d+ entries, [1-9]\d* differ\nlist ".+" after entry \d+: /);
    const asJson = await ended(`audit ${journal} --model ${models}/a --json`);
    expect(JSON.parse(asJson.printed)).toEqual(audit);
  });

  it('goes on after a person was erased, from what the snapshot of that moment knows', async () => {
    const { models, journal, asked } = await served('erased', 120, { erase: true });
    const audit = await auditJournal(journal, { model: join(models, 'a') });
    expect(audit).toMatchObject({ different: 0 });
    expect(audit.checked).toBeGreaterThan(0);
    expect(asked).toBeGreaterThan(0);
  });

  it('removes what was kept when a person is erased', async () => {
    const models = await modelsFolder('a');
    const journal = join(await mkdtemp(join(tmpdir(), 'audit-')), 'journal');
    await using host = await createHost({ models, journal, now: () => START, warn: () => undefined, auditEvery: 1 });
    await host.observe([item('small', START)]);
    await host.model().score([{ id: 'q', user: 'somebody-to-forget', items: ITEMS }]);
    const kept = async (): Promise<string> =>
      (
        await Promise.all(
          (
            await readdir(journal)
          )
            .filter((name) => name.endsWith('.asked'))
            .map((name) => readFile(join(journal, name), 'utf8')),
        )
      ).join('');
    await expect.poll(kept).toContain('somebody-to-forget');
    await host.erase('somebody-to-forget');
    expect(await kept()).toBe('');
  });
});

/** One list early on was of other items: everything else is as it was. */
async function changeOneList(folder: string): Promise<void> {
  const entries: JournalEntry[] = [];
  for await (const piece of readJournal(folder)) entries.push(...piece);
  const at = entries.findIndex((entry) => entry.kind === 'event' && entry.event.event === 'ranking');
  for (const name of await readdir(folder))
    if (name.endsWith('.journal') || name.endsWith('.snapshot')) await rm(join(folder, name));
  await using store = await openFileStore(folder);
  let now = 0;
  const journal = await openJournal({ store, durability: 'process', now: () => now, warn: () => undefined });
  for (const [k, entry] of entries.entries()) {
    now = entry.arrivedAt;
    const { sequence: _, arrivedAt: __, ...content } = entry;
    const changed =
      k === at && content.kind === 'event' && content.event.event === 'ranking'
        ? { ...content, event: { ...content.event, items: ['x', 'y', 'z'].map((id) => ({ id, fields: {} })) } }
        : content;
    await journal.append([changed], () => undefined);
  }
  await journal.close();
}
