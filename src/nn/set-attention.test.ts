/** Legend: K items, D width, H heads, E head width, M inducing vectors. The form of Lee et al. is checked against PyTorch in test/layers-fixture.test.ts. */
import { expect, it } from 'vitest';
import { input } from '../graph/leaves.ts';
import { createRng } from '../random/rng.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { runGraph } from '../testing/run-graph.ts';
import { collectParameters, type Layer, type Parameter } from './parameter.ts';
import { absenceBias } from './self-attention.ts';
import {
  createInducedAttention,
  createSetAttention,
  inducedAttention,
  type SetAttentionOptions,
  setAttention,
} from './set-attention.ts';

type Rows = readonly (readonly number[])[];

const [K, D, H] = [3, 4, 2];
const rng = createRng('set attention');
const config = { width: D, heads: H, feedForward: 5, form: 'setrank' } as const;
const items: Rows = Array.from({ length: K }, () => Array.from({ length: D }, () => rng.normal()));
const mask = [1, 1, 0];
const feeds = {
  xBKD: { data: Float32Array.from(items.flat()), dims: [1, K, D] },
  maskBK: { data: Float32Array.from(mask), dims: [1, K] },
};
const xBKD = input('xBKD', ['B', 'K', D]);
const options: SetAttentionOptions = { absenceB11K: absenceBias(input('maskBK', ['B', 'K'])), rate: 0 };

function shaken<L extends Layer>(layer: L): { layer: L; parameters: Readonly<Record<string, Parameter>> } {
  const parameters = collectParameters(layer);
  for (const { initial } of Object.values(parameters))
    for (let i = 0; i < initial.length; i++) initial[i] = rng.normal();
  return { layer, parameters };
}

async function valuesOf(output: Tensor, parameters: Readonly<Record<string, Parameter>>): Promise<Rows> {
  const fed = Object.entries(parameters).map(([name, { initial, shape }]) => [name, { data: initial, dims: shape }]);
  const { output: values } = await runGraph(
    { output },
    {
      feeds: { ...feeds, ...Object.fromEntries(fed) },
      parameters: Object.fromEntries(Object.entries(parameters).map(([name, { tensor }]) => [name, tensor])),
    },
  );
  return Array.from({ length: values.length / D }, (_, row) => [...values.subarray(row * D, (row + 1) * D)]);
}

/** One block of SetRank's code in plain numbers; without a feed-forward half where there is none. */
function block(
  parameters: Readonly<Record<string, Parameter>>,
  path: string,
  [x, y, there]: [Rows, Rows, number[]],
): Rows {
  const of = (name: string): Float32Array => parameters[`${path}${name}`].initial;
  const dense = (rows: Rows, name: string): Rows =>
    rows.map((row) =>
      Array.from(of(`${name}.bias`), (bias, o) =>
        row.reduce((sum, value, i) => sum + value * of(`${name}.weight`)[i * of(`${name}.bias`).length + o], bias),
      ),
    );
  const relu = (rows: Rows): Rows => rows.map((row) => row.map((value) => Math.max(0, value)));
  const normed = (rows: Rows, name: string): Rows =>
    rows.map((row) => {
      const mean = row.reduce((a, b) => a + b) / D;
      const deviation = Math.sqrt(row.reduce((sum, value) => sum + (value - mean) ** 2, 0) / D + 1e-5);
      return row.map((value, d) => ((value - mean) / deviation) * of(`${name}.gain`)[d] + of(`${name}.bias`)[d]);
    });
  const [query, key, value] = [relu(dense(x, 'query')), relu(dense(y, 'key')), relu(dense(y, 'value'))];
  const E = D / H;
  const attended = query.map((q) =>
    Array.from({ length: D }, (_, d) => {
      const start = Math.floor(d / E) * E;
      const shares = key.map((k, at) => {
        let product = 0;
        for (let e = start; e < start + E; e++) product += q[e] * k[e];
        return there[at] * Math.exp(product / Math.sqrt(E));
      });
      const mass = shares.reduce((a, b) => a + b);
      return shares.reduce((sum, share, at) => sum + (share / mass) * value[at][d], 0);
    }),
  );
  const h = normed(
    x.map((row, k) => row.map((each, d) => each + attended[k][d])),
    'attentionNorm',
  );
  if (!(`${path}expand.bias` in parameters)) return h;
  const transformed = dense(relu(dense(h, 'expand')), 'contract');
  return normed(
    h.map((row, k) => row.map((each, d) => each + transformed[k][d])),
    'norm',
  );
}

function expectClose(actual: Rows, expected: Rows): void {
  for (const [k, row] of expected.entries())
    for (const [d, each] of row.entries()) expect(actual[k][d]).toBeCloseTo(each, 4);
}

it("has the block of SetRank's code: queries, keys and values through a ReLU, joined heads as they are", async () => {
  const { layer, parameters } = shaken(createSetAttention(createRng(1), config));
  expect(Object.keys(parameters)).not.toContain('output.weight');
  const values = await valuesOf(setAttention(layer, xBKD, xBKD, options), parameters);
  expectClose(values.slice(0, 2), block(parameters, '', [items, items, mask]).slice(0, 2));
});

it("has the induced block of SetRank's code: two attentions, then one feed-forward half", async () => {
  const { layer, parameters } = shaken(createInducedAttention(createRng(1), { ...config, inducing: 2 }));
  const inducing = parameters.inducing.initial;
  const vectors = [0, 1].map((m) => [...inducing.subarray(m * D, (m + 1) * D)]);
  const seen = block(parameters, 'inward.', [vectors, items, mask]);
  const values = await valuesOf(inducedAttention(layer, xBKD, options), parameters);
  expectClose(values.slice(0, 2), block(parameters, 'outward.', [items, seen, [1, 1]]).slice(0, 2));
});
