import { cp, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { plainMemory, shown } from '../../../test/memory-events.ts';
import { modelsFolder } from '../../../test/served-models.ts';
import { loadModel } from '../../scoring/model-folder.ts';
import { createHost } from './create-host.ts';
import { createPrintedForgetting, printOf } from './printed-person.ts';

const START = 1_800_000_000_000;

it('lets a memory forget whom a print means, and nobody else', () => {
  const memory = plainMemory();
  for (const [at, user] of ['anna', 'ben'].entries()) memory.apply(shown(user, START + at, user, ['a']));
  const forget = createPrintedForgetting(memory);
  expect(forget(printOf('nobody'))).toBeUndefined();
  expect(forget(printOf('anna'))).toBe('anna');
  expect([...memory.knownUsers()]).toEqual(['ben']);
});

it('lets a model that learned of a person before forget the person when it is loaded, in its folder too', async () => {
  const models = await modelsFolder('a');
  const journal = join(await mkdtemp(join(tmpdir(), 'printed-')), 'journal');
  const copy = join(await mkdtemp(join(tmpdir(), 'copied-')), 'a');
  await cp(join(models, 'a'), copy, { recursive: true });
  const [person, other] = [...(await loadModel(copy)).memory.knownUsers()];
  const warnings: string[] = [];
  let time = START;
  const open = (active: string) =>
    createHost({ models, journal, active, now: () => time++, warn: (warning) => void warnings.push(warning) });
  const items = ['small', 'medium', 'large'];
  const asked = [person, other].map((user) => ({ id: user, user, items, time: START + 1e6 }));

  const host = await open('a');
  const before = await host.model().score(asked);
  expect(await host.erase(person)).toBe(true);
  await host.observe([{ event: { event: 'ranking', id: 'back', user: person, items, time: START + 100 } }]);
  const after = await host.model().score(asked);
  expect(after[0].items).not.toEqual(before[0].items);
  // As a model is that was made from an import before the erasing, and comes later.
  await cp(copy, join(models, 'late'), { recursive: true });
  await host.activate('late');
  expect(host.active).toBe('late');
  expect(await host.model().score(asked)).toEqual(after);
  expect(warnings).toEqual([
    'late: expected a model without those whom the journal says were erased, found 1 of them; its folder was written anew',
  ]);
  await host.close();
  const { memory } = await loadModel(join(models, 'late'));
  expect(memory.knownUsers().has(person)).toBe(false);
  expect(memory.knownUsers().has(other)).toBe(true);

  await using again = await open('late');
  expect(await again.model().score(asked)).toEqual(after);
  expect(warnings).toHaveLength(1);
});

it('does so with the first model of a server too', async () => {
  const models = await modelsFolder('a');
  const journal = join(await mkdtemp(join(tmpdir(), 'printed-')), 'journal');
  const copies = await mkdtemp(join(tmpdir(), 'copied-'));
  await cp(models, copies, { recursive: true });
  const [person] = (await loadModel(join(models, 'a'))).memory.knownUsers();
  const first = await createHost({ models, journal, warn: () => undefined });
  await first.erase(person);
  await first.close();
  await using second = await createHost({ models: copies, journal, warn: () => undefined });
  expect(second.active).toBe('a');
  expect((await loadModel(join(copies, 'a'))).memory.knownUsers().has(person)).toBe(false);
  const { outcomes } = await second.observe([{ event: { event: 'ranking', id: 'l', user: 'x', items: ['small'] } }]);
  expect(outcomes).toMatchObject([{ taken: true, applied: 'taken' }]);
});
