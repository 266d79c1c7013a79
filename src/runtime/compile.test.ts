import { expect, test } from 'vitest';
import { input } from '../graph/leaves.ts';
import { compileGraph } from './compile.ts';
import { createSession } from './session.ts';

const countOf = (bytes: Uint8Array, opType: string): number =>
  Buffer.from(bytes).toString('latin1').split(opType).length - 1;

test('reshapes that follow each other are one, and what nobody reads is not written', async () => {
  const x = input('x', ['B', 3, 4]);
  const split = x.flattenRows().reshape(['B', 3, 2, 2]).permute([2, 0, 1, 3]);
  const value = split.permute([1, 2, 0, 3]).reshape(['B', 3, 4]);
  const graph = compileGraph({ value });
  // Before each of the two transposes one, and one at the end.
  expect(countOf(graph.bytes, 'Transpose')).toBe(2);
  expect(countOf(graph.bytes, 'Reshape')).toBe(3);
  const session = await createSession(graph);
  const data = Float32Array.from({ length: 24 }, (_, at) => at);
  const found = await session.run({ x: { data, dims: [2, 3, 4] } });
  await session.release();
  expect(found.value).toEqual({ data, dims: [2, 3, 4] });
});

test('an intermediate reshape that is an output of its own stays', async () => {
  const x = input('x', ['B', 4]);
  const halves = x.reshape(['B', 2, 2]);
  const session = await createSession(compileGraph({ halves, swapped: halves.permute([1, 0, 2]) }));
  const found = await session.run({ x: { data: Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8), dims: [2, 4] } });
  await session.release();
  expect(found.halves.dims).toEqual([2, 2, 2]);
  expect([...(found.swapped.data as Float32Array)]).toEqual([1, 2, 5, 6, 3, 4, 7, 8]);
});
