import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { saveValidationCurves, storedValidationCurves, validationCurves } from './validation-curves.ts';

const labelS = Uint8Array.from([1, 0, 1, 0]);
const itemRateS = Float32Array.from([0.1, 0.2, 0.3, 0.4]);
const model = { recipe: 'prm', seed: 2, logitS: Float32Array.from([4, 1, 3, 2]) };

it('has a curve of the model, one of the item rate, and the click rate, also when it is read back', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'validation-'));
  const made = validationCurves({ labelS, itemRateS }, model);
  expect(made.clickRate).toBe(0.5);
  expect(made.curves.map(({ name }) => name)).toEqual(['prm', 'smoothed item rate']);
  // The model has both clicked items first; the rate has them second and last.
  expect(new Set([...made.curves[0].found, ...made.curves[0].precision])).toEqual(new Set([1]));
  expect(made.curves[1].found[0]).toBe(0);
  await saveValidationCurves(folder, made);
  expect(await storedValidationCurves(folder)).toEqual(made);
});

it('has no curve where nothing was clicked', () => {
  expect(validationCurves({ labelS: new Uint8Array(4), itemRateS }, model)).toEqual({ curves: [], clickRate: 0 });
});

it.each(['', 'null', '{"curves": 3}'])('reads none of a file that says %j, and of none', async (text) => {
  const folder = await mkdtemp(join(tmpdir(), 'validation-'));
  expect(await storedValidationCurves(folder)).toBeUndefined();
  await writeFile(join(folder, 'validation.json'), text);
  expect(await storedValidationCurves(folder)).toBeUndefined();
});
