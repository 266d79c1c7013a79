import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it, vi } from 'vitest';
import { modelsFolder } from '../../../test/served-models.ts';
import type { AnsweredList } from '../../slate/answered-list.ts';
import type { ArrivingEvent, Host } from '../host.ts';
import { readJournal } from '../journal/read-journal.ts';
import { createHost } from './create-host.ts';
import type { HostOptions } from './host-options.ts';

const models = await modelsFolder('a', 'b');
const newJournal = async (): Promise<string> => join(await mkdtemp(join(tmpdir(), 'host-')), 'journal');
const START = 1_800_000_000_000;

function host(journal: string, options: Partial<HostOptions> = {}): Promise<Host> {
  let time = START;
  return createHost({ models, active: 'a', journal, now: () => time++, warn: () => undefined, ...options });
}

const list = (id: string, user: string, items: readonly string[] = ['small', 'medium', 'large']): ArrivingEvent => ({
  event: { event: 'ranking', id, user, time: START, items },
});
const click = (ranking: string, item: string): ArrivingEvent => ({
  event: { event: 'interaction', ranking, item, type: 'click', time: START + 1 },
});
const asked = { id: 'q', user: 'u', time: START + 1000, items: ['small', 'medium', 'large'] };

describe('a host', () => {
  it('answers with what it was told before', async () => {
    await using served = await host(await newJournal());
    const before = await served.model().score([asked]);
    const { sequence, outcomes } = await served.observe([list('l1', 'u'), click('l1', 'medium')]);
    expect(outcomes.map((outcome) => outcome.taken && outcome.applied)).toEqual(['taken', 'taken']);
    expect(sequence).toBe(2);
    expect(served.sequence).toBe(2);
    expect(await served.model().score([asked])).not.toEqual(before);
    expect(served.health).toMatchObject({ isReady: true, journal: 'open', lag: 0, memory: { openLists: 1 } });
  });

  it('knows after a restart what it knew before, and answers the same', async () => {
    const journal = await newJournal();
    const first = await host(journal);
    await first.observe([list('l1', 'u'), click('l1', 'medium'), list('l2', 'v')]);
    const told = await first.model().score([asked]);
    await first.close();
    await using again = await host(journal);
    expect(again.sequence).toBe(3);
    expect(await again.model().score([asked])).toEqual(told);
  });

  it('watches for drift what was shown before a restart, and before another model answered', async () => {
    const journal = await newJournal();
    const first = await host(journal);
    await first.observe([list('l1', 'u'), click('l1', 'medium'), list('l2', 'v')]);
    await first.close();
    const later = START + 4 * 3_600_000;
    await using again = await host(journal, { now: () => later });
    const shown = { lists: 2, shownItems: 6, clicks: 1 };
    await vi.waitFor(() => expect(again.health.drift).toMatchObject(shown), { timeout: 20_000 });
    await again.activate('b');
    await vi.waitFor(() => expect(again.health.drift).toMatchObject(shown), { timeout: 20_000 });
  });

  it('takes an event once, by its id or by what it says, also after a restart', async () => {
    const journal = await newJournal();
    const first = await host(journal);
    const item = { id: 'e1', event: { event: 'item', item: 'small', time: START, fields: { price: 90 } } };
    const { outcomes } = await first.observe([item, list('l1', 'u'), item]);
    expect(outcomes[2]).toEqual(outcomes[0]);
    expect((await first.observe([item, list('l1', 'u')])).outcomes).toEqual([
      { taken: true, applied: 'again', sequence: 1 },
      { taken: true, applied: 'again', sequence: 2 },
    ]);
    await first.close();
    await using again = await host(journal);
    expect((await again.observe([item])).outcomes).toEqual([{ taken: true, applied: 'again', sequence: 1 }]);
    expect(again.sequence).toBe(2);
  });

  it('keeps what a memory rejects, tells the reason, and takes it when its time has come', async () => {
    await using served = await host(await newJournal());
    const early = click('l1', 'medium');
    expect((await served.observe([early])).outcomes).toMatchObject([{ taken: false, code: 'unknown-list' }]);
    expect(served.sequence).toBe(1);
    expect((await served.observe([list('l1', 'u'), early])).outcomes).toMatchObject([{ taken: true }, { taken: true }]);
  });

  it('writes nothing of what is no event', async () => {
    await using served = await host(await newJournal());
    const { outcomes, sequence } = await served.observe([{ event: { event: 'ranking' } }, { event: 7 }]);
    expect(outcomes.map((outcome) => outcome.taken)).toEqual([false, false]);
    expect(sequence).toBe(0);
  });

  it('activates another model, which knows what came before and what comes meanwhile, and goes back', async () => {
    await using served = await host(await newJournal());
    await served.observe([list('l1', 'u'), click('l1', 'medium')]);
    const [, during] = await Promise.all([served.activate('b'), served.observe([list('l2', 'u')])]);
    expect(during.sequence).toBe(3);
    expect(served.active).toBe('b');
    expect(served.models().map(({ name, state }) => [name, state])).toEqual([
      ['a', 'loaded'],
      ['b', 'active'],
    ]);
    await using other = await host(await newJournal(), { active: 'b' });
    await other.observe([list('l1', 'u'), click('l1', 'medium'), list('l2', 'u')]);
    expect(await served.model().score([asked])).toEqual(await other.model().score([asked]));
    await served.observe([list('l3', 'u')]);
    await served.activate('a');
    expect(served.model().name).toBe('a');
    expect(served.sequence).toBe(4);
  });

  it('goes on with the model that was activated last, unless it is told another or that one is gone', async () => {
    const journal = await newJournal();
    const started = async (options: Partial<HostOptions>): Promise<string> => {
      await using served = await host(journal, { active: undefined, ...options });
      return served.active;
    };
    const first = await host(journal, { active: undefined });
    expect(first.active).toBe('a');
    await first.activate('b');
    await first.close();
    expect(await started({})).toBe('b');
    expect(await started({ active: 'a' })).toBe('a');
    expect(await started({})).toBe('b');
    const told: string[] = [];
    expect(await started({ models: await modelsFolder('a'), warn: (message) => void told.push(message) })).toBe('a');
    expect(told).toEqual([expect.stringMatching(/"b".*, which answered before; a answers now$/)]);
  });

  it('goes on from a snapshot and the rest of the journal, and from the one before where that is damaged', async () => {
    const journal = await newJournal();
    const told: string[] = [];
    const first = await host(journal);
    await first.observe([list('l1', 'u'), click('l1', 'medium')]);
    await first.snapshot();
    await first.observe([list('l2', 'u')]);
    const answers = await first.model().score([asked]);
    await first.close();
    const snapshots = (await readdir(journal)).filter((name) => name.endsWith('.snapshot')).sort();
    expect(snapshots).toEqual(['0000000000000002.snapshot', '0000000000000003.snapshot']);
    await writeFile(join(journal, snapshots[1]), (await readFile(join(journal, snapshots[1]))).fill(7, 5000, 5001));
    await using again = await host(journal, { warn: (message) => void told.push(message) });
    expect(told).toEqual([expect.stringMatching(/0000000000000003\.snapshot: expected a snapshot as it was written/)]);
    expect(await again.model().score([asked])).toEqual(answers);
    expect((await again.observe([list('l1', 'u')])).outcomes).toMatchObject([{ applied: 'again', sequence: 1 }]);
  });

  it('writes a snapshot by itself after so many entries', async () => {
    const journal = await newJournal();
    await using served = await host(journal, { snapshotEvery: 2 });
    await served.observe([list('l1', 'u'), click('l1', 'medium'), list('l2', 'u')]);
    await expect
      .poll(async () => (await readdir(journal)).filter((name) => name.endsWith('.snapshot')))
      .toHaveLength(1);
  });

  it('forgets a person in every file, and counts what the person did on', async () => {
    const folder = await modelsFolder('a');
    const journal = await newJournal();
    const first = await host(journal, { models: folder });
    const person = 'somebody-to-forget';
    const profile = { event: { event: 'user', user: person, time: START, fields: { age: 7 } } };
    await first.observe([profile, list('l1', person), click('l1', 'medium'), list('l2', 'v')]);
    await first.snapshot();
    expect(await filesWith(person, journal)).not.toEqual([]);
    expect(await first.erase(person)).toBe(true);
    expect(await filesWith(person, journal, join(folder, 'a'))).toEqual([]);
    expect(await first.erase('nobody at all')).toBe(false);
    const answers = await first.model().score([asked]);
    await first.close();
    await using again = await host(journal, { models: folder });
    expect(again.sequence).toBe(6);
    expect(await again.model().score([asked])).toEqual(answers);
    expect(await filesWith(person, journal, join(folder, 'a'))).toEqual([]);
  });

  it('keeps answers in the journal, of which no memory learns, and erases those of a person', async () => {
    const journal = await newJournal();
    const answer = (id: string, user: string): AnsweredList => ({
      ...{ id, user, time: START, fields: {}, asked: 'generate', model: 'a', policy: 'p', propensity: 0.5, took: 1 },
      candidates: ['small', 'large'].map((item) => ({ id: item, fields: {} })),
      items: [{ id: 'small', probability: 0.5, propensity: 0.5 }],
    });
    const first = await host(journal);
    first.note([answer('l1', 'u'), answer('l2', 'somebody else')]);
    const { sequence } = await first.observe([list('l1', 'u', ['small'])]);
    expect(sequence).toBe(3);
    await first.erase('u');
    const before = await first.model().score([asked]);
    first.note([answer('l3', 'u')]);
    await first.reached(5, 1000);
    expect(await first.model().score([asked])).toEqual(before);
    await first.close();
    await using again = await host(journal);
    expect(again.sequence).toBe(5);
    expect(await again.model().score([asked])).toEqual(before);
    const kept: string[] = [];
    for await (const entries of readJournal(journal))
      for (const entry of entries) kept.push(entry.kind === 'answer' ? entry.answer.id : entry.kind);
    expect(kept).toEqual(['gone', 'l2', 'event', 'erased', 'l3']);
  });

  it('forgets at the next start of whom a folder could not be freed', async () => {
    const folder = await modelsFolder('a');
    const learned = gunzipSync(await readFile(join(folder, 'a', 'memory.jsonl.gz'))).toString();
    const [, known = ''] = /"(u\d+)"/.exec(learned) ?? [];
    const journal = await newJournal();
    const warnings: string[] = [];
    const options = { models: folder, warn: (message: string) => void warnings.push(message) };
    const first = await host(journal, options);
    await first.observe([list('l1', known)]);
    // A folder in which something else lies is not replaced.
    await writeFile(join(folder, 'a', 'mine.txt'), '');
    await expect(first.erase(known)).rejects.toThrow(/mine\.txt/);
    await first.close();
    await (await host(journal, options)).close();
    expect(warnings.at(-1)).toMatch(/^erasing: .*mine\.txt.*it is tried again at the next start$/);
    await rm(join(folder, 'a', 'mine.txt'));
    await using again = await host(journal, options);
    expect(again.sequence).toBe(2);
    expect(await filesWith(`"${known}"`, join(folder, 'a'))).toEqual([]);
    expect(await filesWith(`"${known}"`, journal)).toEqual([]);
  });

  it('forgets one of whom a model learned', async () => {
    const folder = await modelsFolder('a');
    const learned = gunzipSync(await readFile(join(folder, 'a', 'memory.jsonl.gz'))).toString();
    const [, known = ''] = /"(u\d+)"/.exec(learned) ?? [];
    expect(await filesWith(`"${known}"`, join(folder, 'a'))).toContain('memory.jsonl.gz');
    await using served = await host(await newJournal(), { models: folder });
    expect(await served.erase(known)).toBe(true);
    expect(await filesWith(`"${known}"`, join(folder, 'a'))).toEqual([]);
  });

  it('hosts no model by another name, nor outside of its folder', async () => {
    await using served = await host(await newJournal());
    for (const name of ['c', '..', '../a', './a', 'a/', ''])
      await expect(served.activate(name)).rejects.toMatchObject({ code: 'no-such-model' });
    expect(() => served.model('c')).toThrow(/expected one of a, b/);
    await expect(served.model('b').score([asked])).rejects.toMatchObject({ code: 'no-such-model' });
  });

  it('lets no other process write its journal', async () => {
    const journal = await newJournal();
    await using served = await host(journal);
    await expect(host(journal)).rejects.toMatchObject({ code: 'journal-in-use' });
    expect(served.health.isReady).toBe(true);
  });

  it('waits for an event, but not for ever', async () => {
    await using served = await host(await newJournal());
    const waiting = served.reached(1, 10_000);
    expect(await served.reached(1, 5)).toBe(false);
    await served.observe([list('l1', 'u')]);
    expect(await waiting).toBe(true);
  });
});

/** Files of these folders in which a text stands, unzipped. */
async function filesWith(text: string, ...folders: readonly string[]): Promise<readonly string[]> {
  const found: string[] = [];
  for (const folder of folders)
    for (const name of await readdir(folder)) {
      const bytes = await readFile(join(folder, name));
      if ((name.endsWith('.gz') ? gunzipSync(bytes) : bytes).includes(text)) found.push(name);
    }
  return found;
}
