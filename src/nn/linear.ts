import type { Rng } from '../random/rng.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { createParameter, fill, glorot, type Initialiser, type Parameter } from './parameter.ts';

/** Weight [inputs, outputs] and bias [outputs]. */
export type Linear = { readonly weight: Parameter; readonly bias: Parameter };

/** The widths of a linear layer. */
export interface LinearOptions {
  readonly inputs: number;
  readonly outputs: number;
  /** Defaults to `glorot`. */
  readonly initialise?: Initialiser;
}

/** A fresh layer; its bias begins at 0. */
export function createLinear(rng: Rng, { inputs, outputs, initialise }: LinearOptions): Linear {
  return {
    weight: createParameter([inputs, outputs], initialise ?? glorot(rng, inputs, outputs)),
    bias: createParameter([outputs], fill(0)),
  };
}

/** x W + b over the last axis: [..., inputs] to [..., outputs]. */
export function linear(layer: Linear, x: Tensor): Tensor {
  return x.linear(layer.weight.tensor, layer.bias.tensor);
}
