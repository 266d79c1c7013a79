/** Layers against PyTorch's values and gradients, recorded by bench/peers/layers_fixture.py. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { gradients } from '../src/graph/gradients.ts';
import { concat } from '../src/graph/leaves.ts';
import { createGraphAttention, graphAttention, projectNeighbours } from '../src/nn/graph-attention.ts';
import { createGru, gru } from '../src/nn/gru.ts';
import { createLstmCell, lstmCell } from '../src/nn/lstm-cell.ts';
import { collectParameters, type Layer } from '../src/nn/parameter.ts';
import { createPointerAttention, glimpse, pointerLogits, pointerReferences } from '../src/nn/pointer-attention.ts';
import { absenceBias } from '../src/nn/self-attention.ts';
import { createInducedAttention, createSetAttention, inducedAttention, setAttention } from '../src/nn/set-attention.ts';
import { createRng } from '../src/random/rng.ts';
import { productOf } from '../src/tensor/shape.ts';
import type { Tensor } from '../src/tensor/tensor.ts';
import { evaluate, type Feeds, type Flat, fed } from './graph-check.ts';

interface Fixture {
  readonly mask: readonly (readonly number[])[];
  readonly neighbours: readonly (readonly number[])[];
  readonly cases: Readonly<Record<string, Case>>;
}
interface Case {
  readonly leaves: Readonly<Record<string, Flat>>;
  readonly output: readonly number[];
  readonly gradients: Readonly<Record<string, readonly number[]>>;
}

const fixture: Fixture = JSON.parse(readFileSync(new URL('./fixtures/layers.json', import.meta.url), 'utf8'));
const [I, D, heads, feedForward] = [3, 6, 2, 5];
const form = 'set-transformer';
const rng = createRng('overwritten by the fixture');
const maskBK = fed('mask', ['B', 'K']);
const shapes: Readonly<Record<string, readonly (string | number)[]>> = {
  xBKI: ['B', 'K', I],
  xBI: ['B', I],
  xBKD: ['B', 'K', D],
  hiddenBD: ['B', D],
  memoryBD: ['B', D],
  nodesRD: ['R', D],
  neighboursRFD: ['R', 3, D],
  candidatesBND: ['B', 'K', D],
  queryBD: ['B', D],
};
const inputs = Object.fromEntries(Object.entries(shapes).map(([name, shape]) => [name, fed(name, shape)]));
const maskBK1 = maskBK.reshape(['B', 'K', 1]);

const built: Readonly<Record<string, { readonly layer: Layer; readonly output: Tensor }>> = {
  gru: recurrent(false, 4),
  'gru reversed': recurrent(true, 4),
  lstm: of(createLstmCell(rng, { inputs: I, width: D }), (layer) => {
    const { hiddenBD, memoryBD } = lstmCell(layer, inputs.xBI, inputs as { hiddenBD: Tensor; memoryBD: Tensor });
    return concat([hiddenBD.reshape(['B', 1, D]), memoryBD.reshape(['B', 1, D])], 1);
  }),
  gat: graph('gat'),
  gatv2: graph('gatv2'),
  pointer: pointing(0),
  'pointer clipped': pointing(3),
  'set attention': of(createSetAttention(rng, { width: D, heads, feedForward, form }), (layer) =>
    setAttention(layer, inputs.xBKD, inputs.xBKD, { absenceB11K: absenceBias(maskBK), rate: 0 }).mul(maskBK1),
  ),
  'induced set attention': of(
    createInducedAttention(rng, { width: D, heads, feedForward, form, inducing: 2 }),
    (layer) => inducedAttention(layer, inputs.xBKD, { absenceB11K: absenceBias(maskBK), rate: 0 }).mul(maskBK1),
  ),
};

function of<L extends Layer>(
  layer: L,
  build: (layer: L) => Tensor,
): { readonly layer: Layer; readonly output: Tensor } {
  return { layer, output: build(layer) };
}

function recurrent(reverse: boolean, steps: number): { readonly layer: Layer; readonly output: Tensor } {
  return of(createGru(rng, { inputs: I, width: D }), (layer) => {
    const { statesBKD, finalBD } = gru(layer, inputs.xBKI, maskBK, { steps, reverse });
    return concat([statesBKD.fit(1, 4), finalBD.reshape(['B', 1, D])], 1);
  });
}

function graph(version: 'gat' | 'gatv2'): { readonly layer: Layer; readonly output: Tensor } {
  return of(createGraphAttention(rng, { width: D, heads, version }), (layer) =>
    graphAttention(layer, {
      nodesRD: inputs.nodesRD,
      neighboursRFD: projectNeighbours(layer, inputs.neighboursRFD),
      maskRF: fed('neighbours', ['R', 3]),
    }),
  );
}

function pointing(clip: number): { readonly layer: Layer; readonly output: Tensor } {
  return of(createPointerAttention(rng, D), (layer) => {
    const state = {
      referencesBND: pointerReferences(layer, inputs.candidatesBND),
      queryBSD: inputs.queryBD.reshape(['B', 1, D]),
      leftBSN: maskBK.reshape(['B', 1, 'K']),
    };
    const logitsBK = pointerLogits(layer, state, { clip }).reshape(['B', 'K']).mul(maskBK);
    return concat([logitsBK.fit(1, 4), glimpse(layer, state).reshape(['B', D])], 1);
  });
}

/** The weights of the sum whose gradient was recorded: sin 1, sin 2, ... over the output. */
const weightsOf = (dims: readonly number[]): Flat => ({
  values: Array.from({ length: dims.reduce((product, extent) => product * extent, 1) }, (_, at) => Math.sin(at + 1)),
  dims,
});

function worst(actual: readonly number[], expected: readonly number[]): number {
  expect(actual).toHaveLength(expected.length);
  return Math.max(...actual.map((value, at) => Math.abs(value - expected[at]) / Math.max(1, Math.abs(expected[at]))));
}

describe.each(Object.entries(fixture.cases))('%s', (name, { leaves, output: expected, gradients: slopes }) => {
  const { layer, output } = built[name];
  const parameters = collectParameters(layer);
  const tensors = Object.fromEntries(Object.entries(parameters).map(([path, { tensor }]) => [path, tensor]));
  const feeds: Feeds = { ...leaves, mask: fixture.mask, neighbours: fixture.neighbours };

  it('has the parameters of the fixture', () => {
    const fedNames = Object.keys(leaves).filter((leaf) => !(leaf in inputs));
    expect(Object.keys(parameters).sort()).toEqual(fedNames.sort());
    for (const leaf of fedNames) expect(productOf(parameters[leaf].shape)).toBe(leaves[leaf].values.length);
  });

  it('gives the values of PyTorch', async () => {
    const wide = await evaluate({ output }, feeds, { float: 'float64', parameters: tensors });
    expect(worst(wide.output.values, expected)).toBeLessThan(1e-7);
    const narrow = await evaluate({ output }, feeds, { parameters: tensors });
    expect(worst(narrow.output.values, expected)).toBeLessThan(1e-5);
  });

  it('gives the gradients of PyTorch', async () => {
    const options = { float: 'float64', parameters: tensors } as const;
    const { dims } = (await evaluate({ output }, feeds, options)).output;
    const loss = output.mul(fed('weights', output.shape)).total();
    const wanted = {
      ...tensors,
      ...Object.fromEntries(Object.keys(leaves).flatMap((leaf) => (leaf in inputs ? [[leaf, inputs[leaf]]] : []))),
    };
    const found = gradients(loss, Object.values(wanted));
    const outputs = Object.fromEntries(
      Object.keys(wanted).flatMap((leaf, at) => (found[at] ? [[leaf, found[at]]] : [])),
    );
    const renamed = Object.fromEntries(
      Object.entries(outputs).map(([leaf, slope]) => [`slope ${leaf}`, slope as Tensor]),
    );
    const values = await evaluate(renamed, { ...feeds, weights: weightsOf(dims) }, options);
    for (const leaf of Object.keys(wanted)) {
      expect(worst(values[`slope ${leaf}`].values, slopes[leaf]), leaf).toBeLessThan(1e-6);
    }
  });
});

it('a recurrence over fewer steps than items goes on with its last state', async () => {
  const { layer, output } = recurrent(false, 2);
  const { leaves } = fixture.cases.gru;
  const tensors = Object.fromEntries(
    Object.entries(collectParameters(layer)).map(([path, { tensor }]) => [path, tensor]),
  );
  const { values } = (
    await evaluate({ output }, { ...leaves, mask: fixture.mask }, { float: 'float64', parameters: tensors })
  ).output;
  const state = (k: number): readonly number[] => values.slice(k * D, (k + 1) * D);
  expect(worst(state(1), fixture.cases.gru.output.slice(D, 2 * D))).toBeLessThan(1e-10);
  expect(state(2)).toEqual(state(1));
  expect(state(3)).toEqual(state(1));
});
