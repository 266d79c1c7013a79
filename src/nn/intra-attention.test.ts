/** Legend: R decodings, T earlier outputs, D width. */
import { expect, it } from 'vitest';
import { input } from '../graph/leaves.ts';
import { createRng } from '../random/rng.ts';
import { compareSlopes, runGraph } from '../testing/run-graph.ts';
import { asEarlier, createIntraAttention, intraAttention } from './intra-attention.ts';
import { collectParameters } from './parameter.ts';

const [R, T, D] = [3, 4, 2];
const rng = createRng('intra-attention');
const layer = createIntraAttention(rng, D);
const parameters = collectParameters(layer);
for (const { initial } of Object.values(parameters)) for (let i = 0; i < initial.length; i++) initial[i] = rng.normal();

/** Row r has r earlier outputs, after a row of zeros. */
const earlier = Float32Array.from({ length: R * T * (D + 1) }, (_, at) => {
  const [r, t, column] = [Math.floor(at / (T * (D + 1))), Math.floor(at / (D + 1)) % T, at % (D + 1)];
  if (t === 0 || t > r) return 0;
  return column === D ? 1 : rng.normal();
});
const output = Float32Array.from({ length: R * D }, () => rng.normal());
const tensors = { earlierRTE: input('earlierRTE', ['R', 'T', D + 1]), outputRD: input('outputRD', ['R', D]) };
const feeds = {
  earlierRTE: { data: earlier, dims: [R, T, D + 1] },
  outputRD: { data: output, dims: [R, D] },
  ...Object.fromEntries(
    Object.entries(parameters).map(([name, { initial, shape }]) => [name, { data: initial, dims: shape }]),
  ),
};
const given = Object.fromEntries(Object.entries(parameters).map(([name, { tensor }]) => [name, tensor]));

/** d of one row in plain numbers. */
function expected(r: number): readonly number[] {
  const numbersOf = (name: string): Float32Array => parameters[name].initial;
  const times = (x: readonly number[], weight: Float32Array): readonly number[] =>
    Array.from({ length: D }, (_, o) => x.reduce((sum, value, i) => sum + value * weight[i * D + o], 0));
  const query = times([...output.subarray(r * D, (r + 1) * D)], numbersOf('query.weight'));
  const rows = Array.from({ length: r }, (_, t) => {
    const start = (r * T + t + 1) * (D + 1);
    return [...earlier.subarray(start, start + D)];
  });
  const scores = rows.map((row) =>
    times(row, numbersOf('earlier')).reduce(
      (sum, value, d) => sum + numbersOf('weight')[d] * Math.tanh(value + query[d] + numbersOf('query.bias')[d]),
      0,
    ),
  );
  const mass = scores.reduce((sum, score) => sum + Math.exp(score), 0);
  return Array.from({ length: D }, (_, d) =>
    rows.reduce((sum, row, t) => sum + (Math.exp(scores[t]) / mass) * row[d], 0),
  );
}

it('is the mean of the earlier outputs by their shares, zero without any, the only one by itself', async () => {
  const { mixedRD } = await runGraph({ mixedRD: intraAttention(layer, tensors) }, { feeds, parameters: given });
  for (let r = 0; r < R; r++)
    for (const [d, value] of expected(r).entries()) expect(mixedRD[r * D + d]).toBeCloseTo(value, 5);
  expect([...mixedRD.subarray(0, D)]).toEqual([0, 0]);
  expect(mixedRD[D]).toBeCloseTo(earlier[(T + 1) * (D + 1)], 5);
});

it('makes a row of an output, and 1', async () => {
  const { rowR1E } = await runGraph({ rowR1E: asEarlier(tensors.outputRD) }, { feeds });
  expect([...rowR1E.subarray(0, D + 1)]).toEqual([output[0], output[1], 1]);
});

it('has the gradient of finite differences', async () => {
  const scalar = intraAttention(layer, tensors).mul(tensors.outputRD.add(0.5)).total();
  const slopes = await compareSlopes(
    scalar,
    { ...tensors, ...given },
    { feeds, parameters: given, elementsOf: (count) => [...new Array(Math.min(count, 12)).keys()] },
  );
  for (const { name, at, symbolic, numeric } of slopes.filter((slope) => !isMark(slope)))
    expect(Math.abs(symbolic - numeric), `${name} ${at}`).toBeLessThan(1e-6);
});

/** Whether an output is there is 0 or 1: no number that is moved. */
const isMark = ({ name, at }: { readonly name: string; readonly at: number }): boolean =>
  name === 'earlierRTE' && at % (D + 1) === D;
