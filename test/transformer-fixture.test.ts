import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { gradients } from '../src/graph/gradients.ts';
import { bce } from '../src/losses/bce.ts';
import { listNet } from '../src/losses/list-net.ts';
import { weightedSum } from '../src/losses/weighted-sum.ts';
import { createLayerNorm, layerNorm } from '../src/nn/layer-norm.ts';
import { createLinear, linear } from '../src/nn/linear.ts';
import { collectParameters } from '../src/nn/parameter.ts';
import { absenceBias } from '../src/nn/self-attention.ts';
import { createTransformerBlock, transformerBlocks } from '../src/nn/transformer-block.ts';
import { createRng } from '../src/random/rng.ts';
import type { Tensor } from '../src/tensor/tensor.ts';
import { evaluate, type Feeds, type Flat, fed, flatten, type Numbers } from './graph-check.ts';

interface Fixture {
  readonly torch: string;
  readonly sizes: Readonly<Record<'B' | 'K' | 'F' | 'D' | 'heads' | 'feedForward' | 'blocks', number>>;
  readonly listNetWeight: number;
  readonly featuresBKF: Numbers;
  readonly maskBK: readonly (readonly number[])[];
  readonly labelsBK: Numbers;
  readonly weights: Readonly<Record<string, readonly number[]>>;
  readonly logitsBK: readonly (readonly number[])[];
  readonly losses: Readonly<Record<'bce' | 'listNet' | 'total', number>>;
  readonly gradients: Readonly<Record<string, readonly number[]>>;
  readonly featureGradientsBKF: Numbers;
}

/** Made by bench/peers/transformer_fixture.py. */
const fixture: Fixture = JSON.parse(readFileSync(new URL('./fixtures/transformer.json', import.meta.url), 'utf8'));
const { F, D, heads, feedForward, blocks } = fixture.sizes;

const rng = createRng('overwritten by the fixture');
const model = {
  input: createLinear(rng, { inputs: F, outputs: D }),
  blocks: Array.from({ length: blocks }, () => createTransformerBlock(rng, { width: D, heads, feedForward })),
  norm: createLayerNorm(D),
  logit: createLinear(rng, { inputs: D, outputs: 1 }),
};
const parameters = collectParameters(model);
const tensors = Object.fromEntries(Object.entries(parameters).map(([name, { tensor }]) => [name, tensor]));

const featuresBKF = fed('featuresBKF', ['B', 'K', F]);
const labelsBK = fed('labelsBK', ['B', 'K']);
const maskBK = fed('maskBK', ['B', 'K']);

const absenceB11K = absenceBias(maskBK);
const hiddenBKD = transformerBlocks(model.blocks, linear(model.input, featuresBKF), { absenceB11K, rate: 0 });
const logitsBK = linear(model.logit, layerNorm(model.norm, hiddenBKD)).reshape(['B', 'K']);
const terms = [
  { name: 'bce', weight: 1, loss: bce({ logitsBK, labelsBK, maskBK }) },
  { name: 'listNet', weight: fixture.listNetWeight, loss: listNet({ logitsBK, labelsBK, maskBK }) },
];
const total = weightedSum(terms);

const feeds: Feeds = {
  featuresBKF: fixture.featuresBKF,
  labelsBK: fixture.labelsBK,
  maskBK: fixture.maskBK,
  ...Object.fromEntries(
    Object.entries(parameters).map(([name, { shape }]) => [name, { values: fixture.weights[name], dims: shape }]),
  ),
};

describe.each([
  ['float32', 1e-5],
  ['float64', 1e-12],
] as const)('a small Transformer in %s beside PyTorch', (float, tolerance) => {
  const names = Object.keys(parameters);
  const slopes = gradients(total, [...Object.values(tensors), featuresBKF]);
  const outputs: Record<string, Tensor> = { logitsBK, total, bce: terms[0].loss, listNet: terms[1].loss };
  for (const [at, slope] of slopes.entries()) {
    if (slope) outputs[`gradient:${names[at] ?? 'featuresBKF'}`] = slope;
  }
  const found: Promise<Record<string, Flat>> = evaluate(outputs, feeds, { float, parameters: tensors });

  it('has the same parameters', () => {
    expect([...names].sort()).toEqual(Object.keys(fixture.weights).sort());
    expect(fixture.torch).toMatch(/^2\.13\./);
  });

  it('has the same losses and logits', async () => {
    const values = await found;
    for (const [name, loss] of Object.entries(fixture.losses)) {
      expect(Math.abs(values[name].values[0] / loss - 1)).toBeLessThan(tolerance);
    }
    const present = flatten(fixture.maskBK).values;
    const kept = (logits: readonly number[]): readonly number[] => logits.filter((_, at) => present[at] === 1);
    expect(distance(kept(values.logitsBK.values), kept(flatten(fixture.logitsBK).values))).toBeLessThan(tolerance);
  });

  it.each(Object.keys(fixture.gradients))('has the same gradient of %s', async (name) => {
    const { values, dims } = (await found)[`gradient:${name}`];
    expect(dims).toEqual(parameters[name].shape);
    // Relative to the largest of all gradients where a tensor's own are nothing but rounding: those of the keys' biases are 0.
    expect(distance(values, fixture.gradients[name])).toBeLessThan(tolerance);
  });

  it('has the same gradient of the features, 0 on padding', async () => {
    const { values } = (await found)['gradient:featuresBKF'];
    const expected = flatten(fixture.featureGradientsBKF).values;
    expect(distance(values, expected)).toBeLessThan(tolerance);
    const absent = flatten(fixture.maskBK).values.flatMap((m) => Array.from({ length: F }, () => m === 0));
    expect(values.filter((_, at) => absent[at]).every((g) => g === 0)).toBe(true);
  });
});

/** Largest difference relative to the largest expected number, or to 0.1 where all are smaller. */
function distance(actual: readonly number[], expected: readonly number[]): number {
  if (actual.length !== expected.length || actual.some(Number.isNaN)) return Number.POSITIVE_INFINITY;
  const scale = Math.max(0.1, ...expected.map(Math.abs));
  return Math.max(...expected.map((value, at) => Math.abs(actual[at] - value))) / scale;
}
