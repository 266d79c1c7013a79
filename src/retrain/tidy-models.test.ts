import { mkdir, mkdtemp, readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { modelNameOf, placeModel, removeOlder } from './tidy-models.ts';

const nameOn = (day: number): string => modelNameOf({ to: `2026-11-0${day}T03:15:00.000Z`, sequence: 10 * day });

it('keeps the newest models of retrainings, those that are spared, and what others put there', async () => {
  const models = await mkdtemp(join(tmpdir(), 'tidy-'));
  const work = join(models, '.retrain');
  for (const name of [...[1, 2, 3, 4, 5].map(nameOn), 'mine', 'retrained-by-hand']) await mkdir(join(models, name));
  await mkdir(work);
  expect(await removeOlder(models, { keep: 2, spared: [nameOn(5), nameOn(2)], work })).toEqual([nameOn(1), nameOn(3)]);
  expect((await readdir(models)).sort()).toEqual(
    ['.retrain', 'mine', 'retrained-by-hand', nameOn(2), nameOn(4), nameOn(5)].sort(),
  );
  expect(nameOn(1)).toBe('retrained-20261101-0315-000000000010');
});

it('puts a model in its place once, also after a crash between the move and its note', async () => {
  const models = await mkdtemp(join(tmpdir(), 'place-'));
  const [candidate, place] = [join(models, 'candidate'), join(models, 'a')];
  await mkdir(join(candidate, 'inside'), { recursive: true });
  await placeModel(candidate, place);
  await placeModel(candidate, place);
  expect(await readdir(place)).toEqual(['inside']);
});
