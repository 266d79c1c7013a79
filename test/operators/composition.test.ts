import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gradients } from '../../src/graph/gradients.ts';
import { concat } from '../../src/graph/leaves.ts';
import { compileGraph } from '../../src/runtime/compile.ts';
import type { Tensor } from '../../src/tensor/tensor.ts';
import { compareGradients, evaluate, fed, largestDifference, normals } from '../graph-check.ts';

/** Legend: B batch, K slate, 4 width. Every step takes [B, K, 4] tensors to one of the same shape, and keeps numbers near 1. Scales of
 * products are exact in float32: ONNX Runtime folds them into an attribute of that precision, also in float64. */
type Step = (x: Tensor, y: Tensor) => Tensor;

const steps: Readonly<Record<string, Step>> = {
  add: (x, y) => x.add(y),
  sub: (x, y) => x.sub(y),
  mul: (x, y) => x.mul(y).tanh(),
  div: (x, y) => x.div(y.mul(y).add(1)),
  maximum: (x, y) => x.maximum(y),
  sigmoid: (x) => x.sigmoid(),
  softplus: (x) => x.softplus(),
  exp: (x) => x.tanh().exp(),
  log: (x) => x.mul(x).add(0.5).log(),
  sqrt: (x) => x.mul(x).add(0.5).sqrt(),
  relu: (x, y) => x.relu().add(y),
  abs: (x) => x.abs(),
  softmaxOverSlate: (x) => x.softmax(1),
  softmaxOverWidth: (x) => x.softmax(-1),
  logSoftmax: (x) => x.logSoftmax(1),
  standardise: (x) => x.standardise({ epsilon: 0.1 }),
  centre: (x) => x.sub(x.mean()),
  overMax: (x) => x.sub(x.max(1, { keep: true })),
  rowSums: (x) => x.mul(0.3).rowSums(),
  sum: (x, y) => x.add(y.mul(0.3).sum([0, 2], { keep: true })),
  attend: (x, y) => x.matmul(y, { transposeB: true, scale: 0.5 }).softmax(-1).matmul(y),
  mix: (x, y) => y.matmul(x.matmul(y, { transposeA: true, scale: 0.125 })),
  heads: (x) =>
    x
      .reshape([...x.shape.slice(0, 2), 2, 2])
      .permute([2, 0, 1, 3])
      .relu()
      .permute([1, 2, 0, 3])
      .reshape(x.shape),
  swapHalves: (x) => concat([x.slice(-1, 2, 4), x.slice(-1, 0, 2)], -1),
  shift: (x) => x.slice(-1, 0, 3).padded(-1, 1, 0),
  choose: (x, y) => x.greater(y).where(x.mul(2), y),
  across: (x) => x.transpose(1, 2).softplus().transpose(1, 2),
};

const program = fc.array(fc.record({ step: fc.constantFrom(...Object.keys(steps)), left: fc.nat(), right: fc.nat() }), {
  minLength: 1,
  maxLength: 7,
});

type Program = readonly { readonly step: string; readonly left: number; readonly right: number }[];

/** Runs the steps; each reads any two earlier values, so that values are used many times or never. */
function build(instructions: Program, leaves: readonly Tensor[]): Tensor {
  const values = [...leaves];
  for (const { step, left, right } of instructions) {
    // The newest value is always one operand: no step is idle.
    const [newest, other] = [values[values.length - 1], values[right % values.length]];
    values.push(left % 2 === 0 ? steps[step](newest, other) : steps[step](other, newest));
  }
  return values[values.length - 1];
}

const feeds = {
  x: normals('composed x', [2, 3, 4]),
  y: normals('composed y', [2, 3, 4]),
  weights: normals('composed weights', [2, 3, 4]),
};
const leavesOf = (): Record<keyof typeof feeds, Tensor> => ({
  x: fed('x', ['B', 'K', 4]),
  y: fed('y', ['B', 'K', 4]),
  weights: fed('weights', ['B', 'K', 4]),
});

describe('random graphs', () => {
  it('have the gradients of finite differences', async () => {
    await fc.assert(
      fc.asyncProperty(program, async (instructions) => {
        const { x, y, weights } = leavesOf();
        const scalar = build(instructions, [x, y]).mul(weights).total();
        for (const { symbolic, numeric } of Object.values(await compareGradients(scalar, { x, y }, feeds))) {
          expect(largestDifference(symbolic, numeric)).toBeLessThan(1e-5);
        }
      }),
      { numRuns: 200, seed: 7 },
    );
  });

  it('have gradients that add: of a sum the sum, of a multiple the multiple', async () => {
    await fc.assert(
      fc.asyncProperty(program, program, async (one, two) => {
        const { x, y, weights } = leavesOf();
        const [first, second] = [one, two].map((each) => build(each, [x, y]).mul(weights).total());
        const slope = (scalar: Tensor): Tensor => gradients(scalar, [x])[0] ?? x.mul(0);
        const { whole, parts } = await evaluate(
          { whole: slope(first.mul(-1.5).add(second)), parts: slope(first).mul(-1.5).add(slope(second)) },
          feeds,
          { float: 'float64' },
        );
        expect(largestDifference(whole.values, parts.values)).toBeLessThan(1e-9);
      }),
      { numRuns: 100, seed: 7 },
    );
  });
});

it('a graph of 20,000 nodes is differentiated and compiled without a deep stack', () => {
  const x = fed('x', ['N']);
  let value = x;
  for (let depth = 0; depth < 20_000; depth++) value = value.add(x);
  const slope = gradients(value.total(), [x])[0] as Tensor;
  expect(compileGraph({ value, slope }).inputs.map(({ name }) => name)).toEqual(['x']);
});
