import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { exampleComparison } from '../../../test/example-comparison.ts';
import { numberUsers } from '../../metrics/number-users.ts';
import { loadKeptLists, saveKeptLists } from './kept-lists.ts';

const { lists, predictions, options } = exampleComparison();
const references = predictions.filter(({ recipe }) => options.references?.includes(recipe));
const slices = [
  {
    by: 'place',
    parts: [
      { value: 'first', slotS: Int32Array.of(0, 7, 900) },
      { value: 'none', slotS: Int32Array.of() },
    ],
  },
];

it('come back from their folder as they were saved', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'judged-'));
  await saveKeptLists(folder, {
    lists,
    references: [{ ...references[0], threshold: Number.NaN }, ...references.slice(1)],
    slices,
  });
  const again = await loadKeptLists(folder);
  // Users are counted from 0, each its own: their ids are of no use to a report.
  expect(again.lists).toEqual({ ...lists, userB: Int32Array.from(numberUsers(lists.userB).indexB) });
  expect(again.slices).toEqual(slices);
  expect(again.references.map(({ recipe }) => recipe)).toEqual(references.map(({ recipe }) => recipe));
  expect(again.references[0].threshold).toBeNaN();
  expect(again.references[1]).toMatchObject({ threshold: references[1].threshold, scale: 'probability', seed: 0 });
  expect(Array.from(again.references[1].orderS ?? [])).toEqual(Array.from(references[1].orderS ?? []));
  expect(again.references[2]).not.toHaveProperty('orderS');
  expect(Array.from(again.references[2].valueS)).toEqual(Array.from(references[2].valueS, Math.fround));
});

it('say what to do where there are none, and where the file is damaged', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'judged-'));
  await expect(loadKeptLists(folder)).rejects.toThrow(
    /test\.bin: expected the test lists .* found none; run its compare command again/,
  );
  await writeFile(join(folder, 'test.bin'), 'SLTW');
  await expect(loadKeptLists(folder)).rejects.toThrow(/found a damaged file/);
});
