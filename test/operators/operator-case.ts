import { expect, it } from 'vitest';
import { gradients } from '../../src/graph/gradients.ts';
import type { ElementType, Shape } from '../../src/tensor/shape.ts';
import type { Tensor } from '../../src/tensor/tensor.ts';
import {
  compareGradients,
  evaluate,
  type Feeds,
  fed,
  flatten,
  largestDifference,
  type Numbers,
  normals,
  worstGradient,
} from '../graph-check.ts';

/** One operator on some inputs, and what must come out by plain numbers. */
export interface OperatorCase {
  /** The operator's name, as in its file of `src/graph/operators`. */
  readonly operator: string;
  readonly on: string;
  readonly inputs: Readonly<Record<string, CaseInput>>;
  readonly build: (inputs: Readonly<Record<string, Tensor>>) => Tensor;
  readonly expected: Numbers;
}

export interface CaseInput {
  /** May name extents; the case is also run with numbers in their place. */
  readonly shape: Shape;
  readonly type?: ElementType;
  readonly values: Numbers;
}

export const given = (shape: Shape, values: Numbers, type: ElementType = 'float32'): CaseInput => ({
  shape,
  type,
  values,
});

/** Normal numbers of a shape whose names stand for the extents in `dims`. */
export const random = (label: string, shape: Shape, dims: readonly number[]): CaseInput =>
  given(shape, normals(label, dims));

/** The tests that every case must pass: values in both precisions, named and numbered extents, gradients of every float input. */
export function testOperator(each: OperatorCase): void {
  const feeds: Feeds = Object.fromEntries(Object.entries(each.inputs).map(([name, { values }]) => [name, values]));
  const expected = flatten(each.expected);
  const label = `${each.operator} on ${each.on}`;

  it.each(['named', 'numbered'] as const)(`${label}: values, extents %s`, async (extents) => {
    const value = each.build(leaves(each, extents));
    for (const [float, tolerance] of [
      ['float32', 2e-6],
      ['float64', 1e-12],
    ] as const) {
      const found = (await evaluate({ value }, feeds, { float })).value;
      expect(found.dims).toEqual(expected.dims);
      expect(largestDifference(found.values, expected.values)).toBeLessThan(tolerance);
    }
    expect(value.shape.map((extent, axis) => (typeof extent === 'number' ? extent : expected.dims[axis]))).toEqual(
      expected.dims,
    );
  });

  if (leafFloats(each).length === 0) return;
  it.each(['named', 'numbered'] as const)(`${label}: gradients, extents %s`, async (extents) => {
    const inputs = leaves(each, extents);
    const value = each.build(inputs);
    if (value.type !== 'float32') return;
    const weights = fed('weights', value.shape);
    const scalar = value.mul(weights).total();
    const floats = Object.fromEntries(leafFloats(each).map((name) => [name, inputs[name]]));
    const fedAll = { ...feeds, weights: normals(`weights of ${label}`, expected.dims) };
    const compared = await compareGradients(scalar, floats, fedAll);
    expect(worstGradient(compared)).toBeLessThan(1e-7);
    // Some operators are lowered differently for float32: the same rule must hold there.
    for (const [name, tensor] of Object.entries(floats)) {
      const [gradient] = gradients(scalar, [tensor]);
      if (!gradient) continue;
      const found = (await evaluate({ gradient, scalar }, fedAll)).gradient;
      expect(largestDifference(found.values, compared[name].symbolic)).toBeLessThan(1e-5);
    }
  });
}

const leafFloats = ({ inputs }: OperatorCase): readonly string[] =>
  Object.keys(inputs).filter((name) => (inputs[name].type ?? 'float32') === 'float32');

function leaves({ inputs }: OperatorCase, extents: 'named' | 'numbered'): Record<string, Tensor> {
  return Object.fromEntries(
    Object.entries(inputs).map(([name, { shape, type, values }]) => [
      name,
      fed(name, extents === 'named' ? shape : flatten(values).dims, type),
    ]),
  );
}
