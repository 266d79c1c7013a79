import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createFaultyDisk } from '../../../test/faulty-store.ts';
import { modelsFolder } from '../../../test/served-models.ts';
import { createRng } from '../../random/rng.ts';
import type { Experiment } from '../../slate/experiment.ts';
import type { Host } from '../host.ts';
import { readJournal } from '../journal/read-journal.ts';
import { entryOf } from '../journal/record.ts';
import { readSegment } from '../journal/segment-reader.ts';
import { segmentsOf } from '../journal/segments.ts';
import type { JournalStore } from '../journal/store.ts';
import { createHost } from './create-host.ts';

const models = await modelsFolder('a', 'b', 'c');
const withModel = (model: string, coverage = 1): Experiment => ({
  ...{ name: 'order', coverage },
  variants: [
    { name: 'old', share: 0.5 },
    { name: 'new', share: 0.5, model },
  ],
});
const hostOf = (journal: string, warnings: string[] = []): Promise<Host> =>
  createHost({ models, journal, active: 'a', kept: 1, warn: (message) => void warnings.push(message) });
const stateOf = (host: Host, name: string): string => host.model(name).state;

/** By the journal's last entry of the kind. */
async function saidLast(store: JournalStore): Promise<unknown> {
  let last: unknown;
  for (const segment of await segmentsOf(store)) {
    const file = await store.read(segment.name);
    for await (const records of readSegment(file))
      for (const record of records) {
        const entry = entryOf(record);
        if (entry.kind === 'experiments') last = entry.experiments;
      }
  }
  return last;
}

async function told(journal: string): Promise<readonly unknown[]> {
  const found: unknown[] = [];
  for await (const entries of readJournal(journal))
    for (const entry of entries) found.push(entry.kind === 'experiments' ? entry.experiments : entry.kind);
  return found;
}

describe('experiments in force', () => {
  it('load their models beside the one that answers, until the change after the next', async () => {
    const journal = await mkdtemp(join(tmpdir(), 'experiments-'));
    await using host = await hostOf(journal);
    expect(stateOf(host, 'b')).toBe('on disk');
    await host.changeExperiments([withModel('b')]);
    expect([host.active, stateOf(host, 'b')]).toEqual(['a', 'loaded']);
    await host.model('b').score([{ user: 'u', items: ['small'] }]);
    await host.activate('c');
    expect([stateOf(host, 'a'), stateOf(host, 'b'), stateOf(host, 'c')]).toEqual(['on disk', 'loaded', 'active']);
    await host.changeExperiments([]);
    // What is under way may still need it.
    expect(stateOf(host, 'b')).toBe('loaded');
    await host.changeExperiments([withModel('c')]);
    expect(stateOf(host, 'b')).toBe('on disk');
  });

  it('are in the journal before they count, once, and are there after a start', async () => {
    const journal = await mkdtemp(join(tmpdir(), 'experiments-'));
    const first = await hostOf(journal);
    await first.changeExperiments([withModel('b')]);
    await first.changeExperiments([withModel('b')]);
    await expect(first.changeExperiments([withModel('nowhere')])).rejects.toMatchObject({ code: 'no-such-model' });
    expect(first.experiments).toEqual([withModel('b')]);
    await first.close();
    const again = await hostOf(journal);
    expect(again.experiments).toEqual([withModel('b')]);
    expect(stateOf(again, 'b')).toBe('loaded');
    await again.close();
    expect(await told(journal)).toEqual([[withModel('b')]]);
    // A crash between the entry and the file: they are told again, and nothing is lost.
    await rm(join(journal, 'experiments.json'));
    await using last = await hostOf(journal);
    expect(last.experiments).toEqual([]);
    await last.changeExperiments([withModel('b')]);
    expect(await told(journal)).toEqual([[withModel('b')], [withModel('b')]]);
  });

  it('are those of before or after a change that a kill cut off anywhere, and the journal says last which', async () => {
    const rng = createRng('kills in a change');
    let cut = 0;
    for (let calls = 1; ; calls++) {
      const disk = createFaultyDisk(rng.split(calls));
      const open = (): Promise<Host> =>
        createHost({ models, journal: disk.open(), active: 'a', kept: 1, warn: () => undefined });
      const first = await open();
      await first.changeExperiments([withModel('b')]);
      disk.crashAfter(calls);
      await first.changeExperiments([withModel('c')]).catch(() => undefined);
      // What comes after the change belongs to no kill in it.
      if (!disk.isCrashed) break;
      cut++;
      await first.close().catch(() => undefined);
      disk.restart({ lost: calls % 2 === 0 });
      await using host = await open();
      const [inForce] = host.experiments;
      expect(['b', 'c']).toContain(inForce.variants[1].model);
      expect(stateOf(host, inForce.variants[1].model ?? '')).toBe('loaded');
      const said = await saidLast(disk.open());
      expect(said, `after ${calls} calls`).toEqual(host.experiments);
      await host.changeExperiments([withModel('b', 0.5)]);
      expect(await saidLast(disk.open())).toEqual([withModel('b', 0.5)]);
    }
    expect(cut).toBeGreaterThan(8);
  }, 120_000);

  it('tell of a person no longer once the person is erased', async () => {
    const journal = await mkdtemp(join(tmpdir(), 'experiments-'));
    await using host = await hostOf(journal);
    for (const user of ['u', 'v']) host.noteShadow({ id: 'l', user, model: 'b', probabilities: [0.5] });
    await host.erase('u');
    expect(await told(journal)).toEqual(['gone', 'shadow', 'erased']);
  });
});
