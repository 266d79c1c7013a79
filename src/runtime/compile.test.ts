import { expect, it } from 'vitest';
import { input } from '../graph/leaves.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { compileGraph } from './compile.ts';
import { createSession } from './session.ts';

/** y = x W + b, with W and b as unnamed leaves: a model's parameters. */
function line(): { readonly y: Tensor; readonly parameters: Readonly<Record<string, Tensor>> } {
  const parameters = { weight: input(undefined, [2, 3]), bias: input(undefined, [3]) };
  return { y: input('x', ['B', 2]).linear(parameters.weight, parameters.bias), parameters };
}
const weight = Float32Array.from([1, 2, 3, 4, 5, 6]);
const bias = Float32Array.from([0.5, 0, -0.5]);

it('constants become part of the model: what is left is fed, and the result is the same', async () => {
  const { y, parameters } = line();
  const graph = compileGraph({ y }, { parameters, constants: { weight, 'not in this graph': bias } });
  expect(graph.inputs.map(({ name }) => name).toSorted()).toEqual(['bias', 'x']);
  const session = await createSession(graph);
  const x = { data: Float32Array.from([1, 0, 1, -1]), dims: [2, 2] };
  const run = await session.run({ x, bias: { data: bias, dims: [3] } });
  await session.release();
  expect([...(run.y.data as Float32Array)]).toEqual([1.5, 2, 2.5, -2.5, -3, -3.5]);
});

it('constants are as wide as the graph, and their size must fit', async () => {
  const { y, parameters } = line();
  const session = await createSession(
    compileGraph({ y }, { parameters, constants: { weight, bias }, float: 'float64' }),
  );
  const run = await session.run({ x: { data: Float64Array.from([0, 1]), dims: [1, 2] } });
  await session.release();
  expect([...(run.y.data as Float64Array)]).toEqual([4.5, 5, 5.5]);
  expect(() => compileGraph({ y }, { parameters, constants: { weight: bias, bias } })).toThrow(
    /constant "weight" has 3 values, its shape is \[2, 3\]/,
  );
});

const countOf = (bytes: Uint8Array, opType: string): number =>
  Buffer.from(bytes).toString('latin1').split(opType).length - 1;

it('reshapes that follow each other are one, and what nobody reads is not written', async () => {
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

it('an intermediate reshape that is an output of its own stays', async () => {
  const x = input('x', ['B', 4]);
  const halves = x.reshape(['B', 2, 2]);
  const session = await createSession(compileGraph({ halves, swapped: halves.permute([1, 0, 2]) }));
  const found = await session.run({ x: { data: Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8), dims: [2, 4] } });
  await session.release();
  expect(found.halves.dims).toEqual([2, 2, 2]);
  expect([...(found.swapped.data as Float32Array)]).toEqual([1, 2, 5, 6, 3, 4, 7, 8]);
});
