import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { modelsFolder } from '../../../test/served-models.ts';
import type { Experiment } from '../../slate/experiment.ts';
import type { Host } from '../host.ts';
import { readJournal } from '../journal/read-journal.ts';
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

  it('tell of a person no longer once the person is erased', async () => {
    const journal = await mkdtemp(join(tmpdir(), 'experiments-'));
    await using host = await hostOf(journal);
    for (const user of ['u', 'v']) host.noteShadow({ id: 'l', user, model: 'b', probabilities: [0.5] });
    await host.erase('u');
    expect(await told(journal)).toEqual(['gone', 'shadow', 'erased']);
  });
});
