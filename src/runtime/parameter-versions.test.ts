import { expect, test } from 'vitest';
import { createParameterVersions } from './parameter-versions.ts';

test('a version is what the parameters were when it was taken, in both memories', () => {
  const parameters = Float32Array.of(1, 2);
  const versions = createParameterVersions(parameters, { isShared: true });
  const first = versions.take();
  parameters.set([3, Number.NaN]);
  const second = versions.take();
  expect([...first.own, ...first.shared]).toEqual([1, 2, 1, 2]);
  expect([...second.own, ...second.shared]).toEqual([3, Number.NaN, 3, Number.NaN]);
});

test('calls at once with the same values, bit by bit, have one version; it is kept until the last gives it back', () => {
  const parameters = Float32Array.of(0, Number.NaN);
  const versions = createParameterVersions(parameters, { isShared: false });
  const [one, two] = [versions.take(), versions.take()];
  expect(two).toBe(one);
  expect(one.shared).toHaveLength(0);
  parameters[0] = -0;
  const other = versions.take();
  expect(other).not.toBe(one);
  versions.release(one);
  parameters[0] = 5;
  expect(versions.take()).not.toBe(one);
  versions.release(two);
  parameters[0] = 6;
  expect(versions.take()).toBe(one);
  expect(one.own[0]).toBe(6);
});
